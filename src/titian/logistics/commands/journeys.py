"""What is told of a journey: each milestone once, however late and in any order."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import require
from titian.logistics.models import Journey, Milestone
from titian.logistics.models.journey import REACHED_BY
from titian.logistics.policy import may_call_off, may_report
from titian.logistics.taps import MARKED, TAKEN_BACK, is_fresh, last_tap

REASON_AT_MOST = 200
TOLD_AGAIN = "journey.told_again"


class NoMilestone(ValueError):
    """Nobody taps this; its argument is a sentence."""


class BadHour(ValueError):
    """An hour that cannot be expected; its argument is a sentence."""


class TooLong(ValueError):
    """A reason with more words than a board shows; its argument is a sentence."""


@transaction.atomic
def mark(
    journey_id: int,
    state: str,
    *,
    happened_at: datetime | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Journey:
    """Tell that the journey reached ``state``, at ``happened_at`` or just now.

    Late, twice and out of order are all harmless: the state never goes back, and of
    two tellings of one milestone the first stays, the other is entered in the journal.
    Raises ``NoMilestone`` for any other state, ``NotYet`` for an hour to come,
    ``Forbidden`` unless the actor may report it, ``IllegalMove`` if it is called off.
    """
    if _replayed(key, journey_id, actor):
        return Journey.objects.get(pk=journey_id)

    journey = _for_report(journey_id, actor)
    if state not in REACHED_BY:
        raise NoMilestone(_("There is no such milestone of a journey."))
    said = happened_at or at
    clock.require_happened(journey.event, said)
    kept = journey.milestones.filter(state=state).first()
    if kept is not None:
        _tell_again(journey, kept, said, actor=actor, at=at, key=key)
        return journey
    _reach(journey, state, said, actor=actor, at=at, key=key)
    return journey


@transaction.atomic
def take_back(
    journey_id: int,
    state: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Journey:
    """Take back one's own last tap, within two minutes: it was the wrong button.

    Raises ``Forbidden`` unless the actor may report it, ``IllegalMove`` if the tap is
    somebody else's, not the last, or too long ago.
    """
    if journal.replayed(key, TAKEN_BACK, journey_id, actor=actor):
        return Journey.objects.get(pk=journey_id)

    journey = _for_report(journey_id, actor)
    tap = last_tap(journey, actor)
    if tap is None or tap.facts["state"] != state or not is_fresh(tap, at):
        raise IllegalMove("cannot take back what is not one's own last tap")
    journey.milestones.filter(state=state).delete()
    journey.state = str(tap.facts["before"])
    journey.save(update_fields=["state"])
    journal.write(TAKEN_BACK, journey, actor=actor, at=at, key=key, state=state)
    return journey


@transaction.atomic
def expect(
    journey_id: int,
    expected_at: datetime,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Journey:
    """Say when it is expected now; the planned time stands beside it.

    ``foresight.queries.breaks`` tells before it is saved what that would break. Raises
    ``Forbidden`` unless the actor may report it, ``IllegalMove`` if it has landed,
    ``BadHour`` for an hour that is past already, ``TooLong`` for a long reason.
    """
    if journal.replayed(key, "journey.expected", journey_id, actor=actor):
        return Journey.objects.get(pk=journey_id)

    journey = _for_report(journey_id, actor)
    journey.expect()
    if expected_at < at - clock.SLACK:
        raise BadHour(
            _("This hour is past. If it has landed, mark the landing instead.")
        )
    before = journey.at
    journey.expected_at, journey.precision = expected_at, "minute"
    journey.delay_reason = _reason(reason)
    journey.save(update_fields=["state", "expected_at", "precision", "delay_reason"])
    journal.write(
        "journey.expected",
        journey,
        actor=actor,
        at=at,
        key=key,
        before=before and before.isoformat(),
        expected=expected_at.isoformat(),
    )
    return journey


@transaction.atomic
def call_off(
    journey_id: int,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Journey:
    """Say that they do not come this way at all.

    Raises ``Forbidden`` unless the actor is transport, a coordinator or a feed,
    ``IllegalMove`` if they have landed, ``TooLong`` for a long reason.
    """
    if journal.replayed(key, "journey.called_off", journey_id, actor=actor):
        return Journey.objects.get(pk=journey_id)

    journey = _locked(journey_id)
    require(
        may_call_off(actor, journey),
        _("Only the transport desk or a coordinator calls a journey off."),
    )
    journey.move("call_off")
    journey.delay_reason = _reason(reason)
    journey.save(update_fields=["state", "delay_reason"])
    journal.write("journey.called_off", journey, actor=actor, at=at, key=key)
    return journey


def _locked(journey_id: int) -> Journey:
    journeys = Journey.objects.select_for_update(of=("self",))
    return journeys.select_related("event", "delegation").get(pk=journey_id)


def _for_report(journey_id: int, actor: Actor) -> Journey:
    journey = _locked(journey_id)
    require(
        may_report(actor, journey),
        _("Only the delegation's officer or the transport desk tells how it goes."),
    )
    return journey


def _replayed(key: UUID | None, journey_id: int, actor: Actor) -> bool:
    """Whether this very tap was heard before, whichever of the two it became."""
    again = key and Entry.objects.filter(key=key, verb=TOLD_AGAIN).exists()
    verb = TOLD_AGAIN if again else MARKED
    return journal.replayed(key, verb, journey_id, actor=actor) is not None


def _reach(
    journey: Journey,
    state: str,
    said: datetime,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    heard, before = clock.time_at(journey.event), journey.state
    moved = journey.reach(state)
    journey.save(update_fields=["state"])
    Milestone.objects.create(
        journey=journey,
        state=state,
        happened_at=said,
        heard_at=heard,
        by_person_id=actor.person_id,
    )
    journal.write(
        MARKED,
        journey,
        actor=actor,
        at=at,
        key=key,
        state=state,
        said=said.isoformat(),
        heard=heard.isoformat(),
        before=before,
        moved=moved,
    )


def _tell_again(
    journey: Journey,
    kept: Milestone,
    said: datetime,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    """The first word stays; that another was given is not lost either."""
    if said == kept.happened_at:
        return
    journal.write(
        TOLD_AGAIN,
        journey,
        actor=actor,
        at=at,
        key=key,
        state=kept.state,
        said=said.isoformat(),
        kept=kept.happened_at.isoformat(),
    )


def _reason(words: str) -> str:
    if len(words) > REASON_AT_MOST:
        raise TooLong(_("Say the reason in at most 200 characters."))
    return words.strip()
