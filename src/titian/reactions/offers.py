"""What follows at a talk: only who sits there hears it, and never what is private."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from titian.kernel.models import Consequence
from titian.people.models import Person
from titian.reactions.people import coordinators
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted
from titian.talks.commands import offers
from titian.talks.ledger import standpoints
from titian.talks.models import Issue, Offer, Talk
from titian.talks.models.text import TextVersion


def tell_of_the_offer(owed: Consequence) -> None:
    """An offer lies on the table: who sits there hears that it does, and until when."""
    offer = _offer(owed)
    if offer.is_open:
        tell(_envoys(offer.talk), lambda: _lies_there(offer), owed)


def tell_of_the_answer(owed: Consequence) -> None:
    """An offer was accepted, withdrawn, or has lapsed: who sits there hears it."""
    offer = _offer(owed)
    tell(_envoys(offer.talk), lambda: _stands(offer), owed)


def tell_of_the_text(owed: Consequence) -> None:
    """A version of the text was laid down: who sits there hears it, not a word of it.

    Nothing if a later version lies there by now: that one is told of.
    """
    rows = TextVersion.objects.select_related("talk__event")
    version = rows.get(pk=owed.entry.subject_id)
    if not version.talk.texts.filter(number__gt=version.number).exists():
        tell(_envoys(version.talk), lambda: _is_laid(version), owed)


def tell_of_the_stuck_topic(owed: Consequence) -> None:
    """A topic lies still: who sits there reads both positions side by side.

    The coordinator hears which topic of which talk it is, without a word of it.
    """
    rows = Issue.objects.select_related("talk__event")
    issue = rows.get(pk=owed.entry.subject_id)
    if issue.stuck_at is None:
        return
    tell(_envoys(issue.talk), lambda: _stuck(issue), owed)
    envoys = issue.talk.envoys.values("person")
    others = coordinators(issue.event).exclude(pk__in=envoys)
    tell(others, lambda: _stuck_without_words(issue), owed)


def tell_of_the_break(owed: Consequence) -> None:
    """A side walked away: who sits there reads why."""
    talk = Talk.objects.get(pk=owed.entry.subject_id)
    if talk.state == Talk.State.BROKEN_OFF:
        tell(_envoys(talk), lambda: _broken(talk), owed)


def forget_words(owed: Consequence) -> None:
    """A person was erased: what she wrote under offers is emptied too."""
    offers.forget_words_of(owed.entry.subject_id, at=owed.entry.said_at)


def _offer(owed: Consequence) -> Offer:
    rows = Offer.objects.select_related("talk__event")
    return rows.get(pk=owed.entry.subject_id)


def _envoys(talk: Talk) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=talk.envoys.values("person"))


def _lies_there(offer: Offer) -> Said:
    subject = _("%(talk)s: offer %(number)s is on the table") % _named(offer)
    return noted(subject, _("Open the talk to read it."))


def _is_laid(version: TextVersion) -> Said:
    named = {"talk": version.talk.title, "number": version.number}
    subject = _("%(talk)s: version %(number)s of the text is on the table") % named
    return noted(subject, _("Open the talk to see what is new in it."))


def _stands(offer: Offer) -> Said:
    named = _named(offer) | {"state": offer.get_state_display()}
    subject = _("%(talk)s: offer %(number)s is %(state)s") % named
    return noted(subject, _("Open the talk to read it."))


def _stuck(issue: Issue) -> Said:
    named = {"talk": issue.talk.title, "topic": issue.words}
    subject = _("%(talk)s: “%(topic)s” has not moved") % named
    lines = [f"{one.party}: {one.words or '–'}" for one in standpoints(issue)]
    return noted(subject, "\n".join(lines))


def _stuck_without_words(issue: Issue) -> Said:
    named = {"talk": issue.talk.code, "order": issue.order}
    subject = _("Talk %(talk)s: topic %(order)s has not moved") % named
    return noted(subject, _("Those who sit there have heard it too."))


def _broken(talk: Talk) -> Said:
    subject = _("%(talk)s: broken off") % {"talk": talk.title}
    return noted(subject, talk.broken_words)


def _named(offer: Offer) -> dict[str, object]:
    return {"talk": offer.talk.title, "number": offer.number}
