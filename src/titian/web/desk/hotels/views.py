"""Who sleeps where, free rooms shared out, and what more people would need."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.foresight.commands.rooms import (
    KIND,
    NoHotels,
    accept_rooms,
    propose_rooms,
)
from titian.foresight.demand import with_more
from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.gather.rooms import rooms_for
from titian.foresight.models import Proposal
from titian.kernel import clock
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.logistics.commands.stays import NoRooms
from titian.logistics.lodging import houses, without_rooms
from titian.logistics.policy import may_house
from titian.people.models import Delegation
from titian.people.policy import keeps_any_seat
from titian.places.models import Place
from titian.web.desk.acts import ActForm
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

MOST_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a proposal: so many rooms of a hotel for a delegation."""

    index: int
    delegation: Delegation
    place: Place
    rooms: int
    minutes: int
    is_split: bool


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every hotel: what it holds, what is promised in it, who sleeps there."""
    event = event_of_lodging(request)
    found = houses(event)
    wanted = [(row, rooms_for(row.expected)) for row in without_rooms(event)]
    free = sum(one.free for one in found)
    context = {
        "event": event,
        "wanted": wanted,
        "fits": sum(count for _row, count in wanted) <= free,
        "invented": any(b.basis == "synthetic" for h in found for b in h.blocks),
        "now": clock.local(event, clock.time_at(event)),
        "houses": found,
        "free": free,
        "may": may_house(actor_of(request), event),
        "proposals": event.proposals.filter(kind=KIND, state=Proposal.State.OPEN),
        "key": uuid4(),
    }
    return render(request, "desk/hotels.html", context)


@login_required
@require_POST
def propose(request: SignedInRequest) -> HttpResponse:
    """Have the free rooms shared out among those who have none."""
    event, form = event_of_lodging(request), ActForm(request.POST)
    try:
        ticked = [row_number(one) or 0 for one in request.POST.getlist("delegation")]
        made = propose_rooms(
            event.pk,
            ticked,
            actor=actor_of(request),
            at=clock.time_at(event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except (NoHotels, NotSound) as why:
        messages.error(request, str(why))
        return redirect("hotels")
    return redirect("rooms-proposal", made.pk)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who would sleep where, who finds no room, and that it has passed its check."""
    return _page(request, _proposal(request, pk))


@login_required
@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Promise the rooms, all but the rows that are not ticked."""
    proposal, form = _proposal(request, pk), ActForm(request.POST)
    ticked = {row_number(one) for one in request.POST.getlist("change")}
    left_out = [n for n in range(len(proposal.changes)) if n not in ticked]
    try:
        accept_rooms(
            pk,
            leave_out=left_out,
            actor=actor_of(request),
            at=clock.time_at(proposal.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except (WorldMovedOn, NoRooms) as why:
        proposal.refresh_from_db()
        return _page(request, proposal, problem=str(why), status=409)
    messages.success(request, _("The rooms are promised; their LOs are told."))
    return redirect("hotels")


@login_required
@require_GET
def demand(request: SignedInRequest) -> HttpResponse:
    """What so many more people would need; nothing is saved."""
    event = event_of_lodging(request)
    people = row_number(request.GET.get("people", "")) or 0
    chosen = {row_number(one) or 0 for one in request.GET.getlist("delegation")}
    rows = list(
        event.delegations.filter(party__kind__in=["state", "organisation"])
        .select_related("party")
        .order_by("party__code")
    )
    given = [row.pk for row in rows if row.pk in chosen]
    is_asked = "people" in request.GET
    is_sound = bool(given) and 0 < people <= MOST_PEOPLE
    problem = ""
    if is_asked and not is_sound:
        problem = _("Say how many people more, and tick at least one delegation.")
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "delegations": rows,
        "chosen": chosen,
        "people": people or 12,
        "found": with_more(event, _spread(people, given)) if is_sound else None,
        "problem": problem,
    }
    return render(request, "desk/demand.html", context, status=422 if problem else 200)


def _spread(people: int, delegations: list[int]) -> dict[int, int]:
    """As evenly as it goes, the first ones one more."""
    each, more = divmod(people, len(delegations))
    return {pk: each + (n < more) for n, pk in enumerate(delegations)}


def _page(
    request: SignedInRequest,
    proposal: Proposal,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    event, rows = proposal.event, proposal.changes
    delegations = event.delegations.select_related("party", "event").in_bulk()
    places = Place.objects.in_bulk([row["place"] for row in rows])
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "proposal": proposal,
        "rows": [
            Row(
                n,
                delegations[row["delegation"]],
                places[row["place"]],
                row["rooms"],
                row["minutes"],
                row["hotels"] > 1,
            )
            for n, row in enumerate(rows)
        ],
        "left": [
            (delegations[one["delegation"]], one["rooms"]) for one in proposal.gaps
        ],
        "may": may_house(actor_of(request), event),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/rooms_proposal.html", context, status=status)


def _proposal(request: SignedInRequest, pk: int) -> Proposal:
    event = event_of_lodging(request)
    rows = Proposal.objects.filter(event=event, kind=KIND).select_related("event")
    return get_object_or_404(rows, pk=pk)


def event_of_lodging(request: SignedInRequest) -> Event:
    """The reader's event, refused to whoever has no seat at it."""
    event = event_here(request)
    if not keeps_any_seat(actor_of(request), event):
        raise PermissionDenied(_("Who sleeps where is the host team's."))
    return event
