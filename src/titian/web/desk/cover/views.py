"""Cover: who holds each delegation over a day, and where nobody does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from titian.foresight.models import Proposal
from titian.kernel import clock
from titian.kernel.models import Event
from titian.people.models import Delegation, Duty
from titian.people.models.party import ATTENDED
from titian.people.policy import coordinates
from titian.people.queries import Gap, gaps, refusals
from titian.web.desk.cover.searching import MINUTES
from titian.web.desk.rooms import oversees
from titian.web.events import event_of
from titian.web.http import HttpResponse, SignedInRequest, actor_of, render

DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Bar:
    """A stretch of one delegation's strip; ``x`` and ``width`` in percent."""

    kind: str
    name: str
    x: float
    width: float

    @property
    def is_wide(self) -> bool:
        """Whether a name fits in it."""
        return self.width > 8


@login_required
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    """The strip of every delegation from now on for 24 hours."""
    event = event_of(request)
    if event is None or not oversees(actor_of(request).person_id, event):
        raise PermissionDenied(_("The cover is the coordinator's."))
    now = clock.local(event, clock.time_at(event))
    start = now.replace(minute=0, second=0, microsecond=0)
    lanes, holes = _lanes(event, start)
    ticks = [start + timedelta(hours=h) for h in range(0, 25, 3)]
    context = {
        "event": event,
        "now": now,
        "start": start,
        "end": start + DAY,
        "lanes": lanes,
        "gaps": holes,
        "ticks": [(100 * i / 8, at) for i, at in enumerate(ticks)],
        "may_plan": coordinates(actor_of(request), event),
        "minutes": MINUTES,
        "searches": event.proposals.filter(state=Proposal.State.SEARCHING),
        "refusals": refusals(event),
        "key": uuid4(),
        "now_x": 100 * (now - start) / DAY,
    }
    return render(request, "desk/cover.html", context)


def _lanes(
    event: Event, start: datetime
) -> tuple[list[tuple[Delegation, list[Bar]]], list[Gap]]:
    end = start + DAY
    rows = event.delegations.filter(party__kind__in=ATTENDED).select_related("party")
    bars: dict[int, list[Bar]] = {}
    duties = Duty.objects.filter(
        delegation__event=event, starts_at__lt=end, ends_at__gt=start, withdrawn_at=None
    ).select_related("officer__person")
    for duty in duties.order_by("starts_at"):
        kind = "call" if duty.mode == Duty.Mode.ON_CALL else duty.role
        bars.setdefault(duty.delegation_id, []).append(
            _bar(kind, duty.officer.person.display, duty.starts_at, duty.ends_at, start)
        )
    holes = gaps(event, start, end)
    for hole in holes:
        bars.setdefault(hole.delegation_id, []).append(
            _bar("gap", "", hole.starts_at, hole.ends_at, start)
        )
    ordered = sorted(
        rows,
        key=lambda d: (not any(b.kind == "gap" for b in bars.get(d.pk, [])), d.code),
    )
    return [(row, bars.get(row.pk, [])) for row in ordered], holes


def _bar(
    kind: str, name: str, begins: datetime, ends: datetime, start: datetime
) -> Bar:
    left = max(0.0, 100 * (begins - start) / DAY)
    right = min(100.0, 100 * (ends - start) / DAY)
    return Bar(kind, name, round(left, 3), round(right - left, 3))
