"""The one way to record that something happened, and to owe what follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.utils.module_loading import import_string

from titian.kernel import clock, sealing
from titian.kernel.actor import Actor
from titian.kernel.inserting import insert
from titian.kernel.models import Consequence, Entry, Event, Priority

COMMIT_ORDER = 7311  # any number, the same in every process
CHANNEL = "titian_journal"
AT_ONCE = 100
"""How many consequences go into one statement."""


@dataclass(frozen=True, slots=True)
class Each:
    """One handler for many rows: a consequence of its own for each, at one hour."""

    handler: str
    due_at: datetime
    rows: Sequence[int | None]
    priority: Priority = Priority.LAST


type Owe = tuple[str, datetime] | Each


class KeyReused(ValueError):
    """The same key came back for a different act: a client's bug, never a retry."""


def write(
    verb: str,
    subject: models.Model,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
    about: int | None = None,
    sealed: Mapping[str, object] | None = None,
    owe: Iterable[Owe] = (),
    topics: Iterable[str] | None = None,
    **facts: object,
) -> Entry:
    """Enter ``verb`` in the journal with all that must follow; call in a transaction.

    ``facts`` are JSON without words or names: those go into ``sealed``, under the key
    of the person they are ``about``. What the REACTIONS name is owed at once; each
    ``(handler, due_at)`` in ``owe`` sets a timer in the event's time, an ``Each`` one
    for every row it names. A timer is never cancelled: its handler looks whether it is
    still wanted. What follows from the nouns in the settings' FIRST is done first.

    The subject may say of itself: ``event``, ``concerns_id`` (the delegation) and
    ``topics`` (whose open pages the news reaches). ``topics`` given here stand instead
    of those; with none, the entry is no news to anybody. Write last: on PostgreSQL the
    entry takes its place in the order of commits here, and the next writer waits.
    """
    if sealed and about is None:
        raise ValueError("Sealed words need the person they are about.")
    event: Event | None = getattr(subject, "event", None)
    heard_at = clock.time_at(event)
    word = actor.on_word_of
    ciphertext = sealing.seal(about, sealed) if about and sealed else b""
    _take_place_in_commit_order()
    entry = Entry(
        event=event,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        concerns_id=getattr(subject, "concerns_id", None),
        topics=_topics_of(subject, event) if topics is None else list(topics),
        actor_kind=actor.kind,
        actor_proof=actor.proof,
        actor_person_id=actor.person_id,
        word_of_id=word.person_id if word else None,
        word_means=word.means if word else "",
        said_at=at,
        heard_at=heard_at,
        key=key,
        facts=facts,
        about_id=about,
        sealed=ciphertext,
    )
    insert([entry])
    _owe(entry, owe)
    return entry


def replayed(
    key: UUID | None, verb: str, subject_id: int | None, *, actor: Actor
) -> Entry | None:
    """The entry already written under ``key``, if this is a retry of the same act.

    ``subject_id`` is ``None`` where the act itself makes the subject.
    """
    if key is None or not _is_written(key):
        return None
    entry = Entry.objects.get(key=key)
    same_subject = subject_id in (None, entry.subject_id)
    if not same_subject or (entry.verb, entry.actor) != (verb, actor):
        raise KeyReused(f"{key} was used for {entry}")
    return entry


def _is_written(key: UUID) -> bool:
    """Asked at every act, and the answer is nearly always no."""
    field = Entry._meta.get_field("key")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM kernel_entry WHERE key = %s",
            [field.get_db_prep_value(key, connection)],
        )
        return cursor.fetchone() is not None


def _owe(entry: Entry, owe: Iterable[Owe]) -> None:
    reactions: dict[str, list[str]] = import_string(settings.REACTIONS)
    at_once = [(handler, entry.heard_at) for handler in reactions.get(entry.verb, [])]
    is_first = entry.verb.partition(".")[0] in settings.FIRST
    usual = Priority.FIRST if is_first else Priority.USUAL
    owed = [
        Consequence(
            entry=entry,
            handler=each.handler,
            due_at=each.due_at,
            priority=each.priority,
            row_id=row,
        )
        for each in (_each(one, usual) for one in [*at_once, *owe])
        for row in each.rows
    ]
    for some in batched(owed, AT_ONCE):
        insert(some)


def _each(owed: Owe, priority: Priority) -> Each:
    """A timer of the entry itself is one of no row."""
    return (
        owed if isinstance(owed, Each) else Each(*owed, rows=(None,), priority=priority)
    )


def _topics_of(subject: models.Model, event: Event | None) -> list[str]:
    house = [f"event:{event.pk}"] if event else []
    return [*getattr(subject, "topics", ()), *house]


def _take_place_in_commit_order() -> None:
    """Let ids follow commits: a reader at entry n must never meet n-1 later.

    SQLite has one writer at a time, so there they do by themselves.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s), pg_notify(%s, '')",
                [COMMIT_ORDER, CHANNEL],
            )
