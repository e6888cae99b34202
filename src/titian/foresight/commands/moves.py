"""Moving an hour, seeing what it breaks, and asking those whom it touches."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.errors import WorldMovedOn
from titian.foresight.queries import breaks, breaks_hash, mends
from titian.kernel import journal
from titian.kernel.actor import FEED, HOUSE, Actor
from titian.kernel.questions import Break, Change
from titian.logistics.commands import journeys
from titian.logistics.models import Block, Journey, Vehicle
from titian.loop.commands import confirmations
from titian.people.models import Delegation
from titian.programme.commands import activities
from titian.programme.models import Activity

type Subject = Journey | Activity | Vehicle | Block

__all__ = [
    "WorldMovedOn",
    "as_seen",
    "ask_about_activity",
    "ask_about_arrival",
    "ask_touched",
    "breaks_hash",
    "delay_activity",
    "delaying",
    "expect_arrival",
    "expecting",
]


def expecting(
    journey_id: int, expected_at: datetime, *, actor: Actor, at: datetime
) -> Change:
    """The change that ``expect_arrival`` makes, to be tried before it is made."""
    command = "titian.logistics.commands.journeys.expect"
    return _change(command, actor, at, journey_id=journey_id, expected_at=expected_at)


def delaying(
    activity_id: int, new_start: datetime, *, actor: Actor, at: datetime
) -> Change:
    """The change that ``delay_activity`` makes, to be tried before it is made."""
    return _change(
        "titian.programme.commands.activities.apply_ripple",
        actor,
        at,
        activity_id=activity_id,
        new_start=new_start,
        reason="",
    )


@transaction.atomic
def expect_arrival(
    journey_id: int,
    expected_at: datetime,
    *,
    seen_breaks_hash: str,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Journey:
    """Move an arrival, and ask everybody whom this touches to confirm that it is seen.

    Raises ``WorldMovedOn`` if it would break something else than what the person saw
    (``breaks_hash``), and whatever ``journeys.expect`` raises; then nothing is kept.
    """
    if journal.replayed(key, "journey.expected", journey_id, actor=actor):
        return Journey.objects.get(pk=journey_id)

    change = expecting(journey_id, expected_at, actor=actor, at=at)
    found = as_seen(change, seen_breaks_hash)
    journey = journeys.expect(
        journey_id, expected_at, reason=reason, actor=actor, at=at, key=key
    )
    ask_touched(journey, found, actor=actor, at=at, key=key)
    return journey


@transaction.atomic
def delay_activity(
    activity_id: int,
    new_start: datetime,
    *,
    seen_breaks_hash: str,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> tuple[Activity, ...]:
    """Let an item start later and push what follows; ask everybody whom this touches.

    Raises ``WorldMovedOn`` if it would break something else than what the person saw
    (``breaks_hash``), and whatever ``activities.apply_ripple`` raises; then nothing is
    kept.
    """
    if journal.replayed(key, "activity.moved", activity_id, actor=actor):
        return (Activity.objects.get(pk=activity_id),)

    change = delaying(activity_id, new_start, actor=actor, at=at)
    found = as_seen(change, seen_breaks_hash)
    moved = activities.apply_ripple(
        activity_id, new_start, reason=reason, actor=actor, at=at, key=key
    )
    ask_touched(moved[0], found, actor=actor, at=at, key=key)
    return moved


@transaction.atomic
def ask_about_arrival(
    journey_id: int, before: datetime, *, at: datetime, key: UUID
) -> None:
    """A feed moved the arrival from ``before`` and nobody saw what that breaks: ask.

    Raises ``IllegalMove`` if it has landed since, so that there is nothing to ask.
    """
    journey = Journey.objects.get(pk=journey_id)
    back = expecting(journey_id, before, actor=FEED, at=min(at, before))
    ask_touched(journey, mends(back), actor=HOUSE, at=at, key=key)


@transaction.atomic
def ask_about_activity(
    activity_id: int, before: datetime, *, at: datetime, key: UUID
) -> None:
    """A feed moved the item from ``before`` and nobody saw what that breaks: ask.

    Raises ``IllegalMove`` if it has started since, so that there is nothing to ask.
    """
    activity = Activity.objects.get(pk=activity_id)
    back = _change(
        "titian.programme.commands.activities.move",
        FEED,
        min(at, before),
        activity_id=activity_id,
        starts_at=before,
    )
    ask_touched(activity, mends(back), actor=HOUSE, at=at, key=key)


def _change(command: str, actor: Actor, at: datetime, **arguments: object) -> Change:
    return Change(command, arguments, actor, at)


def as_seen(change: Change, seen_breaks_hash: str) -> tuple[Break, ...]:
    """What ``change`` breaks; ``WorldMovedOn`` if the person saw something else."""
    found = breaks(change)
    if breaks_hash(found) != seen_breaks_hash:
        raise WorldMovedOn(
            _("The world has moved on since you looked. This is how it stands now.")
        )
    return found


def ask_touched(
    subject: Subject,
    found: tuple[Break, ...],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    """One confirmation a break; what touches nobody in particular is the first guest's.

    A clash of two items without any guest is shown beforehand and asked of nobody.
    """
    touched = [one.concerns_id for one in found if one.concerns_id is not None]
    concerned = [*_delegations_of(subject), *touched]
    if not concerned:
        return
    confirmations.ask_for(
        subject.event_id,
        concerned[0],
        f"{subject._meta.label_lower}:{subject.pk}",
        found,
        actor=actor,
        at=at,
        key=uuid5(key, "confirmations") if key else None,
    )


def _delegations_of(subject: Subject) -> list[int]:
    """Whom it concerns, the highest rank first."""
    if isinstance(subject, Vehicle | Block):
        return []  # whom it was promised: the breaks say so
    if isinstance(subject, Journey):
        return [subject.delegation_id]
    named = list(subject.delegations.all())
    everybody = Delegation.objects.filter(event=subject.event_id)
    people = named or (list(everybody) if subject.is_for_all else [])
    return [one.pk for one in sorted(people, key=lambda one: (one.rank, one.pk))]
