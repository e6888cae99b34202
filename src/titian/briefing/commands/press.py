"""What the press desk keeps: phrases, key messages, and what was diverted to it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.briefing.diverting import press_team, sign_of
from titian.briefing.models import Diversion, KeyMessage, Phrase
from titian.briefing.policy import is_at_the_press_desk, is_spokesperson
from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.loop.policy import is_officer
from titian.loop.routing import NoTeam
from titian.people.models import Party
from titian.people.policy import coordinates
from titian.people.queries import speaker

SHORTEST = 3
"""Shorter phrases would be met everywhere."""


class NotSaid(ValueError):
    """Something is missing or makes no sense; its argument is a sentence."""


@transaction.atomic
def consider(ask_id: int, *, at: datetime, key: UUID | None = None) -> Diversion | None:
    """Divert the ask if sender, topic or words show that it is the press desk's.

    ``None`` if they do not, if it was looked at by a person before, or if no press desk
    is set up.
    """
    rows = Ask.objects.select_related("event", "asked_by__party", "topic__team")
    ask = rows.get(pk=ask_id)
    sign, desk = sign_of(ask), press_team()
    is_new = not Diversion.objects.filter(ask=ask).exists()
    if sign is None or desk is None or not is_new or ask.owner_id == desk.pk:
        return None
    if "divert" not in {move.name for move in ask.moves}:
        return None
    return _divert(
        ask, desk, sign.cause, phrase=sign.phrase, actor=HOUSE, at=at, key=key
    )


@transaction.atomic
def divert(
    ask_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Diversion:
    """The officer says that it is the press desk's.

    Raises ``Forbidden`` unless the actor accompanies the guests or coordinates,
    ``IllegalMove`` if it is there already, answered, over or a complaint of an LO,
    ``NoTeam`` without a desk.
    """
    rows = Ask.objects.select_related("event", "asked_by__party")
    ask = rows.get(pk=ask_id)
    if entry := journal.replayed(key, "diversion.made", None, actor=actor):
        return Diversion.objects.get(pk=entry.subject_id)

    right = is_officer(actor, ask) or coordinates(actor, ask.event)
    require(right, _("Only the LO of this delegation does this."))
    desk = press_team()
    if desk is None:
        raise NoTeam(_("No press desk is set up."))
    if ask.owner_id == desk.pk or ask.complains_of_id is not None:
        raise IllegalMove("cannot divert a complaint, or what the press desk has")
    cause = Diversion.Cause.OFFICER
    return _divert(ask, desk, cause, actor=actor, at=at, key=key)


@transaction.atomic
def undo(
    diversion_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Diversion:
    """Say that it was no matter for the press desk, and why; it is where it was.

    Raises ``Forbidden`` unless the actor is of the press desk or coordinates,
    ``NotSaid`` without a reason, ``IllegalMove`` if it was answered or undone.
    """
    rows = Diversion.objects.select_for_update(of=("self",))
    diversion = rows.select_related("event", "ask").get(pk=diversion_id)
    if journal.replayed(key, "diversion.undone", diversion_id, actor=actor):
        return diversion

    right = is_at_the_press_desk(actor, diversion.event)
    require(right, _("Only the press desk gives a matter back."))
    if not words.strip():
        raise NotSaid(_("Say in a few words why it is no matter for the press desk."))
    if diversion.undone_at is not None:
        raise IllegalMove("cannot undo what is undone")
    _back(diversion, words, actor=actor, at=at)
    diversion.undone_at, diversion.undone_by = at, speaker(actor)
    diversion.undone_words = words.strip()[:300]
    diversion.save()
    journal.write("diversion.undone", diversion, actor=actor, at=at, key=key)
    return diversion


@transaction.atomic
def add_phrase(
    event_id: int,
    words: str,
    language: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Phrase:
    """Put a phrase on the list; one that stands there already stays as it is."""
    event = Event.objects.select_for_update(no_key=True).get(pk=event_id)
    if entry := journal.replayed(key, "phrase.added", None, actor=actor):
        return Phrase.objects.get(pk=entry.subject_id)

    _require_desk(actor, event)
    said = " ".join(words.split())[:60]
    if len(said) < SHORTEST or language not in {"id", "en"}:
        raise NotSaid(_("A phrase has at least three letters and its language."))
    phrase, _made = Phrase.objects.get_or_create(
        event=event,
        language=language,
        words=said.casefold(),
        defaults={"added_by": speaker(actor), "added_at": at},
    )
    journal.write("phrase.added", phrase, actor=actor, at=at, key=key, topics=())
    return phrase


@transaction.atomic
def drop_phrase(
    phrase_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> None:
    """Take a phrase off the list."""
    if journal.replayed(key, "phrase.dropped", phrase_id, actor=actor):
        return
    phrase = Phrase.objects.select_related("event").get(pk=phrase_id)
    _require_desk(actor, phrase.event)
    journal.write("phrase.dropped", phrase, actor=actor, at=at, key=key, topics=())
    phrase.delete()


@transaction.atomic
def approve_message(
    event_id: int,
    words_en: str,
    words_id: str,
    *,
    kind: str = KeyMessage.Kind.MESSAGE,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> KeyMessage:
    """Say what the event stands by; a new holding line takes the place of the old.

    Raises ``Forbidden`` unless the actor speaks for the event, ``NotSaid`` without
    words in both languages.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event_id)
    if entry := journal.replayed(key, "key_message.approved", None, actor=actor):
        return KeyMessage.objects.get(pk=entry.subject_id)

    _require_spokesperson(actor, event)
    if not (words_en.strip() and words_id.strip()) or kind not in KeyMessage.Kind:
        raise NotSaid(_("Write it in English and in Indonesian."))
    if kind == KeyMessage.Kind.HOLDING:
        old = KeyMessage.objects.filter(event=event, kind=kind, retired_at=None)
        old.update(retired_at=at)
    message = KeyMessage.objects.create(
        event=event,
        kind=kind,
        words_en=words_en.strip()[:400],
        words_id=words_id.strip()[:400],
        approved_by=speaker(actor),
        approved_at=at,
    )
    journal.write("key_message.approved", message, actor=actor, at=at, key=key)
    return message


