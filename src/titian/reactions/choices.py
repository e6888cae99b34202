"""What a guest may answer with one tap in her own channel."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from titian.channels import Choice
from titian.loop.models import Ask
from titian.people.models import Person


def choices_of(ask: Ask, person: Person) -> Sequence[Choice]:
    """Whether it was heard right, whether it is kept: the guest's own two answers.

    ``intake`` reads what she chose; the "no" of each is words for the LO and the team.
    """
    if person.pk != ask.said_by_id or ask.is_private:
        return ()
    if ask.state == Ask.State.RESTATED:
        return (
            Choice(f"ask:{ask.pk}:confirm", _("Yes, that is right")),
            Choice(f"ask:{ask.pk}:no", _("No, not so")),
        )
    if ask.state == Ask.State.ANSWERED:
        return (
            Choice(f"ask:{ask.pk}:close", _("Yes, it is done")),
            Choice(f"ask:{ask.pk}:no", _("Not yet")),
        )
    return ()


def said_back(ask: Ask) -> str:
    """The fields as the team heard them, a line each; none before it said them back."""
    if ask.state != Ask.State.RESTATED:
        return ""
    names = {
        "who": _("Who"),
        "how_many": _("How many"),
        "when": _("When"),
        "where": _("Where"),
        "vehicles": _("Vehicles"),
        "conditions": _("Conditions"),
    }
    return "\n".join(
        f"{names.get(name, name)}: {heard}" for name, heard in ask.heard_as.items()
    )
