"""What a side told in confidence: who reads it, who never does, what is left of it."""

import re
from pathlib import Path

import pytest
from django.db.models import Model

from tests.talks.bridge import PRO, RED, Table, confided, spoken_for
from tests.world import NOON, World
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.commands.erasure import erase
from titian.planning.bargain import Wishes
from titian.talks import secrecy
from titian.talks.commands import talking
from titian.talks.models import Interest, Weighing

SOURCE = Path(__file__).resolve().parents[2] / "src" / "titian"
WISHES = Wishes({"1": 6.0}, {"1": [["2"], ["3"]]}, frozenset({("1", "4")}), 0.25)


def test_only_the_door_names_the_way_to_private_rows() -> None:
    named = {
        page.relative_to(SOURCE).as_posix()
        for page in SOURCE.rglob("*.py")
        if "migrations" not in page.parts
        and re.search(r"behind_the_wall", page.read_text("utf-8"))
    }

    assert named == {"talks/secrecy.py", "talks/models/wall.py"}


@pytest.mark.parametrize("model", [Interest, Weighing])
def test_private_rows_have_no_other_way_in(model: type[Model]) -> None:
    ways = [related.get_accessor_name() for related in model._meta.related_objects]
    back = {
        field.remote_field.related_name  # type: ignore[union-attr]
        for field in model._meta.fields
        if field.is_relation
    }

    assert not hasattr(model, "objects")
    assert (ways, back) == ([], {"+"})


def test_a_side_reads_its_own_and_the_opening_is_in_the_journal(table: Table) -> None:
    confided(table)

    (told,) = secrecy.open_map(table.talk.pk, actor=table.olav, at=NOON)

    entry = Entry.objects.latest("pk")
    assert (told.words, told.who, told.kind) == (RED, "Olav", "red_line")
    assert (entry.verb, entry.actor_person_id, entry.topics) == (
        "talk.confidence_opened",
        table.olav.person_id,
        [],
    )


def test_what_speaks_for_an_option_is_kept_once_an_option_and_read_by_its_side(
    table: Table,
) -> None:
    confided(table, kind="pro", option_id=table.option(table.oars, 0))
    spoken_for(table)
    spoken_for(table, is_shown=True)

    own, shown, others = (
        [
            (one.option, one.words)
            for one in secrecy.open_map(table.talk.pk, actor=actor, at=NOON)
        ]
        for actor in (table.olav, table.petra, table.eve)
    )
    assert own == [("two", RED), ("four", PRO)]
    assert (shown, others) == ([("four", PRO)], [])


def test_the_other_side_and_who_mediates_read_nothing_of_it(table: Table) -> None:
    confided(table)

    for actor in (table.eve, table.petra):
        assert secrecy.open_map(table.talk.pk, actor=actor, at=NOON) == []


def test_who_mediates_reads_what_the_side_shows_her_until_it_does_not(
    table: Table,
) -> None:
    confided(table, is_shown=True)
    (seen,) = secrecy.open_map(table.talk.pk, actor=table.petra, at=NOON)

    secrecy.show(seen.pk, False, actor=table.olav, at=NOON)

    assert secrecy.open_map(table.talk.pk, actor=table.petra, at=NOON) == []
    assert secrecy.open_map(table.talk.pk, actor=table.eve, at=NOON) == []


def test_of_his_own_party_who_is_not_named_reads_nothing(
    table: Table, world: World
) -> None:
    confided(table)

    disguised = dict(world.nobodies())
    for own in ("signed in", "by telephone"):  # Eve herself sits there
        del disguised[own]
    for actor in (table.tor, world.marco, world.wati, *disguised.values()):
        with pytest.raises(Forbidden):
            secrecy.open_map(table.talk.pk, actor=actor, at=NOON)


def test_nobody_seats_himself_behind_a_sides_back(table: Table, world: World) -> None:
    assert table.tor.person_id
    for actor in (table.petra, table.eve, world.wati, table.tor):
        with pytest.raises(Forbidden):
            talking.name_envoys(
                table.talk.pk, "a", [table.tor.person_id], actor=actor, at=NOON
            )


def test_a_number_tells_nobody_whether_there_is_such_a_row(table: Table) -> None:
    confided(table)
    pk = Interest.behind_the_wall.get().pk

    for number in (pk, pk + 1):
        with pytest.raises(Interest.DoesNotExist):
            secrecy.show(number, True, actor=table.eve, at=NOON)


def test_on_a_sides_word_who_mediates_writes_and_reads_it(table: Table) -> None:
    assert table.olav.person_id
    bringing = table.petra.passing_on(table.olav.person_id, means="telephone")
    told = secrecy.Telling("need", "six boats", table.olav.person_id, NOON)

    secrecy.note(table.oars.pk, told, actor=bringing, at=NOON)

    (seen,) = secrecy.open_map(table.talk.pk, actor=table.petra, at=NOON)
    assert (seen.words, seen.side) == ("six boats", "a")


def test_the_words_are_sealed_and_gone_with_who_told_them(table: Table) -> None:
    confided(table)
    sealed = bytes(Interest.behind_the_wall.get().sealed)
    assert table.olav.person_id

    erase(table.olav.person_id, actor=table.olav, at=NOON)

    assert RED.encode() not in sealed
    assert secrecy.open_map(table.talk.pk, actor=table.olav, at=NOON) == []


def test_preferences_come_back_as_they_were_said_and_to_that_side(
    table: Table,
) -> None:
    secrecy.say_preferences(table.talk.pk, WISHES, actor=table.olav, at=NOON)

    own = secrecy.open_preferences(table.talk.pk, actor=table.olav, at=NOON)
    others = [
        secrecy.open_preferences(table.talk.pk, actor=actor, at=NOON)
        for actor in (table.eve, table.petra)
    ]

    assert own == {"a": secrecy.Said(WISHES, None)}
    assert others == [{}, {}]


def test_packages_need_both_lendings_and_a_change_takes_both_back(
    table: Table,
) -> None:
    for actor in (table.olav, table.eve):
        secrecy.say_preferences(table.talk.pk, WISHES, actor=actor, at=NOON)
    secrecy.lend(table.talk.pk, True, actor=table.olav, at=NOON)
    alone = secrecy.reckon(table.talk.pk, actor=table.olav, at=NOON)
    secrecy.lend(table.talk.pk, True, actor=table.eve, at=NOON)
    both = secrecy.reckon(table.talk.pk, actor=table.petra, at=NOON)

    secrecy.say_preferences(table.talk.pk, WISHES, actor=table.olav, at=NOON)

    assert (alone, set(both or ())) == (None, {"a", "b"})
    assert secrecy.reckon(table.talk.pk, actor=table.eve, at=NOON) is None


@pytest.mark.parametrize("act", ["confide", "prefer"])
def test_the_journal_says_that_something_was_told_and_no_more(
    table: Table, act: str
) -> None:
    before = Entry.objects.latest("pk").pk
    if act == "confide":
        confided(table)
    else:
        secrecy.say_preferences(table.talk.pk, WISHES, actor=table.olav, at=NOON)

    (entry,) = Entry.objects.filter(pk__gt=before)

    assert (entry.facts, entry.sealed, entry.topics) == ({}, b"", [])
    assert entry.concerns_id is None
