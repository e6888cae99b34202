"""A statement from its draft to the world, and back if it must be."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.briefing.gate import alarms, is_burning
from titian.briefing.models import Clearance, KeyMessage, Statement
from titian.briefing.policy import is_at_the_press_desk, is_spokesperson
from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.people.queries import speaker

EMBARGO_OVER = "titian.briefing.timers.embargo_over"


class NotCleared(ValueError):
    """A key message was not looked at, or words are missing; a sentence says what."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of a statement, in both languages."""

    title_en: str = ""
    title_id: str = ""
    words_en: str = ""
    words_id: str = ""
    is_exercise: bool = False


@transaction.atomic
def draft(
    event_id: int,
    words: Draft,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Statement:
    """Write a statement; in an emergency it is about the newest alarm.

    Raises ``Forbidden`` unless the actor is of the press desk, ``NotCleared`` without
    title and words.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event_id)
    if entry := journal.replayed(key, "statement.drafted", None, actor=actor):
        return Statement.objects.get(pk=entry.subject_id)

    _require_desk(actor, event)
    statement = Statement(
        event=event,
        code=_next_code(event),
        alarm=alarms(event).first(),
        drafted_by=speaker(actor),
        drafted_at=at,
    )
    _write(statement, words)
    return _keep(statement, "statement.drafted", actor=actor, at=at, key=key)


@transaction.atomic
def revise(
    statement_id: int,
    words: Draft,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Statement:
    """Change the words: whoever cleared others stands for these no more."""
    statement = _locked(statement_id)
    if journal.replayed(key, "statement.revised", statement_id, actor=actor):
        return statement

    _require_desk(actor, statement.event)
    statement.move("revise")
    statement.unclear()
    statement.clearances.all().delete()
    _write(statement, words)
    return _keep(statement, "statement.revised", actor=actor, at=at, key=key)


@transaction.atomic
def clear(
    statement_id: int,
    found: Mapping[int, str],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Statement:
    """Stand for the words, held against every key message.

    ``found`` has each of them by its id: an empty note where the statement is in line
    with it, or the note where it departs. Raises ``Forbidden`` unless the actor speaks
    for the event, ``NotCleared`` if a key message was not looked at.
    """
    statement = _locked(statement_id)
    if journal.replayed(key, "statement.cleared", statement_id, actor=actor):
        return statement

    _require_spokesperson(actor, statement.event)
    held = key_messages(statement.event)
    if {message.pk for message in held} - set(found):
        raise NotCleared(_("Look at each key message first: in line, or a note."))
    statement.move("clear")
    Clearance.objects.bulk_create(
        Clearance(statement=statement, message=one, note=found[one.pk].strip()[:300])
        for one in held
    )
    statement.cleared_by, statement.cleared_at = speaker(actor), at
    return _keep(statement, "statement.cleared", actor=actor, at=at, key=key)


@transaction.atomic
def embargo(
    statement_id: int,
    until: datetime,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Statement:
    """Hold what is cleared back until its hour, when the house releases it.

    Raises ``NotCleared`` for an hour that is past.
    """
    statement = _locked(statement_id)
    if journal.replayed(key, "statement.embargoed", statement_id, actor=actor):
        return statement

    _require_desk(actor, statement.event)
    if until <= at:
        raise NotCleared(_("An embargo ends in the future."))
    statement.move("embargo")
    statement.embargo_until = until
    return _keep(
        statement,
        "statement.embargoed",
        actor=actor,
        at=at,
        key=key,
        owe=[(EMBARGO_OVER, until)],
    )


@transaction.atomic
def release(
    statement_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Statement:
    """Say it to the world now, embargo or not.

    Raises ``Forbidden`` unless the actor speaks for the event, ``IllegalMove`` unless
    it is cleared.
    """
    statement = _locked(statement_id)
    if journal.replayed(key, "statement.released", statement_id, actor=actor):
        return statement

    _require_spokesperson(actor, statement.event)
    statement.move("release")
    statement.released_at, statement.released_by = at, speaker(actor)
    return _keep(statement, "statement.released", actor=actor, at=at, key=key)


@transaction.atomic
def end_embargo(
    statement_id: int, *, at: datetime, key: UUID | None = None
) -> Statement:
    """The hour has come that was cleared: the house releases it, but in no emergency.

    Then it waits for a spokesperson. ``IllegalMove`` unless it is embargoed and due.
    """
    statement = _locked(statement_id)
    if journal.replayed(key, "statement.released", statement_id, actor=HOUSE):
        return statement

    if not statement.is_due(at):
        raise IllegalMove("cannot release before its hour")
    if is_burning(statement.event):
        return statement
    statement.move("release")
    statement.released_at = at
    return _keep(statement, "statement.released", actor=HOUSE, at=at, key=key)


@transaction.atomic
def recall(
    statement_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Statement:
    """Say that it does not hold, and why; it says so wherever it stands."""
    statement = _locked(statement_id)
    if journal.replayed(key, "statement.recalled", statement_id, actor=actor):
        return statement

    _require_spokesperson(actor, statement.event)
    if not words.strip():
        raise NotCleared(_("Say why it does not hold."))
    statement.move("recall")
    statement.recalled_at, statement.recalled_words = at, words.strip()[:300]
    return _keep(statement, "statement.recalled", actor=actor, at=at, key=key)


def key_messages(event: Event) -> list[KeyMessage]:
    """What the event stands by now, without the holding line."""
    rows = KeyMessage.objects.filter(event=event, retired_at=None)
    return list(rows.exclude(kind=KeyMessage.Kind.HOLDING))


def _locked(statement_id: int) -> Statement:
    rows = Statement.objects.select_for_update(of=("self",)).select_related("event")
    return rows.get(pk=statement_id)


def _next_code(event: Event) -> str:
    codes = Statement.objects.filter(event=event).order_by("-code")
    last = codes.values_list("code", flat=True).first() or "S-0000"
    return f"S-{int(last.partition('-')[2]) + 1:04d}"


def _write(statement: Statement, words: Draft) -> None:
    if not (words.title_en or words.title_id):
        raise NotCleared(_("Give the statement a title."))
    if not (words.words_en.strip() and words.words_id.strip()):
        raise NotCleared(_("Write it in English and in Indonesian."))
    for name, value in asdict(words).items():
        setattr(statement, name, value.strip() if isinstance(value, str) else value)


def _require_desk(actor: Actor, event: Event) -> None:
    right = is_at_the_press_desk(actor, event)
    require(right, _("Only the press desk does this."))


def _require_spokesperson(actor: Actor, event: Event) -> None:
    right = is_spokesperson(actor, event)
    require(right, _("Only a spokesperson does this."))


def _keep(
    statement: Statement,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    owe: list[tuple[str, datetime]] | None = None,
) -> Statement:
    """Save the row and enter ``verb``; the words lie under their drafter's key."""
    statement.save()
    journal.write(
        verb,
        statement,
        actor=actor,
        at=at,
        key=key,
        about=statement.drafted_by_id,
        sealed={"title": statement.title_en or statement.title_id},
        owe=owe or [],
        state=statement.state,
    )
    return statement
