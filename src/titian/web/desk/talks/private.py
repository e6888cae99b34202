"""What is private to a seat: interest map, preferences. Opened, it is an act."""

from datetime import datetime
from functools import partial
from itertools import groupby
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from titian.kernel import clock
from titian.planning.bargain import Wishes
from titian.talks import secrecy
from titian.talks.ledger import topics_of
from titian.talks.models import Envoy, Interest, Issue, Talk, Weighing
from titian.talks.packages import contradiction
from titian.talks.policy import SIDES, seat_of
from titian.web.desk.acts import refusal_in_words
from titian.web.desk.talks.forms import (
    NEVER,
    PreferencesForm,
    ShowingForm,
    TellingForm,
)
from titian.web.desk.talks.page import seen, voices
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@login_required
@require_http_methods(["GET", "POST"])
def interests(request: SignedInRequest, pk: int) -> HttpResponse:
    """What one's own side told, or what the sides show who mediates."""
    talk = seen(request, pk)
    if request.method == "GET":
        return _map(request, talk)
    form = TellingForm(request.POST, talk.event)
    if not form.is_valid():
        return _map(request, talk, form.problem(), 422)
    at = clock.time_at(talk.event)
    issue = _topic(talk, form)
    act = partial(
        secrecy.note,
        issue.pk,
        form.telling(at),
        actor=form.actor(actor_of(request)),
        at=at,
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _map(request, talk, problem, status)
    return redirect("talk-map", pk)


@login_required
@require_POST
def showing(request: SignedInRequest, pk: int, row: int) -> HttpResponse:
    """Let who mediates read one thing, or no longer."""
    talk, form = seen(request, pk), ShowingForm(request.POST)
    if not form.is_valid():
        return _map(request, talk, form.problem(), 422)
    act = partial(
        secrecy.show,
        row,
        form.cleaned_data["on"],
        actor=actor_of(request),
        at=clock.time_at(talk.event),
        key=form.cleaned_data["key"],
    )
    try:
        problem, status = refusal_in_words(act)
    except Interest.DoesNotExist as unseen:
        raise Http404 from unseen
    if problem:
        return _map(request, talk, problem, status)
    return redirect("talk-map", pk)


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sort, mark, weigh; all of it may be left open. For the two sides alone."""
    talk = seen(request, pk)
    if request.method == "GET":
        return _preferences(request, talk)
    form = PreferencesForm(request.POST, topics_of(talk))
    if not form.is_valid():
        return _preferences(request, talk, form.problem(), 422)
    actor = form.actor(actor_of(request))
    wishes = form.wishes()
    if topic := contradiction(talk, seat_of(actor, talk), wishes):
        refused = _(
            "You refuse every option of “%(topic)s”: then nothing can be agreed. "
            "Leave one you could live with, or invent another together."
        )
        return _preferences(request, talk, refused % {"topic": topic}, 422)
    act = partial(
        secrecy.say_preferences,
        pk,
        wishes,
        actor=actor,
        at=clock.time_at(talk.event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _preferences(request, talk, problem, status)
    return redirect("talk-preferences", pk)


@login_required
@require_POST
def lending(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let packages be worked out with one's preferences, or no longer."""
    talk, form = seen(request, pk), ShowingForm(request.POST)
    if not form.is_valid():
        return _preferences(request, talk, form.problem(), 422)
    act = partial(
        secrecy.lend,
        pk,
        form.cleaned_data["on"],
        actor=form.actor(actor_of(request)),
        at=clock.time_at(talk.event),
        key=form.cleaned_data["key"],
    )
    try:
        problem, status = refusal_in_words(act)
    except Weighing.DoesNotExist:
        problem, status = _("Say first what you would rather have."), 422
    if problem:
        return _preferences(request, talk, problem, status)
    return redirect("talk-preferences", pk)


def _map(
    request: SignedInRequest, talk: Talk, problem: str = "", status: int = 200
) -> HttpResponse:
    actor, at = actor_of(request), clock.time_at(talk.event)
    seat = seat_of(actor, talk)
    told = secrecy.open_map(talk.pk, actor=actor, at=at)
    by_issue = {pk: list(rows) for pk, rows in groupby(told, lambda one: one.issue_id)}
    topics, kinds, sures = (
        topics_of(talk),
        dict(Interest.Kind.choices),
        dict(Interest.Sure.choices),
    )
    context = {
        **_frame(talk, seat, at, problem),
        "topics": [
            (
                topic,
                [
                    (
                        one,
                        talk.delegation(one.side).name,
                        kinds[one.kind],
                        sures[one.sure],
                    )
                    for one in by_issue.get(topic.issue.pk, ())
                ],
            )
            for topic in topics
        ],
        "kinds": [one for one in Interest.Kind.choices if one[0] != Interest.Kind.PRO],
        "sures": Interest.Sure.choices,
        "has_options": any(topic.options for topic in topics),
        "tellers": [
            one.person
            for one in talk.envoys.select_related("person").order_by("pk")
            if one.side in SIDES and seat in (one.side, Envoy.Side.BRIDGE)
        ],
    }
    return render(request, "desk/talk_map.html", context, status=status)


def _topic(talk: Talk, form: TellingForm) -> Issue:
    """The topic it is about: what speaks for an option is about the option's."""
    given, rows = form.cleaned_data, Issue.objects.filter(talk=talk)
    if given["kind"] == Interest.Kind.PRO:
        return get_object_or_404(rows, options=given["option"] or 0)
    return get_object_or_404(rows, pk=given["issue"])


def _preferences(
    request: SignedInRequest, talk: Talk, problem: str = "", status: int = 200
) -> HttpResponse:
    actor, at = actor_of(request), clock.time_at(talk.event)
    seat = seat_of(actor, talk)
    if seat not in SIDES:
        raise Http404
    own = secrecy.open_preferences(talk.pk, actor=actor, at=at).get(seat)
    wishes = own.wishes if own else Wishes({}, {})
    typed = (
        request.POST if request.method == "POST" and "reserve" in request.POST else {}
    )
    context = {
        **_frame(talk, seat, at, problem),
        "own": own,
        "reserve": typed.get("reserve", round(100 * wishes.reserve)),
        "rows": [
            {
                "topic": topic,
                "bar": typed.get(f"bar-{topic.issue.pk}")
                or round(wishes.bars.get(str(topic.issue.pk), 5)),
                "is_open": str(topic.issue.pk) not in wishes.bars
                if not typed
                else f"open-{topic.issue.pk}" in typed,
                "places": [
                    (
                        option,
                        typed.get(f"place-{option.pk}")
                        or _place_of(wishes, option.pk, topic.issue.pk),
                    )
                    for option in topic.options
                ],
                "numbers": [str(n) for n in range(1, len(topic.options) + 1)],
            }
            for topic in topics_of(talk)
            if not topic.issue.is_agreed
        ],
    }
    return render(request, "desk/talk_preferences.html", context, status=status)


def _frame(talk: Talk, seat: str, at: datetime, problem: str) -> dict[str, object]:
    return {
        "talk": talk,
        "event": talk.event,
        "now": clock.local(talk.event, at),
        "seat": seat,
        "voices": voices(talk, seat),
        "problem": problem,
        "key": uuid4(),
    }


def _place_of(wishes: Wishes, option: int, issue: int) -> str:
    """The option's place among those sorted; empty if it is in none."""
    if (str(issue), str(option)) in wishes.unacceptable:
        return NEVER
    groups = wishes.sorted.get(str(issue), ())
    return next((str(n) for n, g in enumerate(groups, 1) if str(option) in g), "")
