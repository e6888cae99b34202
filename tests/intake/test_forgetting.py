"""Who is erased takes along what she sent in."""

import pytest

from tests.intake.imap import Box
from tests.intake.letters import letter
from tests.intake.reading import all_done_everywhere, read
from tests.world import NOON, World
from titian.intake.models import Incoming
from titian.kernel import documents
from titian.kernel.models import Document
from titian.people.commands.erasure import erase


def with_plan(box: Box, sender: str, number: str) -> Incoming:
    """A letter with a plan in it."""
    one = letter(sender=f"{sender} <{sender.lower()}@example.org>", number=number)
    one.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    incoming = read(box, one)
    assert incoming is not None
    return incoming


def test_her_papers_are_thrown_away(world: World, box: Box) -> None:
    incoming = with_plan(box, "Ingrid", "<1@s>")

    erase(world.ingrid.person_id or 0, actor=world.ingrid, at=NOON)
    all_done_everywhere()

    paper = Document.objects.get()
    assert paper.name == ""
    assert incoming.papers.count() == 0
    with pytest.raises(FileNotFoundError):
        documents.content_of(paper)


def test_what_somebody_else_sent_too_stays_his(world: World, box: Box) -> None:
    with_plan(box, "Ingrid", "<1@s>")
    other = with_plan(box, "Eve", "<2@s>")

    erase(world.ingrid.person_id or 0, actor=world.ingrid, at=NOON)
    all_done_everywhere()

    assert documents.content_of(other.papers.get()) == b"%PDF"


def test_a_waiting_letter_of_hers_is_emptied(world: World, box: Box) -> None:
    read(box, letter(sender="Marco <marco@example.org>"))

    erase(world.marco.person_id or 0, actor=world.marco, at=NOON)
    all_done_everywhere()

    incoming = Incoming.objects.get()
    assert (incoming.state, incoming.letter) == ("set_aside", {})
