"""What was not good is looked after: the LO's own end of what the house asks itself."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.loop import routing, saying
from titian.loop.commands.thread import keep, locked, make_move
from titian.loop.courtesy import language_for
from titian.loop.models import Ask
from titian.people.models import Party

LONGEST = 300


class Done(models.TextChoices):
    """What was done about it, in one tap; said to the guest in her own language."""

    PUT_RIGHT = "put_right", pgettext_lazy("recovery", "It has been put right.")
    SORRY = "sorry", pgettext_lazy("recovery", "We have said that we are sorry.")
    TALKED = "talked", pgettext_lazy("recovery", "We have talked it over.")


@transaction.atomic
def look_after(
    ask_id: int,
    done: str = "",
    words: str = "",
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Say what was done about an unhappy word; with that the recovery is over.

    The guest reads it and may say that it is not enough: then the coordinators have
    it. Raises ``Forbidden`` unless the actor is the LO or a coordinator, ``Empty``
    without a word about what was done, ``IllegalMove`` for what a guest asked or what
    has been passed on, ``NoTeam`` where no coordinators are set up.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.looked_after", ask_id, actor=actor):
        return ask

    make_move("look_after", ask, actor)
    ask.answer_words = saying.some(_said(ask, done, words))
    ask.pass_to(_next(), at=at)
    ask.opened_at = ask.in_hand_at = ask.answered_at = ask.closed_at = at
    ask.answered_by_id = actor.person_id
    return keep(
        ask,
        "ask.looked_after",
        actor=actor,
        at=at,
        key=key,
        sealed={"words": ask.answer_words},
    )


def _said(ask: Ask, done: str, words: str) -> str:
    own = saying.at_most(words)[:LONGEST]
    if not done:
        return own
    with override(language_for(ask.said_by)):
        ready = str(saying.one_of(Done, done).label)
    return f"{ready} {own}".strip()


def _next() -> Party:
    """Whose it becomes if the guest says that it is not enough."""
    team = routing.called(routing.COORDINATION)
    if team is None:
        raise routing.NoTeam(_("No team of coordinators is set up."))
    return team
