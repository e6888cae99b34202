"""Hours cut out of duties: a part of larger acts, which write the entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from titian.people.models import Assignment, Delegation, Duty, Officer


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours in which an officer holds a delegation, or shall no longer hold it."""

    officer_id: int
    delegation_id: int
    starts_at: datetime
    ends_at: datetime
    role: str = Assignment.Role.PRIMARY
    mode: str = Duty.Mode.ATTACHED


def free_from(
    officer: Officer, delegation: Delegation | None = None, *, at: datetime
) -> int:
    """Withdraw what is left of the officer's duties, of one delegation or of all.

    Gives how many duties fell free.
    """
    duties = Duty.objects.filter(officer=officer, ends_at__gt=at, withdrawn_at=None)
    if delegation is not None:
        duties = duties.filter(delegation=delegation)
    found = list(duties)
    for duty in found:
        cut_out([duty], max(duty.starts_at, at), duty.ends_at, at=at)
    return len(found)


def cut_out(
    duties: Iterable[Duty], starts_at: datetime, ends_at: datetime, *, at: datetime
) -> None:
    """Withdraw these hours from each duty; what lies before and after stays held.

    A withdrawn row keeps the hours it once had; what stays is told by new rows.
    """
    for duty in duties:
        rest = [
            (duty.starts_at, min(duty.ends_at, starts_at)),
            (max(duty.starts_at, ends_at), duty.ends_at),
        ]
        duty.withdrawn_at = at
        duty.save(update_fields=["withdrawn_at"])
        for first, last in rest:
            if first < last:
                part_of(duty, first, last).save()


def part_of(duty: Duty, starts_at: datetime, ends_at: datetime) -> Duty:
    """A new row that says the same of these hours."""
    return Duty(
        officer_id=duty.officer_id,
        delegation_id=duty.delegation_id,
        role=duty.role,
        mode=duty.mode,
        proposal_id=duty.proposal_id,
        starts_at=starts_at,
        ends_at=ends_at,
    )
