"""What falls due in briefing. Each handler first looks whether it is still wanted."""

from titian.briefing.commands import copies, statements
from titian.briefing.models import Notice, Statement
from titian.kernel.models import Consequence


def nobody_answered(owed: Consequence) -> None:
    """So long a silence: for whoever is silent still, the next leader is called."""
    notice = Notice.objects.get(pk=owed.entry.subject_id)
    if notice.is_in_force:
        step = int(owed.entry.facts.get("step", 0)) + 1
        copies.call_leaders(notice.pk, step, at=owed.due_at, key=owed.key)


def embargo_over(owed: Consequence) -> None:
    """The hour has come that a spokesperson cleared; not in an emergency."""
    statement = Statement.objects.get(pk=owed.entry.subject_id)
    is_wanted = statement.state == Statement.State.EMBARGOED
    if is_wanted and statement.embargo_until == owed.due_at:
        statements.end_embargo(statement.pk, at=owed.due_at, key=owed.key)
