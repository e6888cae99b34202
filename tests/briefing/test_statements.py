"""A statement is drafted, cleared, held back, released, recalled; by whom it may."""

from uuid import uuid4

import pytest

from tests.briefing.newsroom import (
    WORDS,
    approve_message,
    burning,
    cleared,
    desk_hand,
    drafted,
    make_newsroom,
    released,
)
from tests.briefing.told import do_all
from tests.world import HOUR, NOON, World
from titian.briefing.commands import statements
from titian.briefing.models import Statement
from titian.channels import memory
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks

S = Statement.State
DUE = NOON + HOUR


@pytest.fixture(autouse=True)
def by_memory(settings: object) -> None:
    settings.CHANNELS = {"email": "titian.channels.memory"}  # type: ignore[attr-defined]
    memory.sent.clear()


def embargoed(world: World) -> Statement:
    return statements.embargo(cleared(world).pk, DUE, actor=world.petra, at=NOON)


def state_of(statement: Statement) -> str:
    statement.refresh_from_db()
    return statement.state


def test_from_draft_to_the_newsrooms(world: World) -> None:
    make_newsroom(world)
    statement = released(world)
    do_all(world)

    assert statement.state == S.RELEASED
    assert [(one.address, one.words.subject) for one in memory.sent] == [
        ("nils@example.org", "Tentang dermaga")
    ]


def test_each_key_message_is_looked_at(world: World) -> None:
    message = approve_message(world)
    draft = drafted(world)
    with pytest.raises(statements.NotCleared):
        statements.clear(draft.pk, {}, actor=world.petra, at=NOON)

    statements.clear(
        draft.pk, {message.pk: "departs: one is hurt"}, actor=world.petra, at=NOON
    )

    assert [one.note for one in draft.clearances.all()] == ["departs: one is hurt"]


def test_changed_words_are_a_draft_again_and_nobody_stands_for_them(
    world: World,
) -> None:
    approve_message(world)
    statement = statements.revise(cleared(world).pk, WORDS, actor=world.petra, at=NOON)

    assert (statement.state, statement.cleared_by) == (S.DRAFT, None)
    assert not statement.clearances.exists()


def test_what_is_no_draft_any_more_is_not_released_uncleared(world: World) -> None:
    with pytest.raises(IllegalMove):
        statements.release(drafted(world).pk, actor=world.petra, at=NOON)


def test_the_desk_drafts_and_holds_back_but_does_not_speak(world: World) -> None:
    dora = desk_hand(world)
    draft = statements.draft(world.event.pk, WORDS, actor=dora, at=NOON)
    with pytest.raises(Forbidden):
        statements.clear(draft.pk, {}, actor=dora, at=NOON)
    ready = cleared(world)
    with pytest.raises(Forbidden):
        statements.release(ready.pk, actor=dora, at=NOON)

    statements.embargo(ready.pk, DUE, actor=dora, at=NOON)

    assert state_of(ready) == S.EMBARGOED
    with pytest.raises(Forbidden):
        statements.recall(released(world).pk, "an error", actor=dora, at=NOON)


@pytest.mark.parametrize("who", ["marco", "ingrid", "bruna", "eve"])
def test_nobody_else_writes_to_the_world(world: World, who: str) -> None:
    actor, ready = getattr(world, who), cleared(world)

    with pytest.raises(Forbidden):
        statements.draft(world.event.pk, WORDS, actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        statements.revise(ready.pk, WORDS, actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        statements.release(ready.pk, actor=actor, at=NOON)


def test_an_embargo_ends_at_its_hour(world: World) -> None:
    statement = embargoed(world)
    do_all(world, DUE - HOUR / 2)
    assert state_of(statement) == S.EMBARGOED

    do_all(world, DUE)

    assert (state_of(statement), statement.released_at) == (S.RELEASED, DUE)


def test_an_embargo_that_was_moved_does_not_end_at_the_old_hour(world: World) -> None:
    statement = embargoed(world)
    statements.revise(statement.pk, WORDS, actor=world.petra, at=NOON)
    statements.clear(statement.pk, {}, actor=world.petra, at=NOON)
    statements.embargo(statement.pk, DUE + HOUR, actor=world.petra, at=NOON)

    do_all(world, DUE)

    assert state_of(statement) == S.EMBARGOED


def test_in_an_emergency_no_embargo_ends_by_itself(world: World) -> None:
    statement = embargoed(world)
    burning(world)
    do_all(world, DUE)
    assert state_of(statement) == S.EMBARGOED

    statements.release(statement.pk, actor=world.petra, at=DUE)

    assert state_of(statement) == S.RELEASED


def test_an_embargo_ends_in_the_future(world: World) -> None:
    with pytest.raises(statements.NotCleared):
        statements.embargo(cleared(world).pk, NOON, actor=world.petra, at=NOON)


def test_recalled_it_is_told_to_whoever_had_it(world: World) -> None:
    make_newsroom(world)
    statement = released(world)
    do_all(world)
    statements.recall(statement.pk, "the pier is open", actor=world.petra, at=NOON)
    do_all(world)

    last = memory.sent[-1]

    assert (last.words.subject, last.words.text) == (
        "Dicabut: Tentang dermaga",
        "the pier is open",
    )


def test_a_recall_says_why(world: World) -> None:
    with pytest.raises(statements.NotCleared):
        statements.recall(released(world).pk, " ", actor=world.petra, at=NOON)


@pytest.mark.parametrize(
    "words",
    [
        statements.Draft(words_en="a", words_id="b"),
        statements.Draft(title_en="a", words_en="b"),
    ],
)
def test_it_has_a_title_and_both_languages(
    world: World, words: statements.Draft
) -> None:
    with pytest.raises(statements.NotCleared):
        statements.draft(world.event.pk, words, actor=world.petra, at=NOON)


def test_in_an_emergency_it_is_about_the_alarm(world: World) -> None:
    alarm = burning(world)
    assert drafted(world).alarm == alarm

    asks.withdraw(alarm.pk, actor=world.marco, at=NOON)

    assert drafted(world).alarm is None


def test_a_retry_changes_nothing(world: World) -> None:
    keys = [uuid4() for _ in range(4)]
    for _twice in range(2):
        one = statements.draft(
            world.event.pk, WORDS, actor=world.petra, at=NOON, key=keys[0]
        )
        statements.clear(one.pk, {}, actor=world.petra, at=NOON, key=keys[1])
        statements.release(one.pk, actor=world.petra, at=NOON, key=keys[2])
        statements.recall(one.pk, "no", actor=world.petra, at=NOON, key=keys[3])

    assert Entry.objects.count() == 4


def test_only_the_desk_reads_what_is_not_out(world: World) -> None:
    statement = drafted(world)

    assert list(Statement.objects.visible_to(world.petra)) == [statement]
    assert list(Statement.objects.visible_to(world.wati)) == [statement]
    for actor in (world.marco, world.bruna, world.ingrid, world.eve):
        assert not Statement.objects.visible_to(actor).exists()
