"""What follows when a talking card is drafted or approved."""

from django.utils.translation import gettext as _

from titian.kernel.models import Consequence
from titian.people.models import Person
from titian.reactions.people import officers
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted
from titian.talks.models.card import TalkingCard


def ask_who_approves(owed: Consequence) -> None:
    """A card waits: the one person named for it hears that it does."""
    card = _card(owed)
    if card.state == TalkingCard.State.DRAFT:
        people = Person.objects.filter(pk=card.approver_id)
        tell(people, lambda: _waits(card), owed)


def tell_the_officers(owed: Consequence) -> None:
    """A card is approved: the party's officers hear that it is on their phones."""
    card = _card(owed)
    if card.state == TalkingCard.State.APPROVED:
        tell(officers(card.delegation), lambda: _is_there(card), owed)


def _card(owed: Consequence) -> TalkingCard:
    rows = TalkingCard.objects.select_related("event", "delegation__party")
    return rows.get(pk=owed.entry.subject_id)


def _waits(card: TalkingCard) -> Said:
    subject = _("A talking card for %(party)s waits for your approval") % _named(card)
    return noted(subject, card.title)


def _is_there(card: TalkingCard) -> Said:
    subject = _("A talking card for %(party)s is on your phone") % _named(card)
    return noted(subject, card.title)


def _named(card: TalkingCard) -> dict[str, object]:
    return {"party": card.delegation.name}