@transaction.atomic
def retire_message(
    message_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> KeyMessage:
    """Stand by it no more; ``IllegalMove`` if that was said before."""
    rows = KeyMessage.objects.select_for_update(of=("self",)).select_related("event")
    message = rows.get(pk=message_id)
    if journal.replayed(key, "key_message.retired", message_id, actor=actor):
        return message

    _require_spokesperson(actor, message.event)
    if message.retired_at is not None:
        raise IllegalMove("cannot retire what is retired")
    message.retired_at = at
    message.save()
    journal.write("key_message.retired", message, actor=actor, at=at, key=key)
    return message


def _divert(
    ask: Ask,
    desk: Party,
    cause: Diversion.Cause,
    *,
    phrase: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Diversion:
    before = ask.owner
    moved = asks.divert(ask.pk, desk.pk, actor=actor, at=at)
    said = {
        "event": ask.event,
        "cause": cause,
        "phrase": phrase,
        "before": before,
        "diverted_by_id": actor.person_id,
        "diverted_at": at,
        "undone_at": None,  # an officer may say it again of what was given back
        "undone_by": None,
        "undone_words": "",
    }
    made, _new = Diversion.objects.update_or_create(ask=moved, defaults=said)
    journal.write("diversion.made", made, actor=actor, at=at, key=key, cause=cause)
    return made


def _back(diversion: Diversion, words: str, *, actor: Actor, at: datetime) -> None:
    if diversion.before_id is None:
        asks.give_back(diversion.ask_id, reason=words, actor=actor, at=at)
    else:
        before = diversion.before_id
        asks.divert(diversion.ask_id, before, reason=words, actor=actor, at=at)


def _require_desk(actor: Actor, event: Event) -> None:
    right = is_at_the_press_desk(actor, event)
    require(right, _("Only the press desk does this."))


def _require_spokesperson(actor: Actor, event: Event) -> None:
    right = is_spokesperson(actor, event)
    require(right, _("Only a spokesperson says what the event stands by."))
