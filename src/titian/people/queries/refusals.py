"""Who said no, to whom and why: the coordinator decides what follows."""

from dataclasses import dataclass
from datetime import datetime

from titian.kernel.models import Entry, Event
from titian.kernel.sealing import unseal_all
from titian.people.models import Assignment


@dataclass(frozen=True, slots=True)
class Refusal:
    """An assignment that was declined; ``reason`` is empty once it is forgotten."""

    assignment: Assignment
    reason: str
    said_at: datetime | None


def refusals(event: Event) -> list[Refusal]:
    """The present assignments that were declined, the last one first."""
    declined = Assignment.objects.filter(
        delegation__event=event,
        relieved_at=None,
        consent=Assignment.Consent.DECLINED,
    ).select_related("officer__person", "delegation__party", "delegation__event")
    rows = {one.pk: one for one in declined}
    said = Entry.objects.filter(
        subject_kind=Assignment._meta.label_lower,
        subject_id__in=rows,
        verb="officer.declined",
    )
    last = {entry.subject_id: entry for entry in said.order_by("pk")}
    words = unseal_all(last.values())
    found = [_refusal(row, last.get(row.pk), words) for row in rows.values()]
    return sorted(found, key=_told, reverse=True)


def _refusal(
    row: Assignment, entry: Entry | None, words: dict[int, dict[str, object]]
) -> Refusal:
    if entry is None:  # loaded from a list: it says that, and not why
        return Refusal(row, "", None)
    reason = words[entry.pk].get("reason", "")
    return Refusal(row, str(reason), entry.said_at)


def _told(one: Refusal) -> tuple[float, int]:
    return one.said_at.timestamp() if one.said_at else 0.0, one.assignment.pk
