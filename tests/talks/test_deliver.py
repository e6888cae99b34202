"""Showing that a line is done: the owing side's claim."""

import pytest

from tests.talks.paper import KEY, WORDS, Paper, make_line, shown, verbs
from tests.world import NOON, World
from titian.kernel import documents
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Document, Entry
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import destroy, unseal
from titian.talks.commands.keeping import (
    NothingShown,
    accept,
    deliver,
    deliver_file,
    forget_words_of,
)
from titian.talks.models import Deliverable, Evidence, Wordless


def bring(paper: Paper, content: bytes, actor: object, name: str = "boats") -> object:
    return deliver_file(
        getattr(paper, name).pk,
        content,
        name="receipt.pdf",
        media_type="application/pdf",
        actor=actor,  # type: ignore[arg-type]
        at=NOON,
    )


@pytest.mark.parametrize("who", ["bruna", "marco", "wati"])
def test_the_team_the_officer_and_the_coordinator_show_what_we_owe(
    world: World, paper: Paper, who: str
) -> None:
    shown(paper, "boats", getattr(world, who))

    assert paper.line("boats").state == "delivered"
    assert verbs() == ["line.delivered"]


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid"])
def test_the_guest_and_the_officer_on_her_word_show_what_they_owe(
    world: World, paper: Paper, who: str
) -> None:
    shown(paper, "names", getattr(world, who))

    evidence = Evidence.objects.get()
    assert (evidence.words, evidence.brought_by_id) == (WORDS, world.ingrid.person_id)
    assert paper.line("names").state == "delivered"


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid", "petra"])
def test_who_is_owed_the_boats_does_not_show_them(
    world: World, paper: Paper, who: str
) -> None:
    with pytest.raises(Forbidden):
        shown(paper, "boats", getattr(world, who))


@pytest.mark.parametrize("who", ["marco", "bruna", "wati"])
def test_nobody_of_the_house_shows_what_the_guests_owe(
    world: World, paper: Paper, who: str
) -> None:
    with pytest.raises(Forbidden):
        shown(paper, "names", getattr(world, who))


@pytest.mark.parametrize("name", ["boats", "names"])
def test_eve_shows_nothing_in_any_disguise(
    world: World, paper: Paper, name: str
) -> None:
    for actor in world.nobodies().values():
        with pytest.raises(Forbidden):
            shown(paper, name, actor)

    assert verbs() == []


def test_a_line_without_a_team_is_shown_by_the_officer_but_not_by_a_desk(
    world: World, paper: Paper
) -> None:
    line = make_line(paper.agreement, 3, "ours", "Tea", NOON)

    with pytest.raises(Forbidden):
        deliver(line.pk, words=WORDS, actor=world.bruna, at=NOON)
    deliver(line.pk, words=WORDS, actor=world.marco, at=NOON)

    line.refresh_from_db()
    assert line.state == "delivered"


def test_a_claim_without_word_and_file_is_none(world: World, paper: Paper) -> None:
    with pytest.raises(NothingShown):
        deliver(paper.boats.pk, words="  ", actor=world.bruna, at=NOON)

    assert (paper.line("boats").state, Evidence.objects.count()) == ("open", 0)


def test_words_longer_than_the_row_are_refused(world: World, paper: Paper) -> None:
    with pytest.raises(Wordless):
        deliver(paper.boats.pk, words="o" * 301, actor=world.bruna, at=NOON)

    assert paper.line("boats").state == "open"


def test_a_file_is_kept_under_the_name_it_came_with(world: World, paper: Paper) -> None:
    documents.keep(b"oars", name="ours.pdf", kind="x", media_type="a/b", at=NOON)

    bring(paper, b"oars", world.bruna)

    evidence = Evidence.objects.select_related("document").get()
    assert evidence.name == "receipt.pdf"
    assert evidence.document is not None
    assert documents.content_of(evidence.document) == b"oars"


def test_an_empty_file_shows_nothing(world: World, paper: Paper) -> None:
    with pytest.raises(NothingShown):
        bring(paper, b"", world.bruna)

    assert paper.line("boats").state == "open"


def test_a_huge_file_is_not_kept(world: World, paper: Paper) -> None:
    with pytest.raises(documents.TooLarge):
        bring(paper, b"o" * (documents.LARGEST + 1), world.bruna)

    assert (paper.line("boats").state, Document.objects.count()) == ("open", 0)


