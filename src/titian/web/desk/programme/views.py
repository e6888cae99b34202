"""The rundown: what runs where, planned, expected, real; a late start ripples."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from titian.foresight.commands.moves import delay_activity, delaying
from titian.foresight.elsewhere import is_shut
from titian.foresight.errors import WorldMovedOn
from titian.foresight.queries import breaks, breaks_hash
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.programme.commands import activities
from titian.programme.lateness import MINUTE, over_under, why_late
from titian.programme.live import ripple_of
from titian.programme.models import Activity
from titian.programme.policy import may_keep
from titian.programme.queries import rundown
from titian.web.desk.asks.forms import ActForm
from titian.web.desk.moments import YEARS, moment_from
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
from titian.web.late import late_shows

_FASTER = gettext_lazy("Somebody was faster: this is how it stands now.")


@dataclass(frozen=True, slots=True)
class Step:
    """What a button does to an item, and what the reader gives with it."""

    command: Callable[..., Activity]
    given: Callable[[SignedInRequest, Activity], dict[str, object]]


def _happened(request: SignedInRequest, row: Activity) -> dict[str, object]:
    """The hour it really happened; without one it is just now."""
    if not (wanted := request.POST.get("happened_at", "")):
        return {}
    happened_at, problem = moment_from(wanted, row.event)
    if happened_at is None:
        raise ValueError(problem)
    return {"happened_at": happened_at}


def _begun(request: SignedInRequest, row: Activity) -> dict[str, object]:
    return {**_happened(request, row), **_reason(request, row)}


def _end(request: SignedInRequest, row: Activity) -> dict[str, object]:
    ends_at, problem = moment_from(request.POST.get("ends_at", ""), row.event)
    if ends_at is None:
        raise ValueError(problem)
    return {"ends_at": ends_at, **_reason(request, row)}


def _reason(request: SignedInRequest, row: Activity) -> dict[str, object]:
    return {"reason": request.POST.get("reason", "")}


MOVES = {
    "start": Step(activities.start, _begun),
    "finish": Step(activities.finish, _happened),
    "prolong": Step(activities.prolong, _end),
    "cancel": Step(activities.cancel, _reason),
}


@login_required
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    """One day, the places side by side."""
    event = event_here(request)
    actor, now = actor_of(request), clock.time_at(event)
    day = _day(request.GET.get("day", "")) or clock.local(event, now).date()
    found = rundown(event, day, at=now, actor=actor)
    rows = sorted(
        (row for lane in found.lanes for row in lane.rows),
        key=lambda row: (row.starts_at, row.activity.pk),
    )
    over = over_under(rows)
    context = {
        "event": event,
        "now": clock.local(event, now),
        "day": day,
        "days": _days(event, actor),
        "rundown": found,
        "late": [sentence for row in rows if (sentence := why_late(row))],
        "ends_later": over if over >= MINUTE else None,
        "ends_earlier": -over if over <= -MINUTE else None,
        "may_keep": may_keep(actor, event),
    }
    return render(request, "desk/programme.html", context)


@login_required
@require_GET
def activity(request: SignedInRequest, pk: int) -> HttpResponse:
    """One item: its three times, who takes part, the next move."""
    return _page(request, pk)


def _page(request: SignedInRequest, pk: int) -> HttpResponse:
    context = _context(request, _activity(request, pk))
    return render(request, "desk/activity.html", context)


@late_shows(_page)
@login_required
@require_POST
def move(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """It has begun, it is over, it runs longer, it is cancelled."""
    row = _activity(request, pk)
    form = ActForm(request.POST)
    if name not in MOVES or not form.is_valid():
        messages.error(request, _("This form is old. Try again."))
        return redirect("activity", pk)
    at, key = clock.time_at(row.event), form.cleaned_data["key"]
    try:
        given = MOVES[name].given(request, row)
        MOVES[name].command(pk, **given, actor=actor_of(request), at=at, key=key)
    except IllegalMove:
        raise
    except ValueError as why:
        context = _context(request, row) | {"problem": str(why)}
        return render(request, "desk/activity.html", context, status=422)
    return redirect("activity", pk)


@late_shows(_page)
@login_required
def delay(request: SignedInRequest, pk: int) -> HttpResponse:
    """A later start: what it pushes and what it touches, before it is saved."""
    row = _activity(request, pk)
    wanted = request.POST.get("new_start") or request.GET.get("new_start", "")
    start, problem = moment_from(wanted, row.event)
    if start is None:
        context = _context(request, row) | {"problem": problem if wanted else ""}
        return render(
            request, "desk/activity.html", context, status=422 if wanted else 200
        )
    if request.method == "POST":
        return _delay(request, row, start)
    return _preview(request, row, start)


def _delay(request: SignedInRequest, row: Activity, start: datetime) -> HttpResponse:
    form = ActForm(request.POST)
    try:
        delay_activity(
            row.pk,
            start,
            seen_breaks_hash=request.POST.get("seen", ""),
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            at=clock.time_at(row.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except WorldMovedOn:
        problem = _(
            "The world has moved on since you looked. This is how it stands now."
        )
        return _preview(request, row, start, problem=problem, status=409)
    except IllegalMove:
        return _preview(request, row, start, problem=_FASTER, status=409)
    except ValueError as why:
        return _preview(request, row, start, problem=str(why), status=422)
    messages.success(request, _("The new hours are in; everybody they touch is asked."))
    return redirect("activity", row.pk)


def _preview(
    request: SignedInRequest,
    row: Activity,
    start: datetime,
    *,
    problem: object = "",
    status: int = 200,
) -> HttpResponse:
    actor, at = actor_of(request), clock.time_at(row.event)
    context = _context(request, row) | {"new_start": start, "problem": problem}
    try:
        found = breaks(delaying(row.pk, start, actor=actor, at=at))
        context |= {
            "shifts": ripple_of(row.pk, start, at=at),
            "breaks": touched(found, at),
            "seen": breaks_hash(found),
        }
    except IllegalMove:
        context |= {"problem": problem or _FASTER, "new_start": None}
        status = 409
    except ValueError as why:
        context |= {"problem": problem or str(why), "new_start": None}
        status = 422 if status == 200 else status
    return render(request, "desk/activity.html", context, status=status)


def _context(request: SignedInRequest, row: Activity) -> dict[str, object]:
    return {
        "activity": row,
        "event": row.event,
        "now": clock.local(row.event, clock.time_at(row.event)),
        "may_keep": may_keep(actor_of(request), row.event),
        "moves": (names := [m.name for m in row.machine.moves_from(row.state)]),
        # a meeting is called off on its own page, where both sides read of it
        "may_cancel": "cancel" in names and not hasattr(row, "meeting"),
        "is_shut": is_shut(row, clock.time_at(row.event)),
        "key": uuid4(),
    }


def _activity(request: SignedInRequest, pk: int) -> Activity:
    seen = Activity.objects.visible_to(actor_of(request)).select_related(
        "event", "place", "meeting"
    )
    return get_object_or_404(seen.distinct(), pk=pk)


def _days(event: Event, actor: Actor) -> list[date]:
    """The days on which anything is planned that the reader may see."""
    seen = Activity.objects.visible_to(actor).filter(event=event)
    hours = seen.values_list("starts_at", flat=True)
    return sorted({clock.local(event, hour).date() for hour in hours})


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
