"""In which order a person wants to be reached."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.briefing.models import Preference
from titian.briefing.reaching import USUAL
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.queries import speaker


class Unknown(ValueError):
    """No such channel; its argument is a sentence."""


@transaction.atomic
def prefer(
    person_id: int,
    channels: Sequence[str],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Preference:
    """Say by which channels, the first one first; what is not named comes after.

    Raises ``Forbidden`` for anybody but the person herself, ``Unknown`` for what is no
    channel.
    """
    hers = actor.on_word_of is None and actor.person_id == person_id
    require(hers, _("Each says for herself how she is reached."))
    person = speaker(actor)
    if journal.replayed(key, "person.prefers", person_id, actor=actor):
        return Preference.objects.get(person=person)

    if not channels or set(channels) - set(USUAL):
        raise Unknown(_("Choose one of the channels."))
    wanted = list(dict.fromkeys(channels))
    kept, _new = Preference.objects.update_or_create(
        person=person, defaults={"channels": wanted}
    )
    journal.write("person.prefers", person, actor=actor, at=at, key=key, topics=())
    return kept
