"""The taps of a journey: what is still to be told, and what may be taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from titian.kernel.actor import Actor
from titian.kernel.models import Entry
from titian.logistics.models import Journey
from titian.logistics.models.journey import REACHED_BY

TIME_TO_THINK_BETTER = timedelta(minutes=2)
MARKED, TAKEN_BACK = "journey.marked", "journey.taken_back"


@dataclass(frozen=True, slots=True)
class Taps:
    """One journey's buttons: what nobody has told yet, and one's own last tap."""

    open: tuple[str, ...]
    undo: str = ""
    undo_until: datetime | None = None

    @property
    def next(self) -> str:
        """The tap that comes next on the ground, past all that was reached."""
        ground = tuple(REACHED_BY)[1:]
        told = [ground.index(one) for one in ground if one not in self.open]
        return next(iter(ground[max(told, default=-1) + 1 :]), "")


def taps_of(journey: Journey, actor: Actor, at: datetime) -> Taps:
    """What ``actor``, who may report it, can tell of the journey and take back now."""
    if journey.state == Journey.State.CALLED_OFF:
        return Taps(())
    told = {milestone.state for milestone in journey.milestones.all()}
    still = tuple(state for state in REACHED_BY if state not in told)
    tap = last_tap(journey, actor)
    if tap is None or not is_fresh(tap, at):
        return Taps(still)
    state = str(tap.facts["state"])
    return Taps(still, state, tap.said_at + TIME_TO_THINK_BETTER)


def last_tap(journey: Journey, actor: Actor) -> Entry | None:
    """The last milestone told of the journey, if it was the actor who told it."""
    told = Entry.objects.filter(
        subject_kind=Journey._meta.label_lower,
        subject_id=journey.pk,
        verb__in=[MARKED, TAKEN_BACK],
    )
    last = told.order_by("pk").last()
    if last is None or last.verb != MARKED or last.actor != actor:
        return None
    return last


def is_fresh(tap: Entry, at: datetime) -> bool:
    """Whether ``at`` is within the two minutes after the tap, by the tapper's hours."""
    return timedelta(0) <= at - tap.said_at <= TIME_TO_THINK_BETTER