def test_a_file_from_the_wrong_side_is_never_written_down(
    world: World, paper: Paper
) -> None:
    with pytest.raises(Forbidden):
        bring(paper, b"oars", world.ingrid)

    assert Document.objects.count() == 0


def test_a_late_file_is_not_written_down_either(world: World, paper: Paper) -> None:
    shown(paper, "boats", world.bruna)

    with pytest.raises(IllegalMove):
        bring(paper, b"oars", world.bruna)

    assert Document.objects.count() == 0


def test_nobody_reaches_a_file_by_guessing_its_number(
    world: World, paper: Paper
) -> None:
    theirs = documents.keep(
        b"Selaya's oars",
        name="s.pdf",
        kind="evidence",
        media_type="a/b",
        at=NOON,
        secrecy=Document.Secrecy.OPEN,
    )

    for line, actor in ((paper.names, world.ingrid), (paper.boats, world.marco)):
        with pytest.raises(Forbidden):
            deliver(line.pk, document_id=theirs.pk, actor=actor, at=NOON)


def test_a_house_paper_is_no_evidence_even_for_the_house(
    world: World, paper: Paper
) -> None:
    plan = documents.keep(b"plan", name="p.pdf", kind="x", media_type="a/b", at=NOON)

    with pytest.raises(Forbidden):
        deliver(paper.boats.pk, document_id=plan.pk, actor=world.bruna, at=NOON)


def test_the_desk_shows_an_open_document_the_house_keeps(
    world: World, paper: Paper
) -> None:
    receipt = documents.keep(
        b"receipt",
        name="r.pdf",
        kind="x",
        media_type="a/b",
        at=NOON,
        secrecy=Document.Secrecy.OPEN,
    )

    deliver(paper.boats.pk, document_id=receipt.pk, actor=world.bruna, at=NOON)

    assert Evidence.objects.get().name == "r.pdf"


def test_a_retry_from_the_phone_changes_nothing(world: World, paper: Paper) -> None:
    for _again in range(2):
        deliver(paper.boats.pk, words=WORDS, actor=world.bruna, at=NOON, key=KEY)

    assert (Evidence.objects.count(), verbs()) == (1, ["line.delivered"])


def test_a_retry_of_a_file_changes_nothing(world: World, paper: Paper) -> None:
    for _again in range(2):
        deliver_file(
            paper.boats.pk,
            b"oars",
            name="r.pdf",
            media_type="a/b",
            actor=world.bruna,
            at=NOON,
            key=KEY,
        )

    assert Evidence.objects.count() == 1


def test_a_key_is_good_for_one_act(world: World, paper: Paper) -> None:
    deliver(paper.boats.pk, words=WORDS, actor=world.bruna, at=NOON, key=KEY)

    with pytest.raises(KeyReused):
        accept(paper.boats.pk, actor=world.ingrid, at=NOON, key=KEY)


def test_what_is_accepted_is_not_shown_again(world: World, paper: Paper) -> None:
    shown(paper, "boats", world.bruna)
    accept(paper.boats.pk, actor=world.ingrid, at=NOON)

    with pytest.raises(IllegalMove):
        shown(paper, "boats", world.bruna)


def test_the_words_are_sealed_and_the_state_is_open(world: World, paper: Paper) -> None:
    shown(paper, "boats", world.bruna)

    entry = Entry.objects.get()
    assert (entry.facts, unseal(entry)) == ({"state": "delivered"}, {"words": WORDS})
    assert entry.topics == [
        f"delegation:{world.arunika.pk}",
        f"team:{world.boats.pk}",
        f"event:{world.event.pk}",
    ]


def test_the_words_of_an_erased_guest_are_gone(world: World, paper: Paper) -> None:
    shown(paper, "names", world.ingrid)
    assert world.ingrid.person_id is not None

    forget_words_of(world.ingrid.person_id, at=NOON)

    assert Evidence.objects.get().words == ""
    assert paper.line("names").state == Deliverable.State.DELIVERED


def test_words_that_arrive_after_the_erasure_are_not_kept(
    world: World, paper: Paper
) -> None:
    assert world.ingrid.person_id is not None
    destroy(world.ingrid.person_id)

    shown(paper, "names", world.ingrid)

    assert Evidence.objects.get().words == ""
