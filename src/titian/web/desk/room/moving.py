"""Moving an arrival: what it breaks, three ways to mend it, one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.urls import reverse
from django.utils.translation import gettext as _

from titian.foresight.arrivals import Outlook, Way, moved
from titian.foresight.cars import Swap
from titian.foresight.commands.arrivals import move_arrival
from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.models import Proposal
from titian.foresight.plans import NoSuchChange
from titian.foresight.shown import Shown, shown
from titian.kernel import clock
from titian.kernel.machine import IllegalMove
from titian.kernel.numbers import row_number
from titian.logistics.models import Journey
from titian.web.desk.acts import OLD_PAGE
from titian.web.desk.moments import moment_from
from titian.web.desk.touched import touched
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

ALONE = "open"
"""Chosen instead of a way: only move it, and ask whom it touches."""


@dataclass(frozen=True, slots=True)
class DrawnWay:
    """A way to mend it, as the page draws it."""

    number: int
    cover: Shown | None
    swaps: Sequence[Swap]
    others: int


@login_required
def expectation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Moving an expected time: first what it breaks, then the button that says so."""
    journey = _journey(request, pk)
    wanted = request.POST.get("expected_at") or request.GET.get("expected_at", "")
    if request.method == "GET" and "expected_at" not in request.GET:
        return _page(request, journey, None)
    expected, problem = moment_from(wanted, journey.event)
    if expected is None:
        return _page(request, journey, None, problem=problem, status=422)
    try:
        if request.method == "POST":
            return _move(request, journey, expected)
        return _page(request, journey, expected)
    except IllegalMove:
        problem = _("This journey can no longer be moved.")
        return _page(request, journey, None, problem=problem, status=409)
    except ValueError as why:
        return _page(request, journey, None, problem=str(why), status=422)


def _move(
    request: SignedInRequest, journey: Journey, expected: datetime
) -> HttpResponse:
    mend = request.POST.get("mend", ALONE)
    number = row_number(mend)
    if number is None and mend != ALONE:
        return _page(request, journey, expected, problem=str(OLD_PAGE), status=422)
    try:
        move_arrival(
            journey.pk,
            expected,
            mend=number,
            seen=request.POST.get("seen", ""),
            actor=actor_of(request),
            at=clock.time_at(journey.event),
            key=_key(request),
        )
    except WorldMovedOn as why:
        return _page(request, journey, expected, problem=str(why), status=409)
    except NoSuchChange:
        return _page(request, journey, expected, problem=str(OLD_PAGE), status=422)
    except NotSound as why:
        return _page(request, journey, expected, problem=str(why), status=422)
    messages.success(request, _("The arrival is moved; everybody it touches is asked."))
    if request.POST.get("back") == "room":
        return redirect(f"{reverse('room')}?delegation={journey.delegation_id}")
    return redirect("delegation", journey.delegation_id)


def _page(
    request: SignedInRequest,
    journey: Journey,
    expected: datetime | None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = clock.local(journey.event, clock.time_at(journey.event))
    outlook = _outlook(request, journey, expected)
    is_part = "HX-Request" in request.headers
    context = {
        "event": journey.event,
        "now": now,
        "journey": journey,
        "expected": expected,
        "outlook": outlook,
        "breaks": touched(outlook.breaks, now) if outlook else [],
        "ways": _ways(journey, outlook.ways) if outlook else [],
        "problem": problem,
        "is_part": is_part,
        "key": uuid4(),
    }
    template = "desk/expectation.html#beside" if is_part else "desk/expectation.html"
    return render(request, template, context, status=status)


def _outlook(
    request: SignedInRequest, journey: Journey, expected: datetime | None
) -> Outlook | None:
    if expected is None:
        return None
    at = clock.time_at(journey.event)
    return moved(journey, expected, actor=actor_of(request), at=at)


def _ways(journey: Journey, ways: Sequence[Way]) -> list[DrawnWay]:
    return [
        DrawnWay(
            number,
            _shown(journey, way),
            way.cars.swaps if way.cars else (),
            _others(way),
        )
        for number, way in enumerate(ways)
    ]


def _shown(journey: Journey, way: Way) -> Shown | None:
    """The cover's rows with names and reasons; not kept, only read like a proposal."""
    if way.cover is None:
        return None
    changes, gaps = list(way.cover.changes), list(way.cover.gaps)
    return shown(
        Proposal(event=journey.event, kind="cover", changes=changes, gaps=gaps)
    )


def _others(way: Way) -> int:
    """What is promised to others and changes all the same: duties, and cars."""
    duties = way.cover.repair.others if way.cover else 0
    swaps = way.cars.swaps if way.cars else ()
    return duties + sum(one.is_bystander for one in swaps)


def _journey(request: SignedInRequest, pk: int) -> Journey:
    seen = Journey.objects.visible_to(actor_of(request))
    return get_object_or_404(
        seen.select_related("delegation__party", "event", "airport", "hotel"), pk=pk
    )


def _key(request: SignedInRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
