"""A meeting is off, a visit ends early: each side hears it, and never why."""

from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.kernel.models import Consequence
from titian.people.models import Delegation
from titian.reactions.people import focal_points, officers
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted, said
from titian.talks.models import Meeting


def tell_that_it_is_off(owed: Consequence) -> None:
    """A meeting is called off: each side hears it with its hour, and no reason.

    Of one that was asked for, the request says it, with a file for their calendars.
    """
    rows = Meeting.objects.select_related(
        "event", "activity", "party_a__party", "party_b__party"
    )
    meeting = rows.get(pk=owed.entry.subject_id)
    if "bilateral" in owed.entry.facts or hasattr(meeting, "bilateral"):
        return
    about = f"{meeting._meta.label_lower}:{meeting.pk}"
    both = (meeting.party_a, meeting.party_b)
    for own, other in (both, both[::-1]):
        people = focal_points(own, owed.entry.heard_at) | officers(own)
        said_to = partial(_off, meeting, other)
        tell(people, said_to, owed, about=about)


def tell_their_officers(owed: Consequence) -> None:
    """Who is with them hears the hour, and how much is off."""
    rows = Delegation.objects.select_related("event", "party")
    leaving = rows.get(pk=owed.entry.subject_id)
    tell(officers(leaving), lambda: _leaving(leaving, owed), owed)


def _off(meeting: Meeting, other: Delegation) -> Said:
    named = {
        "with": other.name,
        "at": telling.moment(meeting.event, meeting.activity.starts_at),
    }
    subject = _("The meeting with %(with)s does not take place") % named
    words = _(
        "The meeting with %(with)s of %(at)s does not take place. We are sorry for it,"
        " and write to you about another way to meet."
    )
    regret = _("We regret to inform you of a change in the programme.")
    return said(subject, formal=[regret, words % named], brief=[words % named])


def _leaving(leaving: Delegation, owed: Consequence) -> Said:
    leaves_at = datetime.fromisoformat(owed.entry.facts["leaves_at"])
    named = {
        "delegation": leaving,
        "at": telling.moment(leaving.event, leaves_at),
    }
    subject = _("%(delegation)s leaves early") % named
    words = _(
        "%(delegation)s leaves on %(at)s. What was planned after that is off; rooms,"
        " cars and duties end with it."
    )
    return noted(subject, words % named)
