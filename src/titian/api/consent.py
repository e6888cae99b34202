"""What an officer is asked to take: one card, with the hours of each delegation."""

from datetime import datetime
from typing import Any

from titian.kernel import clock
from titian.people.models import Assignment, Duty, Officer, Person


def asked_of(person: Person) -> dict[str, Any] | None:
    """The card of everything she has not answered yet; ``None`` if there is nothing.

    One event at a time: the one she was asked for last. What is over by now is no
    longer asked.
    """
    rows = list(
        Assignment.objects.filter(
            officer__person=person, consent=Assignment.Consent.ASKED, relieved_at=None
        )
        .select_related("officer__event", "delegation__party")
        .order_by("-officer", "role", "pk")
    )
    if not rows:
        return None
    officer = rows[0].officer
    mine = [one for one in rows if one.officer_id == officer.pk]
    now = clock.time_at(officer.event)
    hours = _hours(officer, mine)
    shown = [
        _row(one, [duty for duty in duties if duty.ends_at > now])
        for one in mine
        if not _over(duties := hours.get(one.delegation_id, []), now)
    ]
    return {"officer": officer.pk, "rows": shown} if shown else None


def _hours(officer: Officer, rows: list[Assignment]) -> dict[int, list[Duty]]:
    """Her duties with them, the past ones too."""
    duties = Duty.objects.filter(
        officer=officer,
        delegation__in=[one.delegation_id for one in rows],
        withdrawn_at=None,
    )
    found: dict[int, list[Duty]] = {}
    for duty in duties.order_by("starts_at"):
        found.setdefault(duty.delegation_id, []).append(duty)
    return found


def _over(duties: list[Duty], now: datetime) -> bool:
    """There were hours, and the last of them is past."""
    return bool(duties) and max(duty.ends_at for duty in duties) <= now


def _row(one: Assignment, duties: list[Duty]) -> dict[str, Any]:
    with_them = [duty for duty in duties if duty.mode == Duty.Mode.ATTACHED]
    return {
        "id": one.pk,
        "delegation": one.delegation.name,
        "code": one.delegation.code,
        "role": one.get_role_display(),
        "on_call": bool(duties) and not with_them,
        "hours": [
            {"from": duty.starts_at.isoformat(), "to": duty.ends_at.isoformat()}
            for duty in with_them or duties
        ],
    }
