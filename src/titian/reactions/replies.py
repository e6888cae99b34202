"""What follows when something came in: its sender is asked back, a desk is told."""

from django.utils.translation import gettext as _

from titian.briefing.models import PRESS, Copy, Notice
from titian.kernel.models import Consequence
from titian.loop.models import RollAnswer
from titian.people.models import Person, Seat
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted, said


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


def tell_the_press_desk(owed: Consequence) -> None:
    """A stranger writes of press matters: the desks whose list says so hear of it."""
    facts = owed.entry.facts
    desk = Seat.objects.filter(event__in=facts["events"], team__code=PRESS)
    tell(
        Person.objects.filter(pk__in=desk.values("person")),
        lambda: _of_a_stranger(str(facts["phrase"])),
        owed,
        about=f"intake.incoming:{owed.entry.subject_id}",
    )


def _words(why: str, asked: list[Copy | RollAnswer]) -> Said:
    if why == "several":
        lines = "\n".join(_line(one) for one in asked)
        return _which(lines)
    one = asked[0]
    if isinstance(one, RollAnswer):
        subject = _("%(number)s: are your guests safe?") % {"number": str(one.roll)}
        words = _(
            "Answer SAFE, MISSING or INJURED and how many people, for example SAFE 4."
        )
        return noted(subject, words)
    subject = _("Not acknowledged: %s") % one.notice
    if one.notice.state == Notice.State.WITHDRAWN:
        return noted(
            subject, _("This notice was withdrawn. Nothing is to be acknowledged.")
        )
    newer = _("A newer version has taken its place. Read and acknowledge that one.")
    return noted(subject, newer)


def _which(lines: str) -> Said:
    kindly = _("Thank you for your answer. Kindly tell us which one it is about.")
    return said(_("Which one do you mean?"), formal=[kindly, lines], brief=[lines])


def _of_a_stranger(phrase: str) -> Said:
    words = _("It speaks of “%(phrase)s”. Read it on the page Press desk.")
    return noted(
        _("For the press desk: a message from somebody nobody knows"),
        words % {"phrase": phrase},
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
