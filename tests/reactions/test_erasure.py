"""A person is erased: every room that kept her words empties them."""

import pytest

from tests.exchange.files import csv_file, previewed
from tests.talks.paper import NOT_SO, make_paper, shown
from tests.world import FAR_AWAY, NOON, World
from titian.exchange import commands as exchange
from titian.exchange.models import Import
from titian.kernel import documents
from titian.kernel.consequences import carry_out, claim
from titian.people.commands.erasure import erase
from titian.people.models import Person
from titian.talks.commands import keeping


def forget_ingrid(world: World) -> None:
    """She asks for it herself, and the house does what follows."""
    assert world.ingrid.person_id is not None
    erase(world.ingrid.person_id, actor=world.ingrid, at=NOON)
    for event, at in ((world.event, NOON), (None, FAR_AWAY)):
        while owed := claim(event, at=at):
            carry_out(owed)
            owed.refresh_from_db()
            assert owed.error == ""


def test_what_she_disputed_is_disputed_without_her_words(world: World) -> None:
    paper = make_paper(world)
    line = shown(paper, "boats", world.bruna)
    keeping.dispute(line.pk, NOT_SO, actor=world.ingrid, at=NOON)

    forget_ingrid(world)

    line = paper.line("boats")
    assert (line.state, line.dispute_words) == ("disputed", "")


def test_the_list_that_named_her_loses_its_rows_and_its_original(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    Person.objects.filter(display="Ingrid").update(code="P1")
    content = csv_file(
        ["code", "party", "honorific", "given", "family", "native"],
        ["P1", "ARN", "", "Ingrid", "Berg", ""],
    )
    one = previewed(world, "people", content)
    exchange.accept(one.pk, actor=world.wati, at=NOON)
    assert one.document is not None

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        forget_ingrid(world)

    kept = Import.objects.get(pk=one.pk)
    assert (kept.rows, kept.refused) == ([], [])
    with pytest.raises(FileNotFoundError):
        documents.content_of(one.document)
