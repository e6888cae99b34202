"""Who saw and who changed what, read by who coordinates or audits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.loop.stories import passed
from tests.web.pressing import seen_by
from tests.world import NOON, World
from titian.loop.models import Ask
from titian.people.commands.opening import open_reach
from titian.people.models import Person
from titian.web.desk.journal.page import entries_for, lines


def test_a_number_that_was_read_stands_there_with_its_reader(world: World) -> None:
    ingrid = Person.objects.filter(display="Ingrid")
    passed(world)
    open_reach(ingrid, world.arunika, actor=world.marco, at=NOON)

    page = seen_by("wati").get("/journal/?only=reading").text

    entries = page.split('id="entries"')[1]
    assert "Marco" in entries and "Ingrid" in entries and "reach.opened" in entries
    assert "ask.passed_on" not in entries
    everything = seen_by("wati").get(f"/journal/?person={world.marco.person_id}").text
    assert "ask.passed_on" in everything


def test_no_word_of_the_guest_stands_there(world: World) -> None:
    ask = passed(world)

    assert ask.words not in seen_by("wati").get("/journal/").text


def test_a_complaint_of_the_reader_is_not_told_to_her(world: World) -> None:
    ask = passed(world)
    Ask.objects.filter(pk=ask.pk).update(complains_of=world.wati.person_id)

    assert f"ask.passed_on {ask.pk}" not in seen_by("wati").get("/journal/").text


@pytest.mark.parametrize("name", ["marco", "bruna", "petra", "eve"])
def test_nobody_else_reads_it(world: World, name: str) -> None:
    assert seen_by(name).get("/journal/").status_code == 403


def test_a_hundred_entries_ask_as_often_as_one(world: World) -> None:
    passed(world)
    rows = entries_for(world.wati, world.event)

    with CaptureQueriesContext(
        connection,
    ) as one:
        lines(rows[:1])
    with CaptureQueriesContext(connection) as all_of_them:
        lines(rows)

    assert len(all_of_them) <= len(one) + 1
