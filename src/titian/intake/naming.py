"""Whose lines those of a name or a number are that nobody on file bears."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.intake.chats import Said
from titian.intake.models import Chat, ChatLine
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import require
from titian.kernel.sealing import seal_all
from titian.loop.models import Ask
from titian.people.models import Person
from titian.people.policy import accompanies, coordinates
from titian.people.queries import guests


@transaction.atomic
def name_author(
    line_id: int,
    person_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Chat:
    """Say which guest wrote a line: all of that name in the chat are hers from now on.

    Her words lie under her own key afterwards. Raises ``Forbidden`` unless the actor is
    the delegation's officer or a coordinator, ``Person.DoesNotExist`` for nobody of its
    guests, ``IllegalMove`` if the line is somebody's already.
    """
    line = ChatLine.objects.select_related("chat__concerns", "chat__event").get(
        pk=line_id
    )
    chat = Chat.objects.select_for_update(of=("self",)).get(pk=line.chat_id)
    if journal.replayed(key, "chat.author_named", chat.pk, actor=actor):
        return chat
    concerns = line.chat.concerns
    is_officer = concerns is not None and accompanies(actor, concerns)
    right = actor.on_word_of is None and (is_officer or coordinates(actor, chat.event))
    require(right, _("Only the LO of the delegation or a coordinator says who wrote."))
    if concerns is None or person_id not in {one.pk for one in guests(concerns)}:
        raise Person.DoesNotExist
    line.refresh_from_db(fields=["person"])
    if line.person_id is not None or line.is_system:
        raise IllegalMove("the line is somebody's already")
    hers = _give(chat, str(line.stranger.get("name", "")), person_id)
    journal.write(
        "chat.author_named",
        chat,
        actor=actor,
        at=at,
        key=key,
        person=person_id,
        lines=hers,
    )
    return chat


def asks_made(lines: list[Said]) -> dict[int, Ask]:
    """The requests that were made of these lines, by the line's id; two queries."""
    keys = {said.key: said.line.pk for said in lines}
    entries = Entry.objects.filter(key__in=list(keys), verb="ask.said")
    made = {entry.subject_id: keys[entry.key] for entry in entries if entry.key}
    return {made[ask.pk]: ask for ask in Ask.objects.filter(pk__in=list(made))}


def _give(chat: Chat, name: str, person_id: int) -> int:
    """The lines of that name, with their words under the person's own key."""
    nobodys = chat.lines.filter(person=None, is_system=False).order_by("position")
    hers = [one for one in nobodys if one.stranger.get("name", "") == name]
    words = ({"words": one.stranger.get("words", "")} for one in hers)
    for one, sealed in zip(hers, seal_all(person_id, words), strict=True):
        one.person_id, one.sealed, one.stranger = person_id, sealed, {}
    ChatLine.objects.bulk_update(hers, ["person", "sealed", "stranger"], batch_size=500)
    return len(hers)
