"""How a request says that steps are late: one, or several of a list together."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.loop.models import Step

NAMED_AT_MOST = 20


def title_of(late: Sequence[Step]) -> str:
    """The step, or of which list how many are late."""
    if len(late) == 1:
        return str(late[0])
    named = {"list": late[0].run, "number": len(late)}
    return _("%(list)s: %(number)d steps are late") % named


def words_of(late: Sequence[Step]) -> str:
    """Each late step with its hour, and what is wanted; in the active language."""
    first = late[0]
    if len(late) == 1:
        due = telling.moment(first.event, first.due_at)
        said = _(
            "Late: %(what)s. It was due %(due)s. Tick it, or say when it will be done."
        )
        return said % {"what": first.what, "due": due}
    said = _("Late. Tick each of these, or say when it will be done:")
    rows = [f"{one.what}, {telling.moment(one.event, one.due_at)}" for one in late]
    more = len(rows) - NAMED_AT_MOST
    if more > 0:
        rows[NAMED_AT_MOST:] = [_("and %(number)d more on the list") % {"number": more}]
    return "\n".join([said, *(f"– {row}" for row in rows)])
