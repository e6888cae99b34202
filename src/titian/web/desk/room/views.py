"""The control room's pages and parts."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.loop.commands import confirmations
from titian.loop.models import Confirmation, HandOver
from titian.loop.policy import confirmable
from titian.people.commands.opening import open_reach
from titian.people.models import Delegation, Seat
from titian.people.policy import coordinates
from titian.people.queries import channel
from titian.people.queries.met import not_met
from titian.web.desk.people.views import delegation_page
from titian.web.desk.room import board
from titian.web.desk.room import strips as drawn
from titian.web.desk.room.facts import Facts
from titian.web.desk.room.verdicts import is_overdue
from titian.web.desk.rooms import oversees
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
from titian.web.late import late_shows

ON_THE_WALL = frozenset({"arrived", "landings"})


@login_required
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    """The whole room, as a desk or as a wall."""
    facts = _facts(request)
    face = request.GET.get("face", "desk")
    template = "desk/wall.html" if face == "wall" else "desk/room.html"
    return render(request, template, _context(request, facts))


@login_required
@require_GET
def line(request: SignedInRequest, delegation_id: int) -> HttpResponse:
    """One delegation's row or tile, fetched when its news comes."""
    seen = Delegation.objects.visible_to(actor_of(request))
    get_object_or_404(seen, pk=delegation_id)
    facts = _facts(request, only=delegation_id)
    lines = board.lines_of(facts)
    if not lines:
        raise Http404  # of another event, or no row of this board
    wall = request.GET.get("face") == "wall"
    part = "desk/wall.html#tile" if wall else "desk/room.html#row"
    return render(
        request, part, {"line": lines[0], "event": facts.event, "now": facts.now}
    )


@login_required
@require_GET
def rail(request: SignedInRequest) -> HttpResponse:
    """The three lists of asks beside the board; or the wall's line of alarms."""
    facts = _facts(request)
    if request.GET.get("face") == "wall":
        return render(request, "desk/wall.html#alarms", _context(request, facts))
    return render(request, "desk/room.html#rail", _moment(facts) | _waiting(facts))


@login_required
@require_GET
def strips(request: SignedInRequest) -> HttpResponse:
    """Today's arrivals and the next day's cover, drawn; or the wall's line of them."""
    facts = _facts(request)
    sees = {"oversees": oversees(actor_of(request).person_id, facts.event)}
    context = _moment(facts) | _drawn(facts) | sees
    face = request.GET.get("face", "")
    part = f"desk/wall.html#{face}" if face in ON_THE_WALL else "desk/room.html#strips"
    return render(request, part, context)


@login_required
@require_GET
def aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """One delegation beside the board."""
    facts = _facts(request, only=pk)
    return render(request, "desk/room.html#aside", _aside(request, facts))


def _page_of_the_confirmation(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Confirmation.objects.visible_to(actor_of(request))
    return _after_confirmation(request, get_object_or_404(seen, pk=pk))


def _after_confirmation(request: SignedInRequest, asked: Confirmation) -> HttpResponse:
    if "HX-Request" not in request.headers:
        return delegation_page(request, asked.delegation_id)
    facts = _facts(request, only=asked.delegation_id)
    return render(request, "desk/room.html#aside", _aside(request, facts))


@late_shows(_page_of_the_confirmation)
@login_required
@require_POST
def confirmation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody whom a change touches says that it is seen and dealt with."""
    seen = Confirmation.objects.visible_to(actor_of(request))
    asked = get_object_or_404(seen, pk=pk)
    confirmations.confirm(
        pk, actor=actor_of(request), at=clock.time_at(asked.event), key=_key(request)
    )
    if "HX-Request" in request.headers:
        return _after_confirmation(request, asked)
    return redirect("delegation", asked.delegation_id)


def _facts(request: SignedInRequest, only: int | None = None) -> Facts:
    event = event_here(request)
    actor = actor_of(request)
    if not Seat.objects.filter(event=event, person=actor.person_id).exists():
        raise PermissionDenied(_("The control room is for those who keep the event."))
    return Facts(event, actor, clock.time_at(event), only)


def _context(request: SignedInRequest, facts: Facts) -> dict[str, object]:
    lines = board.lines_of(facts)
    chosen = _chosen(request, lines)
    return {
        **_moment(facts),
        "needs": [line for line in lines if line.needs],
        "calm": [line for line in lines if not line.needs],
        "lines": sorted(lines, key=lambda line: line.delegation.code),
        "alarms": [line for line in lines if line.state == "red"],
        **_waiting(facts),
        **_drawn(facts),
        "oversees": oversees(actor_of(request).person_id, facts.event),
        "chosen": chosen,
        **({} if chosen is None else _detail(request, facts, chosen)),
    }


def _moment(facts: Facts) -> dict[str, object]:
    now = clock.local(facts.event, facts.now)
    return {"event": facts.event, "now": now, "facts": facts}


def _waiting(facts: Facts) -> dict[str, object]:
    """The three lists of asks."""
    asks = [ask for found in facts.asks.values() for ask in found]
    return {
        "unheard": board.unheard(asks, facts.now),
        "not_said_back": board.not_said_back(asks, facts.now),
        "overdue": [ask for ask in asks if is_overdue(ask, facts.now)],
        "handovers": HandOver.objects.filter(event=facts.event)
        .live()
        .select_related("delegation__party", "outgoing__person", "incoming__person"),
        "unmet": not_met(facts.event),
        "silent": [one for found in facts.silent.values() for one in found],
        "running_over": list(facts.over.values()),
        "promises_late": board.past_their_hour(facts),
    }


def _drawn(facts: Facts) -> dict[str, object]:
    """The two strips."""
    arrived = sum(one.has_landed for one in facts.arrivals.values())
    return {
        "arrivals": drawn.arrivals(facts),
        "cover": drawn.cover(facts),
        "arrived": arrived,
    }


def _chosen(request: SignedInRequest, lines: list[board.Line]) -> Delegation | None:
    wanted = request.GET.get("delegation", "")
    for line in lines:
        if str(line.delegation.pk) == wanted:
            return line.delegation
    return lines[0].delegation if lines else None


def _aside(request: SignedInRequest, facts: Facts) -> dict[str, object]:
    if not facts.delegations:
        raise Http404  # of another event, or no row of this board
    delegation = facts.delegations[0]
    lines = board.lines_of(facts)
    return {
        "event": facts.event,
        "now": clock.local(facts.event, facts.now),
        "chosen": delegation,
        "line": lines[0],
        "is_part": True,
        **_detail(request, facts, delegation),
    }


def _detail(
    request: SignedInRequest, facts: Facts, delegation: Delegation
) -> dict[str, object]:
    waiting = facts.confirmations.get(delegation.pk, [])
    duty = facts.holding.get(delegation.pk)
    primary = facts.primaries.get(delegation.pk)
    called = [held.officer.person for held in (duty or primary,) if held]
    open_reach(called, delegation, actor=actor_of(request), at=facts.now)
    return {
        "journey": facts.arrivals.get(delegation.pk),
        "duty": duty,
        "primary": primary,
        "may_take_off": coordinates(actor_of(request), facts.event),
        "channel": channel(delegation, facts.now),
        "waiting": waiting,
        "confirms": confirmable(actor_of(request), waiting),
        "promises": facts.promises.get(delegation.pk, []),
        "asks_here": facts.asks.get(delegation.pk, []),
        "key": uuid4(),
    }


def _key(request: SignedInRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
