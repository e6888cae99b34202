"""The timetable of bilaterals: what it is made from, proposed, mended, accepted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.foresight.commands import bilaterals as plans
from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.free_hours import SLOT
from titian.foresight.models import Proposal
from titian.foresight.timetables import Cell, grid, shown
from titian.kernel import clock
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.programme.policy import may_keep
from titian.talks.commands import free_hours
from titian.talks.models import Bilateral, Interpretation, MeetingRoom
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.bilaterals.forms import InterpretersForm, PlanForm, RoomForm
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A quarter of an hour across the rooms: a meeting begins, goes on, or none is."""

    starts_at: datetime
    cells: list[tuple[str, Cell | None, int]]
    """By room: "begins" with its length in quarters, "goes on" or "free"."""


@dataclass(frozen=True, slots=True)
class Day:
    """The hours of a day in which some room is used."""

    day: date
    rooms: list[str]
    lines: list[Line]


@login_required
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    """Rooms, interpreters, who waits, and the proposals there are."""
    return _page(request, _event_to_plan(request))


@login_required
@require_POST
def rooms(request: SignedInRequest) -> HttpResponse:
    """Keep a room for bilaterals."""
    event = _event_to_plan(request)
    form = RoomForm(request.POST)
    if not form.is_valid():
        return _page(request, event, problem=form.problem(), status=422)
    given = form.cleaned_data
    act = partial(
        free_hours.keep_room,
        event.pk,
        given["place"].pk,
        given["seats"],
        given["lowest_rank"],
        key=given["key"],
    )
    return _done(request, event, act)


@login_required
@require_POST
def room(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is kept for bilaterals no more."""
    event = _event_to_plan(request)
    kept = get_object_or_404(MeetingRoom, event=event, pk=pk)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _page(request, event, problem=form.problem(), status=422)
    act = partial(free_hours.give_up_room, kept.pk, key=form.cleaned_data["key"])
    return _done(request, event, act)


@login_required
@require_POST
def interpreters(request: SignedInRequest) -> HttpResponse:
    """How many teams interpret between two languages."""
    event = _event_to_plan(request)
    form = InterpretersForm(request.POST)
    if not form.is_valid():
        return _page(request, event, problem=form.problem(), status=422)
    act = partial(free_hours.set_interpreters, event.pk, **form.arguments())
    return _done(request, event, act)


@login_required
@require_POST
def proposals(request: SignedInRequest) -> HttpResponse:
    """Have a timetable proposed, or the present one mended; nothing changes by it."""
    event = _event_to_plan(request)
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, event, problem=form.problem(), status=422)
    make = plans.mend if form.cleaned_data["way"] == "mend" else plans.propose
    try:
        made = make(
            event.pk,
            actor=actor_of(request),
            at=clock.time_at(event),
            key=form.cleaned_data["key"],
        )
    except NotSound as why:
        return _page(request, event, problem=str(why), status=422)
    return redirect("timetable-proposal", made.pk)


@login_required
@require_GET
def proposal(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it would change, who loses an hour by it, who stays without one, and why."""
    return _proposal_page(request, _proposal(request, pk))


@login_required
@require_POST
def acceptance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put it in force, while what it was computed from still holds."""
    found = _proposal(request, pk)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _proposal_page(request, found, problem=form.problem(), status=422)
    try:
        plans.accept(
            found.pk,
            actor=actor_of(request),
            at=clock.time_at(found.event),
            key=form.cleaned_data["key"],
        )
    except WorldMovedOn as why:
        found.refresh_from_db()
        return _proposal_page(request, found, problem=str(why), status=409)
    messages.success(request, _("The timetable is in force; both sides are told."))
    return redirect("timetable")


def days_of(found: Proposal) -> list[Day]:
    """The timetable as it would be, quarter by quarter and room by room."""
    rows = list(grid(found, shown(found)))
    names = [name for name, _cells in rows]
    there = clock.zone_of(found.event)
    dates = sorted(
        {c.starts_at.astimezone(there).date() for _n, cs in rows for c in cs}
    )
    return [
        Day(
            day,
            names,
            list(_lines([_on(day, cells, found.event) for _n, cells in rows])),
        )
        for day in dates
    ]


def _on(day: date, cells: Iterable[Cell], event: Event) -> list[Cell]:
    start, end = clock.day_of(event, day)
    return [one for one in cells if start <= one.starts_at < end]


def _lines(columns: list[list[Cell]]) -> Iterable[Line]:
    used = [cell for column in columns for cell in column]
    moment = min(cell.starts_at for cell in used)
    last = max(cell.ends_at for cell in used)
    while moment < last:
        yield Line(moment, [_at(column, moment) for column in columns])
        moment += SLOT


def _at(column: Iterable[Cell], moment: datetime) -> tuple[str, Cell | None, int]:
    for cell in column:
        if moment <= cell.starts_at < moment + SLOT:
            length = cell.ends_at - moment
            return "begins", cell, -(-length // SLOT)
        if cell.starts_at < moment < cell.ends_at:
            return "goes on", None, 1
    return "free", None, 1


def _event_to_plan(request: SignedInRequest) -> Event:
    event = event_here(request)
    require(
        may_keep(actor_of(request), event),
        _("Only protocol, the venue team or a coordinator plans the bilaterals."),
    )
    return event


def _done(
    request: SignedInRequest, event: Event, act: Callable[..., object]
) -> HttpResponse:
    done = partial(act, actor=actor_of(request), at=clock.time_at(event))
    problem, status = refusal_in_words(done)
    if problem:
        return _page(request, event, problem=problem, status=status)
    return redirect("timetable")


def _proposal(request: SignedInRequest, pk: int) -> Proposal:
    event = _event_to_plan(request)
    rows = Proposal.objects.filter(event=event, kind=plans.KIND)
    return get_object_or_404(rows.select_related("event"), pk=pk)


def _page(
    request: SignedInRequest, event: Event, *, problem: str = "", status: int = 200
) -> HttpResponse:
    waiting = Bilateral.objects.filter(event=event, state=Bilateral.State.AGREED)
    made = Proposal.objects.filter(event=event, kind=plans.KIND).order_by("-pk")
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "rooms_kept": event.meeting_rooms.select_related("place"),
        "interpreters": Interpretation.objects.filter(event=event),
        "waiting": waiting.select_related("asking__party", "asked__party").order_by(
            "agreed_at", "pk"
        ),
        "proposals": made[:5],
        "room_form": RoomForm(None),
        "interpreters_form": InterpretersForm(None),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/timetable.html", context, status=status)


def _proposal_page(
    request: SignedInRequest, found: Proposal, *, problem: str = "", status: int = 200
) -> HttpResponse:
    event = found.event
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "proposal": found,
        "shown": shown(found),
        "days": days_of(found),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/timetable_proposal.html", context, status=status)
