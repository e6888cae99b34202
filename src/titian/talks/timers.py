"""What falls due in talks. Each handler first looks whether it is still wanted."""

from uuid import uuid5

from titian.kernel.models import Consequence
from titian.talks.commands import keeping
from titian.talks.models import Agreement, Deliverable
from titian.talks.models.agreement import DeliverableQuerySet


def line_due(owed: Consequence) -> None:
    """The hour of a line has come: what is still unmet is entered as overdue.

    Owed by an entry of the line itself or of its whole agreement; a line whose hour
    was moved has a timer of its own.
    """
    for line in _lines(owed).unmet().filter(due_at=owed.due_at):
        key = uuid5(owed.key, str(line.pk))
        keeping.mark_overdue(line.pk, at=owed.due_at, key=key)


def line_still_unmet(owed: Consequence) -> None:
    """Overdue for a while and still unmet: it goes one step up."""
    for line in _lines(owed).unmet().filter(due_at__lt=owed.due_at):
        keeping.escalate(line.pk, at=owed.due_at, key=owed.key)


def _lines(owed: Consequence) -> DeliverableQuerySet:
    entry = owed.entry
    if entry.subject_kind == Agreement._meta.label_lower:
        return Deliverable.objects.filter(agreement=entry.subject_id)
    return Deliverable.objects.filter(pk=entry.subject_id)
