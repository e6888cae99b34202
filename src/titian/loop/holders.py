"""Which officer has a delegation now: one answer for every question that asks it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q

from titian.kernel.models import Event
from titian.loop.models import HandOver
from titian.people.models import Assignment, Delegation, Duty, Officer

OVER = (HandOver.State.TAKEN, HandOver.State.LET_GO)
AHEAD, SINCE = timedelta(hours=1), timedelta(hours=2)
"""So long before and after the end of a duty its hand-over is asked for."""


@dataclass(slots=True)
class _Known:
    """Of one delegation: officers, who is on duty since when, the last hand-over."""

    present: list[Officer] = field(default_factory=list)
    on_duty: dict[int, datetime] = field(default_factory=dict)
    last: HandOver | None = None

    def is_hers(self, officer_id: int) -> bool:
        """By duty, else by the last hand-over to who is still there, else by rank."""
        here = [one.pk for one in self.present]
        last = self.last if self.last and self.last.incoming_id in here else None
        since = self.on_duty.get(officer_id)
        if last is not None and last.outgoing_id == officer_id:
            return since is not None and since >= _over_at(last)
        if since is not None:
            return True
        if last is not None:
            return last.incoming_id == officer_id
        return bool(here) and here[0] == officer_id


def holds(officer: Officer, delegation: Delegation, at: datetime) -> bool:
    """Whether the delegation is hers now."""
    return _known([delegation.pk], at)[delegation.pk].is_hers(officer.pk)


def holders(delegations: Iterable[int], at: datetime) -> dict[int, Officer]:
    """The officer who has each delegation, by its id; three queries for all of them."""
    found: dict[int, Officer] = {}
    for pk, known in _known(list(delegations), at).items():
        order = sorted(known.present, key=partial(_turn, known, at))
        hers = (one for one in order if known.is_hers(one.pk))
        if (officer := next(hers, None)) is not None:
            found[pk] = officer
    return found


def _turn(known: _Known, at: datetime, one: Officer) -> tuple[bool, datetime]:
    """Who is on duty first, and of two who was there before: it is still theirs."""
    return one.pk not in known.on_duty, known.on_duty.get(one.pk, at)


@dataclass(frozen=True, slots=True)
class Change:
    """A duty that ends about now, or runs over, and the officer who waits for it."""

    duty: Duty
    after: Officer | None

    @property
    def ends_at(self) -> datetime:
        """When it was to end by the plan."""
        return self.duty.overran_at or self.duty.ends_at


def changes_due(event: Event, at: datetime) -> list[Change]:
    """Changes of hands about now without a hand-over, the soonest first.

    Between an hour before the one's duty ends and two hours after it, and every duty
    that runs over, however long. Three queries.
    """
    found = changes_about(event, at)
    return [one for one in found if not one.duty.overran_at or at < one.duty.ends_at]


def running_over(event: Event, at: datetime) -> list[Change]:
    """The duties whose hour is over and that go on, since nobody took them over."""
    return [one for one in changes_due(event, at) if one.duty.overran_at is not None]


def changes_about(event: Event, at: datetime) -> list[Change]:
    """The same, with those that ran over and have ended at last."""
    running = Duty.objects.filter(
        delegation__event=event, mode=Duty.Mode.ATTACHED, withdrawn_at=None
    ).select_related("officer__person", "delegation__party", "delegation__event")
    ending = list(
        running.filter(
            Q(ends_at__gt=at - SINCE, ends_at__lte=at + AHEAD)
            | Q(overran_at__isnull=False, ends_at__gt=at)
        ).order_by("ends_at", "delegation", "pk")
    )
    if not ending:
        return []
    first = min(duty.overran_at or duty.ends_at for duty in ending)
    coming = list(
        running.filter(
            starts_at__gt=first - SINCE - AHEAD, starts_at__lte=at + SINCE + AHEAD
        ).order_by("starts_at", "pk")
    )
    begun = _begun(event, min(duty.starts_at for duty in ending))
    found = []
    for duty in ending:
        after = _follows(duty, coming)
        opened = begun.get((duty.delegation_id, duty.officer_id))
        is_begun = opened is not None and opened > duty.starts_at
        if (after or duty.overran_at) and not is_begun:
            found.append(Change(duty, after))
    return found


def _follows(duty: Duty, coming: Iterable[Duty]) -> Officer | None:
    """Whose hours begin about when the others were to end, and last longer."""
    ends = duty.overran_at or duty.ends_at
    for one in coming:
        is_another = one.officer_id != duty.officer_id and one.ends_at > ends
        is_then = ends - SINCE - AHEAD < one.starts_at <= ends + SINCE
        if one.delegation_id == duty.delegation_id and is_another and is_then:
            return one.officer
    return None


def _begun(event: Event, since: datetime) -> dict[tuple[int, int], datetime]:
    """When each last began to hand over since then, by delegation and officer."""
    rows = HandOver.objects.filter(event=event, opened_at__gt=since)
    known = rows.exclude(state=HandOver.State.CALLED_OFF).order_by("opened_at", "pk")
    told = known.values_list("delegation", "outgoing", "opened_at")
    return {(pk, officer): opened for pk, officer, opened in told}


def _known(ids: list[int], at: datetime) -> dict[int, _Known]:
    found = {pk: _Known() for pk in ids}
    present = (
        Assignment.objects.filter(delegation__in=ids, relieved_at=None)
        .exclude(consent=Assignment.Consent.DECLINED)
        .select_related("officer__person")
        .order_by("role", "pk")
    )
    for held in present:
        found[held.delegation_id].present.append(held.officer)
    running = Duty.objects.filter(
        delegation__in=ids,
        mode=Duty.Mode.ATTACHED,
        withdrawn_at=None,
        starts_at__lte=at,
        ends_at__gt=at,
    )
    for duty in running:
        found[duty.delegation_id].on_duty[duty.officer_id] = duty.starts_at
    over = HandOver.objects.filter(delegation__in=ids, state__in=OVER)
    for row in over.order_by("opened_at", "pk"):
        found[row.delegation_id].last = row
    return found


def _over_at(row: HandOver) -> datetime:
    return row.taken_at or row.let_go_at or row.opened_at
