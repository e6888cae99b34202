"""What follows when a carrier says, afterwards, that it could not deliver."""

from datetime import timedelta
from uuid import UUID

from django.utils.module_loading import import_string

from titian.kernel import clock
from titian.kernel.models import Consequence
from titian.reactions.briefing import COPY, deliver_again

REMEMBERED = timedelta(days=2)
"""A carrier says within it that a message failed; later nobody waits for the words."""


def take_the_next_way(owed: Consequence) -> None:
    """Tell again what did not arrive: those who have it are left alone, and the one who
    has not gets it by her next way. Raises ``Undelivered`` if there is none; of a
    notice's copy that is noted, and its person is shown red.
    """
    if str(owed.entry.facts.get("thread", "")).startswith(f"{COPY}:"):
        return deliver_again(owed)
    first = _owed_under(UUID(str(owed.entry.facts["words"])))
    if first is not None:
        import_string(first.handler)(first)
    return None


def _owed_under(key: UUID) -> Consequence | None:
    """The telling whose words went out under this key, if it was one to many."""
    since = clock.real_time() - REMEMBERED
    done = Consequence.objects.filter(
        handler__startswith="titian.reactions.", done_at__gt=since
    )
    for one in done.select_related("entry").order_by("-pk").iterator():
        if one.key == key:
            return one
    return None
