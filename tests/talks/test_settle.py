"""Accepting, disputing, waiving: the entitled side's word."""

import pytest

from tests.talks.paper import KEY, NOT_SO, Paper, shown, verbs
from tests.world import NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import destroy
from titian.talks.commands.keeping import accept, dispute, forget_words_of, waive
from titian.talks.models import Wordless
from titian.talks.policy import moves_open_to


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid"])
def test_the_guest_accepts_what_we_owed(world: World, paper: Paper, who: str) -> None:
    shown(paper, "boats", world.bruna)

    accept(paper.boats.pk, actor=getattr(world, who), at=NOON)

    line = paper.line("boats")
    assert (line.state, line.settled_at) == ("accepted", NOON)


@pytest.mark.parametrize("who", ["marco", "bruna", "wati", "petra", "eve"])
def test_no_one_of_the_house_accepts_its_own_work(
    world: World, paper: Paper, who: str
) -> None:
    shown(paper, "boats", world.bruna)

    with pytest.raises(Forbidden):
        accept(paper.boats.pk, actor=getattr(world, who), at=NOON)

    assert paper.line("boats").state == "delivered"


@pytest.mark.parametrize("who", ["bruna", "wati"])
def test_the_team_that_needs_it_accepts_what_they_owed(
    world: World, paper: Paper, who: str
) -> None:
    shown(paper, "names", world.ingrid)

    accept(paper.names.pk, actor=getattr(world, who), at=NOON)

    assert paper.line("names").state == "accepted"


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid", "marco", "petra", "eve"])
def test_neither_guest_nor_officer_accepts_what_the_guests_owed(
    world: World, paper: Paper, who: str
) -> None:
    shown(paper, "names", world.ingrid)

    with pytest.raises(Forbidden):
        accept(paper.names.pk, actor=getattr(world, who), at=NOON)

    assert paper.line("names").state == "delivered"


def test_what_was_not_shown_cannot_be_accepted(world: World, paper: Paper) -> None:
    with pytest.raises(IllegalMove):
        accept(paper.boats.pk, actor=world.ingrid, at=NOON)


def test_a_dispute_says_why_and_the_line_is_owed_again(
    world: World, paper: Paper
) -> None:
    shown(paper, "boats", world.bruna)
    accept(paper.boats.pk, actor=world.ingrid, at=NOON)

    dispute(paper.boats.pk, NOT_SO, actor=world.ingrid, at=NOON)

    line = paper.line("boats")
    assert (line.state, line.dispute_words, line.settled_at) == (
        "disputed",
        NOT_SO,
        None,
    )
    shown(paper, "boats", world.bruna)
    assert paper.line("boats").dispute_words == ""


@pytest.mark.parametrize("words", ["", "   ", "o" * 401])
def test_a_dispute_without_words_is_none(
    world: World, paper: Paper, words: str
) -> None:
    shown(paper, "boats", world.bruna)

    with pytest.raises(Wordless):
        dispute(paper.boats.pk, words, actor=world.ingrid, at=NOON)

    assert paper.line("boats").state == "delivered"


@pytest.mark.parametrize("who", ["bruna", "marco", "eve"])
def test_the_owing_side_does_not_dispute_its_own_line(
    world: World, paper: Paper, who: str
) -> None:
    shown(paper, "boats", world.bruna)

    with pytest.raises(Forbidden):
        dispute(paper.boats.pk, NOT_SO, actor=getattr(world, who), at=NOON)


def test_who_is_owed_may_let_it_go_and_says_why(world: World, paper: Paper) -> None:
    waive(paper.boats.pk, "We row tomorrow", actor=world.for_ingrid, at=NOON)

    line = paper.line("boats")
    assert (line.state, line.settled_words) == ("waived", "We row tomorrow")


@pytest.mark.parametrize("who", ["bruna", "marco", "wati", "eve"])
def test_who_owes_does_not_let_itself_off(world: World, paper: Paper, who: str) -> None:
    with pytest.raises(Forbidden):
        waive(paper.boats.pk, "Too dear", actor=getattr(world, who), at=NOON)


def test_retries_change_nothing(world: World, paper: Paper) -> None:
    shown(paper, "boats", world.bruna)
    for _again in range(2):
        dispute(paper.boats.pk, NOT_SO, actor=world.ingrid, at=NOON, key=KEY)

    assert verbs() == ["line.delivered", "line.disputed"]


@pytest.mark.parametrize("name", ["accept", "waive"])
def test_other_retries_change_nothing(world: World, paper: Paper, name: str) -> None:
    for _again in range(2):
        if name == "waive":
            waive(paper.names.pk, "Known", actor=world.wati, at=NOON, key=KEY)
            continue
        if not verbs():
            shown(paper, "names", world.ingrid)
        accept(paper.names.pk, actor=world.wati, at=NOON, key=KEY)

    last = {"accept": "line.accepted", "waive": "line.waived"}[name]
    assert verbs().count(last) == 1


def test_two_who_settle_one_line_the_second_is_too_late(
    world: World, paper: Paper
) -> None:
    shown(paper, "names", world.ingrid)
    accept(paper.names.pk, actor=world.bruna, at=NOON)

    with pytest.raises(IllegalMove):
        accept(paper.names.pk, actor=world.wati, at=NOON)


def test_each_side_has_its_own_buttons(world: World, paper: Paper) -> None:
    open_to = {
        who: moves_open_to(getattr(world, who), paper.line("boats"))
        for who in ("bruna", "marco", "ingrid", "for_ingrid", "petra", "eve")
    }

    assert open_to == {
        "bruna": ["deliver"],
        "marco": ["deliver"],
        "ingrid": ["waive"],
        "for_ingrid": ["waive"],
        "petra": [],
        "eve": [],
    }


def test_an_erased_guests_reasons_are_gone_and_the_states_stay(
    world: World, paper: Paper
) -> None:
    shown(paper, "boats", world.bruna)
    dispute(paper.boats.pk, NOT_SO, actor=world.ingrid, at=NOON)
    assert world.ingrid.person_id is not None

    forget_words_of(world.ingrid.person_id, at=NOON)

    line = paper.line("boats")
    assert (line.state, line.dispute_words) == ("disputed", "")
    assert verbs()[-1] == "line.words_forgotten"


def test_reasons_heard_after_the_erasure_are_not_kept(
    world: World, paper: Paper
) -> None:
    shown(paper, "boats", world.bruna)
    assert world.ingrid.person_id is not None
    destroy(world.ingrid.person_id)

    dispute(paper.boats.pk, NOT_SO, actor=world.ingrid, at=NOON)

    assert paper.line("boats").dispute_words == ""
