"""What an officer is asked to take: one card, with the hours of each delegation."""

from typing import Any

from titian.kernel import clock
from titian.people.models import Assignment, Duty, Officer, Person


def asked_of(person: Person) -> dict[str, Any] | None:
    """The card of everything she has not answered yet; ``None`` if there is nothing.

    One event at a time: the one she was asked for last.
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
    hours = _hours(officer, mine)
    return {
        "officer": officer.pk,
        "rows": [_row(one, hours.get(one.delegation_id, [])) for one in mine],
    }


def _hours(officer: Officer, rows: list[Assignment]) -> dict[int, list[Duty]]:
    """Her coming duties with them."""
    duties = Duty.objects.filter(
        officer=officer,
        delegation__in=[one.delegation_id for one in rows],
        withdrawn_at=None,
        ends_at__gt=clock.time_at(officer.event),
    )
    found: dict[int, list[Duty]] = {}
    for duty in duties.order_by("starts_at"):
        found.setdefault(duty.delegation_id, []).append(duty)
    return found


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
