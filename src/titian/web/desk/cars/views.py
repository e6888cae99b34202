"""The fleet, one car with its trips, and what breaks when it cannot drive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.foresight.cars import CarMend
from titian.foresight.commands.outages import take_car_out
from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.outages import without_car
from titian.foresight.plans import NoSuchChange
from titian.kernel import clock
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.logistics.cars import Drive, by_car, drives
from titian.logistics.commands.transport import Taken, bring_back
from titian.logistics.models import Vehicle
from titian.logistics.policy import may_drive_out
from titian.people.policy import keeps_any_seat
from titian.web.desk.acts import OLD_PAGE, ActForm, refusal_of
from titian.web.desk.touched import touched
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

NOT_YET = "open"


@dataclass(frozen=True, slots=True)
class Row:
    """A car of the fleet, where it is promised, and the languages of its driver."""

    car: Vehicle
    drives: Sequence[Drive]
    languages: Sequence[tuple[str, str]]


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every car: class, seats, permit, plate, driver, and what it drives now."""
    event = _event(request)
    now = clock.local(event, clock.time_at(event))
    known = by_car(drives(now, event.pk))
    cars = event.vehicles.select_related("driver", "delegation__party")
    context = {
        "event": event,
        "now": now,
        "rows": [_row(car, known.get(car.pk, []), now) for car in _in_order(cars)],
        "standing_still": event.vehicles.exclude(out_since=None).count(),
    }
    return render(request, "desk/cars.html", context)


@login_required
@require_GET
def car(request: SignedInRequest, pk: int) -> HttpResponse:
    """One car: its driver and its trips of these days."""
    return _page(request, _car(request, pk))


@login_required
def outage(request: SignedInRequest, pk: int) -> HttpResponse:
    """First what breaks without the car and how to mend it; then the act."""
    row = _car(request, pk)
    if not may_drive_out(actor_of(request), row.event):
        sentence = _("Only the transport desk or a coordinator decides about cars.")
        raise PermissionDenied(sentence)
    if request.method != "POST":
        return _page(request, row, looks=True)
    form, mend = ActForm(request.POST), request.POST.get("mend", NOT_YET)
    number = row_number(mend)
    if not form.is_valid() or (number is None and mend != NOT_YET):
        return _page(request, row, looks=True, problem=str(OLD_PAGE), status=422)
    try:
        take_car_out(
            row.pk,
            mend=number,
            seen=request.POST.get("seen", ""),
            actor=actor_of(request),
            at=clock.time_at(row.event),
            key=form.cleaned_data["key"],
        )
    except (WorldMovedOn, Taken) as why:
        return _page(request, row, looks=True, problem=str(why), status=409)
    except NoSuchChange:
        return _page(request, row, looks=True, problem=str(OLD_PAGE), status=422)
    words = _("%s is out of service; all whom it touches are told.")
    messages.success(request, words % row.plate)
    return redirect("car", row.pk)


@login_required
@require_POST
def back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The car drives again."""
    row, form = _car(request, pk), ActForm(request.POST)
    if not form.is_valid():
        return _page(request, row, problem=form.problem(), status=422)
    actor, at, key = actor_of(request), clock.time_at(row.event), form.cleaned_data
    problem, status = refusal_of(
        lambda: bring_back(row.pk, actor=actor, at=at, key=key["key"])
    )
    if problem:
        return _page(request, row, problem=problem, status=status)
    messages.success(request, _("%s drives again.") % row.plate)
    return redirect("car", row.pk)


def _page(
    request: SignedInRequest,
    row: Vehicle,
    *,
    looks: bool = False,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    event, actor = row.event, actor_of(request)
    now = clock.local(event, clock.time_at(event))
    context = {
        "event": event,
        "now": now,
        "row": _row(row, by_car(drives(now, event.pk)).get(row.pk, []), now),
        "may": may_drive_out(actor, event),
        "problem": problem,
        "key": uuid4(),
    }
    if looks:
        try:
            outlook = without_car(row, actor=actor, at=now)
        except NotSound as why:
            context |= {"problem": problem or str(why)}
            return render(request, "desk/car.html", context, status=max(status, 422))
        context |= {
            "outlook": outlook,
            "breaks": touched(outlook.breaks, now),
            "ways": [(n, way, _others(way)) for n, way in enumerate(outlook.ways)],
        }
    return render(request, "desk/car.html", context, status=status)


def _others(way: CarMend) -> int:
    """How many are told another car for others' sake."""
    return sum(one.is_bystander for one in way.swaps)


def _row(car: Vehicle, held: Sequence[Drive], now: datetime) -> Row:
    spoken = car.driver.languages.items() if car.driver else ()
    ahead = [one for one in held if one.ends_at > now]
    return Row(car, ahead, sorted(spoken, key=lambda one: (one[1], one[0]))[::-1])


def _in_order(cars: Iterable[Vehicle]) -> list[Vehicle]:
    """What stands still first, then by plate."""
    return sorted(cars, key=lambda one: (one.out_since is None, one.plate))


def _car(request: SignedInRequest, pk: int) -> Vehicle:
    cars = _event(request).vehicles.select_related(
        "event", "driver", "delegation__party"
    )
    return get_object_or_404(cars, pk=pk)


def _event(request: SignedInRequest) -> Event:
    event = event_here(request)
    if not keeps_any_seat(actor_of(request), event):
        raise PermissionDenied(_("The cars are the host team's."))
    return event
