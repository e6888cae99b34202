"""What a change would leave without an officer."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.kernel.bilingual import in_both
from titian.kernel.models import Event
from titian.kernel.questions import Break, Change
from titian.people.models import Delegation, Duty, Party
from titian.people.queries.cover import Gap, gaps

AHEAD = timedelta(days=3)


def broken_by(change: Change) -> tuple[Break, ...]:
    """Guarded hours without an officer, one sentence a delegation and day.

    Only events whose cover is published can be broken: before that, no hour is held.
    """
    published = Duty.objects.filter(
        withdrawn_at=None, ends_at__gt=change.at, starts_at__lt=change.at + AHEAD
    )
    events = Event.objects.filter(pk__in=published.values("delegation__event"))
    return tuple(
        found for event in events.order_by("pk") for found in _broken(event, change)
    )


def _broken(event: Event, change: Change) -> list[Break]:
    by_day: dict[tuple[int, str], list[Gap]] = defaultdict(list)
    for gap in gaps(event, change.at, change.at + AHEAD):
        day = clock.local(event, gap.starts_at).date().isoformat()
        by_day[gap.delegation_id, day].append(gap)
    if not by_day:
        return []
    rows = event.delegations.select_related("party", "event").in_bulk()
    liaison = Party.objects.filter(code="LOC").values_list("pk", flat=True).first()
    return [
        _break(rows[delegation_id], holes[0], liaison, change.at)
        for (delegation_id, _day), holes in by_day.items()
    ]


def _break(
    delegation: Delegation, first: Gap, liaison: int | None, at: datetime
) -> Break:
    """One that is open already is so since this hour: asked a minute later the same."""
    english, indonesian = in_both(lambda: _sentence(delegation, first))
    this_hour = at.replace(minute=0, second=0, microsecond=0)
    return Break(
        level=delegation.rank,
        by=first.starts_at if first.starts_at > at else this_hour,
        sentence=english,
        subject_kind=delegation._meta.label_lower,
        subject_id=delegation.pk,
        owner_team_id=liaison,
        sentence_id=indonesian,
        concerns_id=delegation.pk,
    )


def _sentence(delegation: Delegation, gap: Gap) -> str:
    event = delegation.event
    words = {
        "delegation": delegation.name,
        "day": formats.date_format(clock.local(event, gap.starts_at), "j F"),
    }
    if gap.is_early:
        return (
            _("On %(day)s %(delegation)s would be there before its LO is on duty.")
            % words
        )
    return (
        _("On %(day)s %(delegation)s would have guarded hours without an LO.") % words
    )
