"""A short reply was not clear: its sender is asked, by the way it came."""

from django.utils.translation import gettext as _

from titian.briefing.models import Copy, Notice
from titian.kernel.models import Consequence
from titian.loop.models import RollAnswer
from titian.people.models import Person
from titian.reactions.telling import tell


def ask_back(owed: Consequence) -> None:
    """Ask which one she means, or say what the reply could not do."""
    facts = owed.entry.facts
    copies = Copy.objects.filter(pk__in=facts["copies"]).select_related("notice")
    calls = RollAnswer.objects.filter(pk__in=facts["calls"])
    asked = [*copies, *calls.select_related("roll", "delegation__party")]
    tell(
        Person.objects.filter(pk=owed.entry.actor_person_id or 0),
        lambda: _words(str(facts["why"]), asked),
        owed,
        first=str(facts["channel"]),
        doer_too=True,
    )


def _words(why: str, asked: list[Copy | RollAnswer]) -> tuple[str, str]:
    if why == "several":
        return _("Which one do you mean?"), "\n".join(_line(one) for one in asked)
    one = asked[0]
    if isinstance(one, RollAnswer):
        subject = _("%(number)s: are your guests safe?") % {"number": str(one.roll)}
        return subject, _(
            "Answer SAFE, MISSING or INJURED and how many people, for example SAFE 4."
        )
    subject = _("Not acknowledged: %s") % one.notice
    if one.notice.state == Notice.State.WITHDRAWN:
        return subject, _("This notice was withdrawn. Nothing is to be acknowledged.")
    return subject, _(
        "A newer version has taken its place. Read and acknowledge that one."
    )


def _line(one: Copy | RollAnswer) -> str:
    """What to answer for it; the words to send stand first."""
    if isinstance(one, Copy):
        return _("OK %(code)s: %(title)s") % {
            "code": one.notice.code,
            "title": one.notice.title,
        }
    return _("SAFE %(call)s %(party)s: are the guests of %(delegation)s safe?") % {
        "call": str(one.roll),
        "party": one.delegation.code,
        "delegation": one.delegation.name,
    }
