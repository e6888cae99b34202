"""One officer is not given to two guests at the same hours."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.people.models import Assignment, Duty

type Span = tuple[datetime, datetime]


class Engaged(ValueError):
    """The officer is already with another delegation in these hours."""


def require_free(wanted: Assignment, hours: Iterable[Span] | None) -> None:
    """``Engaged`` if the officer is with another delegation in the hours wanted."""
    spans = list(hours) if hours is not None else _own_span(wanted)
    for starts_at, ends_at in spans:
        duties = Duty.objects.filter(
            officer=wanted.officer,
            mode=Duty.Mode.ATTACHED,
            withdrawn_at=None,
            starts_at__lt=ends_at,
            ends_at__gt=starts_at,
        ).exclude(delegation=wanted.delegation)
        held = duties.select_related("delegation__party").order_by("starts_at")
        if duty := held.first():
            raise Engaged(_engaged_sentence(duty))
    if hours is None and wanted.role == Assignment.Role.PRIMARY:
        _require_no_other_guest(wanted)


def _own_span(wanted: Assignment) -> list[Span]:
    if wanted.starts_at is None or wanted.ends_at is None:
        return []
    return [(wanted.starts_at, wanted.ends_at)]


def _require_no_other_guest(wanted: Assignment) -> None:
    """A primary officer of two delegations at once would be with neither."""
    others = Assignment.objects.filter(
        officer=wanted.officer, role=Assignment.Role.PRIMARY, relieved_at=None
    ).exclude(consent=Assignment.Consent.DECLINED)
    if wanted.starts_at:
        others = others.exclude(ends_at__lte=wanted.starts_at)
    if wanted.ends_at:
        others = others.exclude(starts_at__gte=wanted.ends_at)
    if other := others.select_related("delegation__party").first():
        raise Engaged(
            _("%(officer)s is already the primary LO of %(delegation)s at this time.")
            % {"officer": wanted.officer, "delegation": other.delegation}
        )


def _engaged_sentence(duty: Duty) -> str:
    event = duty.event
    return _("%(officer)s is already with %(delegation)s on %(hours)s.") % {
        "officer": duty.officer,
        "delegation": duty.delegation,
        "hours": telling.span(event, duty.starts_at, duty.ends_at),
    }
