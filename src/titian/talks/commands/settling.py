"""The entitled side's word about a line: accepted, disputed, let go."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.talks.commands.lines import for_move, line_of, record
from titian.talks.models import Deliverable


@transaction.atomic
def accept(
    line_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Deliverable:
    """Say that what was shown is what was owed: the entitled side's word alone."""
    if journal.replayed(key, "line.accepted", line_id, actor=actor):
        return line_of(line_id)

    line = for_move("accept", line_id, actor=actor)
    line.accept(at=at)
    return record(line, "line.accepted", actor=actor, at=at, key=key)


@transaction.atomic
def dispute(
    line_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Deliverable:
    """Say that what was shown is not what was owed, and why; it is owed again."""
    if journal.replayed(key, "line.disputed", line_id, actor=actor):
        return line_of(line_id)

    line = for_move("dispute", line_id, actor=actor)
    line.dispute(words)
    return record(line, "line.disputed", actor=actor, at=at, key=key, words=words)


@transaction.atomic
def waive(
    line_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Deliverable:
    """Want a line no more, and say why."""
    if journal.replayed(key, "line.waived", line_id, actor=actor):
        return line_of(line_id)

    line = for_move("waive", line_id, actor=actor)
    line.waive(words, at=at)
    return record(line, "line.waived", actor=actor, at=at, key=key, words=words)
