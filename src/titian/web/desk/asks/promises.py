"""The register of promises, those from a request's thread, and how they end."""

from collections.abc import Iterable
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.commands import promises
from titian.loop.models import Ask, Promise
from titian.loop.policy import may_give_word, may_settle
from titian.loop.queries import Rate, kept_rates
from titian.people.models import Party
from titian.people.policy import keeps_any_seat
from titian.web.desk.asks.forms import ActForm
from titian.web.desk.moments import moment_from
from titian.web.desk.people.views import delegation_page
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)
from titian.web.late import late_shows

SETTLED_SHOWN = 50


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """What was promised both ways, the soonest first, and how each team keeps it."""
    event = event_here(request)
    actor = actor_of(request)
    seen = Promise.objects.visible_to(actor).filter(event=event)
    seen = seen.select_related(
        "event", "owner_team", "owner_person", "delegation__party", "ask"
    )
    settled = seen.exclude(state=Promise.State.OPEN).order_by("-settled_at", "-pk")
    still = list(seen.filter(state=Promise.State.OPEN).order_by("due_at", "pk"))
    owing = [
        one for one in settled.filter(Promise.OWES_A_WORD) if may_give_word(actor, one)
    ]
    context = {
        "event": event,
        "owing": owing,
        "now": clock.local(event, clock.time_at(event)),
        "still": still,
        "settled": settled[:SETTLED_SHOWN],
        "settles": {one.pk for one in still if may_settle(actor, one)},
        "reads_rules": keeps_any_seat(actor, event),
        "rates": rates_of(event, seen) if keeps_any_seat(actor, event) else [],
        "key": uuid4(),
    }
    return render(request, "desk/promises.html", context)


def rates_of(event: Event, seen: Iterable[Promise]) -> list[tuple[Party, Rate, int]]:
    """Each team that gave its word, how it kept it, and how much is still open."""
    rates = kept_rates(event)
    teams = Party.objects.filter(pk__in=rates).order_by("code")
    ours = [
        one.owner_team_id or (one.owner_person and one.owner_person.party_id)
        for one in seen
        if one.state == Promise.State.OPEN and one.direction == Promise.Direction.OURS
    ]
    return [(team, rates[team.pk], ours.count(team.pk)) for team in teams]


def promise_along(request: SignedInRequest, ask: Ask, form: ActForm) -> None:
    """What an answer promises becomes a promise with owner and hour, if it has one.

    Raises ``ValueError`` with a sentence for an hour that cannot be read, and what
    ``promises.promise`` raises.
    """
    if not request.POST.get("promise_due"):
        return
    due, problem = moment_from(request.POST["promise_due"], ask.event)
    if due is None:
        raise ValueError(problem)
    promises.promise(
        ask.asked_by_id,
        request.POST.get("promise_words") or request.POST.get("words", ""),
        direction=Promise.Direction.OURS,
        owner_team_id=ask.owner_id,
        due_at=due,
        ask_id=ask.pk,
        actor=actor_of(request),
        at=clock.time_at(ask.event),
        key=form.along(),
    )


@login_required
@require_POST
def word(request: SignedInRequest, pk: int) -> HttpResponse:
    """The guest has heard from a person that it will not be kept."""
    promise = get_object_or_404(Promise.objects.visible_to(actor_of(request)), pk=pk)
    form = ActForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This form is old. Try again."))
        return redirect("promises")
    at = clock.time_at(promise.event)
    key = form.cleaned_data["key"]
    promises.give_word(pk, actor=actor_of(request), at=at, key=key)
    return redirect("promises")


def _page(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Promise.objects.visible_to(actor_of(request))
    return delegation_page(request, get_object_or_404(seen, pk=pk).delegation_id)


@late_shows(_page)
@login_required
@require_POST
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """A promise kept, or broken with a word about it."""
    promise = get_object_or_404(Promise.objects.visible_to(actor_of(request)), pk=pk)
    form = ActForm(request.POST)
    at = clock.time_at(promise.event)
    broken = request.POST.get("settled") == "broken"
    if not form.is_valid() or (broken and not request.POST.get("words", "").strip()):
        messages.error(request, _("Say in a few words what went wrong."))
        return redirect("delegation", promise.delegation_id)
    command = promises.break_off if broken else promises.keep
    words, key = request.POST.get("words", ""), form.cleaned_data["key"]
    command(pk, words, actor=actor_of(request), at=at, key=key)
    return redirect("delegation", promise.delegation_id)
