"""What every act on a line of an agreement shares: the lock, the right, the record."""

from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from titian.kernel import journal, sealing
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.queries import speaker
from titian.talks.models import Deliverable
from titian.talks.policy import may

REFUSALS: dict[str, str | Promise] = {
    "deliver": gettext_lazy("Only the side that owes this line may show it is done."),
    "accept": gettext_lazy("Only the side that is owed this line may accept it."),
    "dispute": gettext_lazy("Only the side that is owed this line may dispute it."),
    "waive": gettext_lazy("Only the side that is owed this line may let it go."),
}


def line_of(line_id: int) -> Deliverable:
    """The line with all that its record will name."""
    rows = Deliverable.objects.select_related(
        "agreement__event", "agreement__delegation__party", "handled_by"
    )
    return rows.get(pk=line_id)


def for_move(name: str, line_id: int, *, actor: Actor) -> Deliverable:
    """The line, locked, for the side whose move it is; ``Forbidden`` for others."""
    Deliverable.objects.select_for_update().get(pk=line_id)
    line = line_of(line_id)
    require(may(actor, name, line), str(REFUSALS[name]))
    return line


def record(
    line: Deliverable,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **words: str,
) -> Deliverable:
    """Save the row and enter ``verb``; words are sealed under the speaker's key."""
    about = speaker(actor).pk
    if sealing.is_destroyed(about):
        line.dispute_words = line.settled_words = ""
    line.save()
    journal.write(
        verb,
        line,
        actor=actor,
        at=at,
        key=key,
        about=about,
        sealed=words,
        state=line.state,
    )
    return line
