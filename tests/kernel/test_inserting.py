"""Rows put in by a statement composed once are the rows Django would have put in."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction

from tests.world import NOON, World
from titian.kernel.inserting import insert
from titian.kernel.models import Consequence, Entry


def entry(world: World, **traits: object) -> Entry:
    return Entry(
        event=world.event,
        verb="promise.made",
        subject_kind="loop.promise",
        subject_id=1,
        topics=["event:1", 'a "quoted" topic, 100 %s'],
        actor_kind="person",
        actor_proof="signed_in",
        said_at=NOON,
        heard_at=NOON,
        key=uuid4(),
        facts={"state": "open", "rows": [1, None]},
        sealed=b"\x00sealed",
        **traits,
    )


def written(row: models.Model) -> dict[str, object]:
    """What the database holds of the row, without its number and its key."""
    found = type(row)._default_manager.filter(pk=row.pk).values().get()
    kept = {name: value for name, value in found.items() if name not in ("id", "key")}
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in kept.items()
    }


def test_every_column_is_what_django_would_have_written(world: World) -> None:
    by_django, by_hand = entry(world), entry(world)
    by_django.save()

    insert([by_hand])

    assert written(by_hand) == written(by_django)
    assert by_hand.pk > by_django.pk
    assert Entry.objects.get(key=by_hand.key) == by_hand


def test_many_rows_have_each_their_own_number(world: World) -> None:
    first = entry(world)
    insert([first])
    owed = [
        Consequence(entry=first, handler=f"titian.handler{n}", due_at=NOON)
        for n in range(3)
    ]

    insert(owed)

    kept = Consequence.objects.filter(entry=first).order_by("pk")
    assert [(one.pk, one.handler) for one in kept] == [
        (one.pk, one.handler) for one in owed
    ]


def test_a_key_used_twice_is_refused(world: World) -> None:
    first, second = entry(world), entry(world)
    second.key = first.key
    insert([first])

    with pytest.raises(IntegrityError), transaction.atomic():
        insert([second])

    assert Entry.objects.filter(key=first.key).get() == first


def test_nothing_is_put_in_for_no_rows(world: World) -> None:
    before = Entry.objects.count()

    insert([])

    assert Entry.objects.count() == before
