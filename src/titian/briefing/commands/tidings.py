"""What a phone rang for is kept until its person has opened and seen it."""

from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import Case, When
from django.utils.translation import gettext as _

from titian.briefing.models import Tiding
from titian.kernel import clock, journal, sealing
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.people.models import Person

LONGEST = 4000


@transaction.atomic
def keep(
    person: Person,
    said: tuple[str, str],
    *,
    event: Event | None,
    kind: str,
    about: str,
    key: UUID,
) -> Tiding:
    """Keep subject and words for her to fetch; under the same ``key`` once.

    The same words again about the same matter, as when it goes one step up, take the
    place of those that she has not seen: she reads them once, with the newest subject.
    """
    mark = uuid5(key, f"tiding:{person.pk}")
    if kept := Tiding.objects.filter(key=mark).first():
        return kept
    at, words = clock.time_at(event), said[1][:LONGEST]
    _empty_the_same(person, about, words)
    tiding = Tiding.objects.create(
        person=person,
        event=event,
        key=mark,
        kind=kind[:20],
        about=about[:60],
        sealed=sealing.seal(person.pk, {"subject": said[0][:200], "words": words}),
        told_at=at,
    )
    journal.write(
        "tiding.kept", tiding, actor=HOUSE, at=at, topics=tiding.topics, kind=kind
    )
    return tiding


@transaction.atomic
def drop(person: Person, key: UUID) -> None:
    """Another way took the words: nothing waits on the phone."""
    rows = Tiding.objects.filter(key=uuid5(key, f"tiding:{person.pk}"), seen_at=None)
    rows.delete()


@transaction.atomic
def see(
    tiding_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Tiding:
    """Say that it was seen; its words are kept no longer. Twice is once.

    Raises ``Forbidden`` for anybody but the person herself.
    """
    tiding = Tiding.objects.select_for_update().get(pk=tiding_id)
    own = actor.on_word_of is None and actor.person_id == tiding.person_id
    require(own, _("Only the person herself reads this."))
    if journal.replayed(key, "tiding.seen", tiding_id, actor=actor):
        return tiding
    if tiding.seen_at is None:
        tiding.seen_at, tiding.sealed = at, b""
        tiding.save()
        journal.write("tiding.seen", tiding, actor=actor, at=at, key=key)
    return tiding


def unseen(person: Person) -> list[tuple[Tiding, str, str]]:
    """What she has not seen, each with its subject and words.

    What burns comes first, then the newest.
    """
    burning = Case(When(kind__in=settings.FIRST, then=0), default=1)
    waiting = Tiding.objects.filter(person=person, seen_at=None).exclude(sealed=b"")
    rows = list(waiting.order_by(burning, "-pk")[:20])
    said = sealing.open_all(person.pk, [bytes(row.sealed) for row in rows])
    return [
        (row, str(words.get("subject", "")), str(words.get("words", "")))
        for row, words in zip(rows, said, strict=True)
        if words
    ]


def _empty_the_same(person: Person, about: str, words: str) -> None:
    """The row stays, so that a second try of the same telling finds it."""
    waiting = Tiding.objects.filter(person=person, about=about[:60], seen_at=None)
    rows = list(waiting.exclude(sealed=b"")) if about and words else []
    said = sealing.open_all(person.pk, [bytes(row.sealed) for row in rows])
    same = [
        row.pk
        for row, one in zip(rows, said, strict=True)
        if one and one.get("words") == words
    ]
    Tiding.objects.filter(pk__in=same).update(sealed=b"")
