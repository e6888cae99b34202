"""Who is affected, the call to their officers, and who is silent."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.foresight.affected import KINDS, Affected, affected, described
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.loop.commands import roll
from titian.loop.finding import ALL, ANY, Condition, NoCondition
from titian.loop.models import Incident, Roll, RollAnswer
from titian.people.commands.opening import open_list, open_reach
from titian.people.models import Assignment, Delegation
from titian.people.policy import coordinates, may_take_lists
from titian.places.models import Place
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.incidents.forms import AnswerForm, CallForm
from titian.web.events import event_here
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

MOVES: dict[str, Callable[..., Roll]] = {
    "stand_down": roll.stand_down,
    "call_again": roll.call_again,
}


FEW = 5


@login_required
@require_GET
def find(request: SignedInRequest) -> HttpResponse:
    """Near a place, on a flight, with a person: the list, and their LOs' phones."""
    event = event_here(request)
    return _finder(request, event, request.GET)


@login_required
@require_POST
def call(request: SignedInRequest) -> HttpResponse:
    """Ask the officers of the chosen delegations."""
    event = event_here(request)
    seen = Delegation.objects.visible_to(actor_of(request)).filter(event=event)
    names = {row.pk: row.name for row in seen.select_related("party")}
    form = CallForm(request.POST, seen=names)
    if not form.is_valid():
        return _finder(request, event, {}, problem=form.problem(), status=422)
    given = form.arguments()
    chosen = given.pop("delegations")
    called: list[Roll] = []

    def act() -> None:
        at, actor = clock.time_at(event), actor_of(request)
        called.append(roll.call_roll(event.pk, chosen, actor=actor, at=at, **given))

    problem, status = refusal_in_words(act)
    if problem:
        return _finder(request, event, {}, problem=problem, status=status)
    return redirect("muster", called[0].pk)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One call: missing, injured, silent, safe, in this order."""
    return _page(request, _roll(request, pk))


@login_required
@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is known of one delegation, by its LO or a coordinator on the telephone."""
    return _do(request, pk, AnswerForm(request.POST), roll.answer)


@login_required
@require_POST
def move(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """Stand down, or call again."""
    if name not in MOVES:
        raise Http404
    return _do(request, pk, ActForm(request.POST), MOVES[name])


def _do(
    request: SignedInRequest, pk: int, form: ActForm, act: Callable[..., object]
) -> HttpResponse:
    called = _roll(request, pk)
    if not form.is_valid():
        return _page(request, called, problem=form.problem(), status=422)
    at = clock.time_at(called.event)
    actor = form.actor(actor_of(request))
    given = partial(act, pk, actor=actor, at=at, **form.arguments())
    problem, status = refusal_in_words(given)
    if problem or "HX-Request" in request.headers:
        return _page(request, _roll(request, pk), problem=problem, status=status)
    return redirect("muster", pk)


def _page(
    request: SignedInRequest, called: Roll, *, problem: str = "", status: int = 200
) -> HttpResponse:
    actor, event = actor_of(request), called.event
    at = clock.time_at(event)
    answers = _answers(called, actor)
    rows = {one.delegation_id: one.delegation for one in answers}
    known = {one.delegation.pk: one for one in described(rows, {}, at)}
    order = {"missing": 0, "injured": 1, "": 2, "safe": 3}
    answers.sort(key=lambda one: (order[one.word], one.delegation.name))
    context = {
        "event": event,
        "now": clock.local(event, at),
        "roll": called,
        "lines": [(one, known[one.delegation_id]) for one in answers],
        "silent": sum(not one.word for one in answers),
        "silent_codes": ",".join(o.delegation.code for o in answers if not o.word),
        "safe": sum(one.word == RollAnswer.Word.SAFE for one in answers),
        "choices": RollAnswer.Word.choices,
        "mine": _mine(actor, answers),
        "may_lead": coordinates(actor, event)
        or (
            called.incident is not None
            and called.incident.commander_id == actor.person_id
        ),
        "key": uuid4(),
        "problem": problem,
    }
    part = "#all" if "HX-Request" in request.headers else ""
    return render(request, f"desk/muster.html{part}", context, status=status)


def _answers(called: Roll, actor: Actor) -> list[RollAnswer]:
    """All, for who sees all delegations; an LO sees those of her own."""
    seen = Delegation.objects.visible_to(actor).filter(event=called.event_id)
    rows = called.answers.filter(delegation__in=seen.values("pk"))
    return list(rows.select_related("delegation__party", "said_by"))


def _mine(actor: Actor, answers: list[RollAnswer]) -> set[int]:
    """The delegations that the actor accompanies, of those in the call."""
    held = Assignment.objects.filter(
        officer__person=actor.person_id,
        relieved_at=None,
        delegation__in=[one.delegation_id for one in answers],
    ).exclude(consent=Assignment.Consent.DECLINED)
    return set(held.values_list("delegation", flat=True))


def _finder(
    request: SignedInRequest,
    event: Event,
    given: Mapping[str, object],
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    actor, at = actor_of(request), clock.time_at(event)
    asked = {kind: str(given.get(kind, "")).strip() for kind in KINDS}
    mode = ANY if given.get("mode") == ANY else ALL
    out = {kind for kind in KINDS if given.get(f"not_{kind}")}
    found: list[Affected] = []
    conditions = [Condition(k, v, k in out) for k, v in asked.items() if v]
    try:
        if conditions:
            found = affected(event, conditions, mode=mode, actor=actor, at=at)
    except NoCondition as why:
        problem, status = _("Nothing is known by the name “%s”.") % why, 422
    _open_phones(found, actor, event)
    incident = str(given.get("incident", request.POST.get("incident_id", "")))
    context = {
        "event": event,
        "now": clock.local(event, at),
        "asked": asked,
        "mode": mode,
        "out": out,
        "found": found,
        "is_asked": bool(conditions),
        "places": Place.objects.filter(pk__in=_placed(event)).order_by("name"),
        "incident": _incident_of(incident, actor, event),
        "may_call": coordinates(actor, event) or bool(incident),
        "key": uuid4(),
        "problem": problem,
    }
    return render(request, "desk/affected.html", context, status=status)


def _placed(event: Event) -> set[int]:
    """The places where something of the event is, or somebody sleeps."""
    stays = event.stays.values_list("place", flat=True)
    items = event.activities.exclude(place=None).values_list("place", flat=True)
    return {int(pk) for pk in [*stays, *items] if pk is not None}


def _incident_of(number: str, actor: Actor, event: Event) -> Incident | None:
    if not number.isdecimal() or len(number) > 18:
        return None
    seen = Incident.objects.visible_to(actor).filter(event=event)
    return seen.filter(pk=int(number)).first()


def _open_phones(found: list[Affected], actor: Actor, event: Event) -> None:
    """The officers' numbers, opened at once for who may take lists, and entered.

    For anybody else only where she is herself at one end, and for a few.
    """
    if may_take_lists(actor, event):
        everybody = [person for one in found for person in one.officers]
        open_list(everybody, event, actor=actor)
        return
    for one in found[:FEW]:
        at = clock.time_at(event)
        open_reach(one.officers, one.delegation, actor=actor, at=at)


def _roll(request: SignedInRequest, pk: int) -> Roll:
    seen = Roll.objects.visible_to(actor_of(request))
    return get_object_or_404(seen.select_related("event", "incident"), pk=pk)
