"""Whether officers have met their guests, and by when they must have."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from titian.kernel.models import Event
from titian.people.models import Assignment, Delegation, Duty

BEFORE = timedelta(hours=12)
"""So long before the guests land, or the relief's duty begins, they must have met."""

C = Assignment.Consent


def meeting_due_at(assignment: Assignment) -> datetime | None:
    """The last hour for it; ``None`` while nobody knows when they begin together.

    The primary's begins with the landing, the relief's with her first duty.
    """
    if assignment.role == Assignment.Role.PRIMARY:
        begins = _landing(assignment.delegation)
    else:
        begins = _first_duty(assignment) or assignment.starts_at
    return begins - BEFORE if begins else None


def is_to_be_met(assignment: Assignment, at: datetime) -> bool:
    """Whether she has agreed, has not met them, and their time together is to come."""
    if assignment.introduced_at is not None or assignment.relieved_at is not None:
        return False
    if assignment.consent != C.AGREED or assignment.group:
        return False
    due = meeting_due_at(assignment)
    return due is not None and at < due + BEFORE


def not_met(event: Event) -> list[Assignment]:
    """Who was called late for it and has still not met them; the oldest first."""
    rows = Assignment.objects.filter(
        delegation__event=event,
        introduced_at=None,
        relieved_at=None,
        consent=C.AGREED,
        meeting_missed_at__isnull=False,
    )
    named = rows.select_related("officer__person", "delegation__party")
    return list(named.order_by("meeting_missed_at", "pk"))


def unmet_of(delegations: Iterable[Delegation]) -> list[Assignment]:
    """The delegations' officers who agreed and have not said that they have met."""
    rows = Assignment.objects.filter(
        delegation__in=delegations, introduced_at=None, relieved_at=None, group=""
    )
    agreed = rows.filter(consent=C.AGREED)
    return list(
        agreed.select_related("officer", "delegation__event").order_by("role", "pk")
    )


def _landing(delegation: Delegation) -> datetime | None:
    presence = import_string(settings.PRESENCE_RULE)
    first, _last = presence([delegation]).get(delegation.pk, (None, None))
    found: datetime | None = first
    return found


def _first_duty(assignment: Assignment) -> datetime | None:
    duties = Duty.objects.filter(
        officer=assignment.officer_id,
        delegation=assignment.delegation_id,
        withdrawn_at=None,
    )
    return duties.order_by("starts_at").values_list("starts_at", flat=True).first()
