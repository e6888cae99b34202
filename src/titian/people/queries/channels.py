"""Both ends of a channel: who speaks for the guests, who answers for the hosts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.people.models import Assignment, Delegation, Duty, FocalPoint, Officer


@dataclass(frozen=True, slots=True)
class Channel:
    """A party's channel at one moment; red when an end has no live person."""

    outside: Sequence[FocalPoint]
    inside: Sequence[Assignment]
    on_duty: Duty | None
    reasons: Sequence[str] = ()

    @property
    def is_red(self) -> bool:
        """Whether nobody is alive on one of the ends."""
        return bool(self.reasons)

    @property
    def reason(self) -> str:
        """The first of the reasons; empty if both ends are alive."""
        return next(iter(self.reasons), "")


def channel(delegation: Delegation, at: datetime) -> Channel:
    """Focal points and officers; each end that is red says so in a sentence."""
    points = list(
        delegation.focal_points.select_related("person").order_by("kind", "pk")
    )
    for point in points:
        point.delegation = delegation  # whose event's zone its hours are in
    officers = list(
        Assignment.objects.filter(delegation=delegation, relieved_at=None)
        .exclude(consent=Assignment.Consent.DECLINED)
        .select_related("officer__person")
        .order_by("role", "pk")
    )
    duty = (
        Duty.objects.filter(
            delegation=delegation, starts_at__lte=at, ends_at__gt=at, withdrawn_at=None
        )
        .select_related("officer__person")
        .order_by("mode", "role", "pk")  # with the guests before on call
        .first()
    )
    return Channel(points, officers, duty, _wrong(points, officers, duty, at))


def is_valid(point: FocalPoint, at: datetime) -> bool:
    """Whether the focal point's word counts at that moment."""
    begun = point.valid_from is None or point.valid_from <= at
    return begun and (point.valid_to is None or point.valid_to > at)


def is_in_hours(point: FocalPoint, at: datetime) -> bool:
    """Whether the focal point may be called at that hour of the event's day."""
    if point.hours_from is None or point.hours_to is None:
        return True
    hour = clock.local(point.event, at).time()
    if point.hours_from <= point.hours_to:
        return point.hours_from <= hour < point.hours_to
    return hour >= point.hours_from or hour < point.hours_to


def _wrong(
    points: Sequence[FocalPoint],
    officers: Sequence[Assignment],
    duty: Duty | None,
    at: datetime,
) -> list[str]:
    wrong = []
    if not any(is_valid(point, at) for point in points):
        wrong.append(
            _("Nobody speaks for this delegation: no focal point is valid now.")
        )
    agreed = [
        held
        for held in officers
        if held.consent == Assignment.Consent.AGREED and not held.group
    ]  # who is with the spouse alone does not answer for the delegation
    if duty is None and not agreed:
        wrong.append(_("Nobody answers for this delegation: no LO has agreed."))
    return wrong


def shown_officers(delegation: Delegation) -> list[Assignment]:
    """The officers whose names the guest sees: host and officer have both agreed."""
    both = Assignment.objects.filter(
        delegation=delegation, relieved_at=None, consent=Assignment.Consent.AGREED
    )
    return list(both.select_related("officer__person").order_by("role", "pk"))


def engagements(officer: Officer) -> list[Assignment]:
    """All that one person holds at the event: with whom, from when to when."""
    held = Assignment.objects.filter(officer=officer, relieved_at=None).exclude(
        consent=Assignment.Consent.DECLINED
    )
    return list(
        held.select_related("delegation__party").order_by("starts_at", "role", "pk")
    )
