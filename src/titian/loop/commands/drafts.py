"""A machine proposes; a person takes over or puts away. Nothing moves by itself."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian import connector
from titian.connector import Wish
from titian.kernel import journal, sealing
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop import saying
from titian.loop.commands.thread import keep, locked
from titian.loop.drafting import OVER, may_leave
from titian.loop.models import Ask, Draft
from titian.loop.policy import is_of_the_hosts
from titian.people.queries import speaker

LANGUAGES = ("id", "en")


class NotConnected(ValueError):
    """No machine does this; its argument is a sentence."""


@transaction.atomic
def want(
    ask_id: int,
    wish: str = Wish.TRANSLATION,
    target: str = "id",
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Draft:
    """Wish for a machine's proposal; the worker asks for it, after this is written.

    Raises ``Unknown`` for another wish or language, ``Forbidden`` unless the actor is
    of the hosts and the words may leave the house, ``NotConnected`` if no machine does
    this, ``IllegalMove`` if the request is over.
    """
    ask = locked(ask_id)
    if entry := journal.replayed(key, "ask.draft_wanted", ask_id, actor=actor):
        return Draft.objects.get(pk=entry.facts["draft"])

    hosts = _("Only the LO or the team that owns the matter does this.")
    require(is_of_the_hosts(actor, ask), hosts)
    wished = saying.one_of(Wish, wish)
    if target not in LANGUAGES:
        raise saying.Unknown(target)
    if wished == Wish.TRANSCRIPT:  # it stays in the language in which it was said
        target = ask.language[:8]
    if wished not in connector.wishes():
        raise NotConnected(connector.why_not(wished))
    require(may_leave(ask), _("These words do not leave the house."))
    if ask.state in OVER:
        raise IllegalMove("the request is over")
    draft = Draft.objects.create(
        event=ask.event,
        ask=ask,
        wish=wished,
        target=target,
        wanted_by=speaker(actor),
        wanted_at=at,
    )
    _enter("ask.draft_wanted", draft, ask, actor=actor, at=at, key=key)
    return draft


@transaction.atomic
def note_made(draft_id: int, words: str, *, at: datetime, key: UUID) -> None:
    """Keep the machine's words, marked; of who is forgotten nothing is kept."""
    draft = _held(draft_id)
    ask = locked(draft.ask_id)
    if journal.replayed(key, "ask.draft_made", ask.pk, actor=HOUSE):
        return
    gone = sealing.is_destroyed(ask.said_by_id) or not may_leave(ask)
    draft.words, draft.made_at = "" if gone else words, at
    draft.save(update_fields=["words", "made_at"])
    _enter("ask.draft_made", draft, ask, actor=HOUSE, at=at, key=key)


@transaction.atomic
def note_failed(draft_id: int, problem: str, *, at: datetime, key: UUID) -> None:
    """Keep why there is no proposal, so that nobody waits for one."""
    draft = _held(draft_id)
    ask = locked(draft.ask_id)
    if journal.replayed(key, "ask.draft_failed", ask.pk, actor=HOUSE):
        return
    draft.problem, draft.made_at = problem, at
    draft.save(update_fields=["problem", "made_at"])
    _enter("ask.draft_failed", draft, ask, actor=HOUSE, at=at, key=key)


@transaction.atomic
def take_over(
    ask_id: int,
    draft_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Draft:
    """Stand for it: a translation or transcript becomes the meaning, a summary the
    title.

    An answer's draft only stands in the team's form; the team still sends it or does
    not. Raises ``Forbidden`` unless the actor is of the hosts, ``IllegalMove`` if there
    are no words, it was taken or put away, or the request is over.
    """
    ask, draft = locked(ask_id), _of(ask_id, draft_id)
    if journal.replayed(key, "ask.draft_taken", ask.pk, actor=actor):
        return draft
    _require_standing(draft, ask, actor)
    if not draft.words or ask.state in OVER:
        raise IllegalMove("there is nothing to take over")
    draft.taken_at, draft.taken_by = at, speaker(actor)
    draft.save(update_fields=["taken_at", "taken_by"])
    if draft.wish in {Wish.TRANSLATION, Wish.TRANSCRIPT}:
        ask.gloss, ask.gloss_is_machine = draft.words, False
        ask.gloss_by = draft.taken_by
    elif draft.wish == Wish.SUMMARY:
        ask.title = draft.words[:120]
    _enter("ask.draft_taken", draft, ask, actor=actor, at=at, key=key)
    return draft


@transaction.atomic
def dismiss(
    ask_id: int,
    draft_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Draft:
    """Put it away: it is wrong, or of no use."""
    ask, draft = locked(ask_id), _of(ask_id, draft_id)
    if journal.replayed(key, "ask.draft_dismissed", ask.pk, actor=actor):
        return draft
    _require_standing(draft, ask, actor)
    draft.dismissed_at = at
    draft.save(update_fields=["dismissed_at"])
    _enter("ask.draft_dismissed", draft, ask, actor=actor, at=at, key=key)
    return draft


def _held(draft_id: int) -> Draft:
    return Draft.objects.select_for_update(of=("self",)).get(pk=draft_id)


def _of(ask_id: int, draft_id: int) -> Draft:
    """The draft, held, if it is one of this request."""
    return Draft.objects.select_for_update(of=("self",)).get(pk=draft_id, ask=ask_id)


def _require_standing(draft: Draft, ask: Ask, actor: Actor) -> None:
    hosts = _("Only the LO or the team that owns the matter does this.")
    require(is_of_the_hosts(actor, ask), hosts)
    if draft.taken_at or draft.dismissed_at:
        raise IllegalMove("it was taken over or put away")


def _enter(
    verb: str,
    draft: Draft,
    ask: Ask,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    keep(
        ask,
        verb,
        actor=actor,
        at=at,
        key=key,
        sealed={"words": draft.words} if draft.words else None,
        draft=draft.pk,
    )
