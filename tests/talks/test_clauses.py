"""One negotiating text: what became of each clause, and whose version counts."""

from uuid import UUID

import pytest
from django.core import mail

from tests.talks.bridge import Table
from tests.talks.paper import work_until
from tests.world import NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.people.commands.erasure import erase
from titian.talks.clauses import Clause, clauses_of, compared
from titian.talks.commands import talking
from titian.talks.commands.texts import NoText, forget_notes_of, lay_text
from titian.talks.models.text import TextVersion

FIRST = (
    "1. Selaya gives four oars by June.\n\n2. Arunika pays.\n\n3. Disputes go to both."
)
LATER = (
    "1. Selaya gives six oars by June.\n\n2. Towels are dry.\n\n3. Disputes go to both."
)


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        ("1. A b c", "1. A b c", [("same", "1")]),
        ("1. A b c d", "1. A b x d", [("changed", "1")]),
        ("1. A b c", "1. A b c\n\n2. D", [("same", "1"), ("added", "2")]),
        ("1. A b c\n\n2. D", "1. A b c", [("same", "1"), ("taken", "2")]),
        ("1. A\n\n2. B c", "1. B c", [("taken", "1"), ("renumbered", "1")]),
        ("1. A b c d e", "4. A b c d x", [("changed", "4")]),
        ("1. Boats and oars", "1. Towels", [("added", "1"), ("taken", "1")]),
        ("", "1. A", [("added", "1")]),
        ("1. A", "", [("taken", "1")]),
    ],
)
def test_what_became_of_each_clause(
    before: str, after: str, rows: list[tuple[str, str]]
) -> None:
    found = compared(clauses_of(before), clauses_of(after))

    assert [(row.change.value, row.number) for row in found] == rows


def test_a_changed_clause_marks_its_words() -> None:
    rows = compared(clauses_of(FIRST), clauses_of(LATER))

    assert rows[0].segments == (
        ("same", "Selaya gives"),
        ("taken", "four"),
        ("added", "six"),
        ("same", "oars by June."),
    )


def test_a_paragraph_without_a_number_takes_its_place() -> None:
    assert clauses_of("Oars.\r\n\r\n 2) Dry\ntowels.") == [
        Clause("1", "Oars."),
        Clause("2", "Dry towels."),
    ]


def test_either_side_and_who_mediates_write_on_one_text(table: Table) -> None:
    for number, actor in enumerate((table.olav, table.eve, table.petra)):
        lay_text(table.talk.pk, FIRST, answers=number, actor=actor, at=NOON)

    sides = TextVersion.objects.values_list("number", "side")
    assert list(sides) == [(1, "a"), (2, "b"), (3, "bridge")]


def test_nobody_writes_over_what_they_have_not_read(table: Table) -> None:
    lay_text(table.talk.pk, FIRST, answers=0, actor=table.olav, at=NOON)

    with pytest.raises(IllegalMove):
        lay_text(table.talk.pk, LATER, answers=0, actor=table.eve, at=NOON)


def test_a_retry_is_one_version(table: Table) -> None:
    for _again in range(2):
        lay_text(
            table.talk.pk, FIRST, answers=0, actor=table.eve, at=NOON, key=UUID(int=9)
        )

    assert TextVersion.objects.count() == 1


@pytest.mark.parametrize("who", ["wati", "marco", "bruna"])
def test_who_does_not_sit_there_writes_nothing(
    world: World, table: Table, who: str
) -> None:
    with pytest.raises(Forbidden):
        lay_text(table.talk.pk, FIRST, answers=0, actor=getattr(world, who), at=NOON)


def test_an_erased_author_leaves_the_text_and_no_note(table: Table) -> None:
    made = lay_text(
        table.talk.pk, FIRST, answers=0, note="Mine", actor=table.eve, at=NOON
    )
    assert table.eve.person_id is not None
    erase(table.eve.person_id, actor=table.eve, at=NOON)
    forget_notes_of(table.eve.person_id, at=NOON)
    late = lay_text(
        table.talk.pk, LATER, answers=1, note="Late", actor=table.eve, at=NOON
    )

    made.refresh_from_db()
    assert (made.note, late.note, len(made.clauses)) == ("", "", 3)


def test_of_a_version_all_others_at_the_table_hear_and_not_a_word_of_it(
    world: World, table: Table
) -> None:
    lay_text(table.talk.pk, FIRST, answers=0, actor=table.olav, at=NOON)

    work_until(world, NOON)

    assert {one.to[0].partition("@")[0] for one in mail.outbox} == {"eve", "petra"}
    assert not any("oars" in str(one.body) for one in mail.outbox)


@pytest.mark.parametrize("text", [" \n\n ", "1. x\n\n" * 301, "1. " + "x" * 6001])
def test_what_is_no_text_is_refused(table: Table, text: str) -> None:
    with pytest.raises(NoText):
        lay_text(table.talk.pk, text, answers=0, actor=table.eve, at=NOON)


def test_after_the_break_the_text_rests(table: Table) -> None:
    talking.walk_away(table.talk.pk, "Enough", actor=table.eve, at=NOON)

    with pytest.raises(IllegalMove):
        lay_text(table.talk.pk, FIRST, answers=0, actor=table.eve, at=NOON)
