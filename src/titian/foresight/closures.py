"""What a closure would touch, before it is made."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from titian.briefing.touched import Touched, touched_by
from titian.foresight.queries import breaks_hash, trial
from titian.kernel.actor import Actor
from titian.kernel.questions import Break, Change
from titian.places.commands import Closing
from titian.places.models import Closure

COMMAND = "titian.places.commands.close"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whom it would touch, by their own lists, and what else it would break."""

    touched: Touched
    breaks: tuple[Break, ...]

    @property
    def seen(self) -> str:
        """What a person looked at; ``close`` refuses when it is no longer so."""
        return breaks_hash(self.breaks)


def closing(event_id: int, what: Closing, *, actor: Actor, at: datetime) -> Change:
    """The change that ``close`` makes, to be tried before it is made."""
    arguments = {"event_id": event_id, "closing": what}
    return Change(COMMAND, arguments, actor, at)


def outlook(event_id: int, what: Closing, *, actor: Actor, at: datetime) -> Outlook:
    """Whom the closure would touch; nothing is kept, nobody is told.

    Raises what ``places.commands.close`` raises: ``Forbidden``, ``BadHours``.
    """
    change = closing(event_id, what, actor=actor, at=at)
    found, touched = trial(change, partial(_touched_by_the_newest, event_id))
    return Outlook(touched, found)


def _touched_by_the_newest(event_id: int) -> Touched:
    rows = Closure.objects.filter(event=event_id).select_related("place", "event")
    return touched_by(rows.latest("pk"))
