"""One matter asked twice, two matters in one breath: no word is lost either way."""

import pytest

from tests.loop.stories import all_done, passed, said
from tests.world import DETAILS, HOUR, MINUTE, NOON, WORDS, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.loop.queries import history_of, next_rung, who_has_it


def twice(world: World) -> tuple[Ask, Ask]:
    """Ingrid asks for the boats and, later, once more; the desk has the first."""
    first = passed(world)
    again = asks.ask(world.arunika.pk, "The boats!", actor=world.ingrid, at=NOON)
    return again, first


def merged(world: World) -> tuple[Ask, Ask]:
    again, first = twice(world)
    asks.merge(again.pk, first.pk, "the same boats", actor=world.marco, at=NOON)
    return fresh(again), fresh(first)


def fresh(ask: Ask) -> Ask:
    ask.refresh_from_db()
    return ask


def test_merged_it_has_the_others_owner_and_keeps_its_words(world: World) -> None:
    again, first = merged(world)

    assert (again.owner, again.state) == (world.boats, "passed")
    assert (again.words, first.words) == ("The boats!", WORDS)
    assert who_has_it(again) == "Boat desk, with A-0001"


def test_both_are_answered_and_closed_together(world: World) -> None:
    again, first = merged(world)
    asks.accept(first.pk, actor=world.bruna, at=NOON)
    asks.answer(first.pk, "At pier B", actor=world.bruna, at=NOON)
    assert fresh(again).answer_words == "At pier B"

    asks.close(first.pk, actor=world.ingrid, at=NOON)

    assert (fresh(again).state, again.closed_at) == ("closed", NOON)


def test_what_is_merged_makes_no_move_of_its_own(world: World) -> None:
    again, _first = merged(world)

    with pytest.raises(IllegalMove):
        asks.accept(again.pk, actor=world.bruna, at=NOON)
    assert again.moves == []


def test_taken_out_again_the_team_hears_it_anew(world: World) -> None:
    again, first = merged(world)
    asks.accept(first.pk, actor=world.bruna, at=NOON)
    at = NOON + MINUTE

    asks.unmerge(again.pk, "other boats", actor=world.marco, at=at)

    assert (fresh(again).state, again.passed_at, again.merged_into) == (
        "passed",
        at,
        None,
    )
    assert fresh(first).state == "in_hand"
    assert "ask.left_waiting" in all_done(world, at + 10 * MINUTE)


def test_both_threads_tell_what_was_done(world: World) -> None:
    again, first = merged(world)

    of_both = [history_of(ask, world.wati)[0].sentence for ask in (again, first)]

    assert of_both == [
        "Marco merged it into another request: the same boats",
        "Marco merged another request into this one",
    ]


def test_the_sooner_hour_and_the_greater_urgency_hold(world: World) -> None:
    again, first = twice(world)
    asks.pass_on(
        again.pk,
        team_id=world.boats.pk,
        urgency="urgent",
        due_at=NOON + 20 * MINUTE,
        actor=world.marco,
        at=NOON,
    )

    asks.merge(again.pk, first.pk, "the same", actor=world.bruna, at=NOON)

    assert (fresh(first).due_at, first.urgency) == (NOON + 20 * MINUTE, "urgent")
    assert all_done(world, NOON + 20 * MINUTE).count("ask.overdue") == 1


def test_an_exact_ask_keeps_its_read_back(world: World) -> None:
    again, first = twice(world)
    asks.pass_on(
        again.pk,
        team_id=world.boats.pk,
        details=DETAILS,
        weight="exact",
        actor=world.marco,
        at=NOON,
    )

    with pytest.raises(IllegalMove):
        asks.merge(again.pk, first.pk, "the same", actor=world.marco, at=NOON)


def test_nobody_merges_what_is_not_hers(world: World) -> None:
    again, first = twice(world)

    for who in (world.petra, world.eve, world.ingrid, world.bruna):
        with pytest.raises(Forbidden):
            asks.merge(again.pk, first.pk, "the same", actor=who, at=NOON)


def test_what_is_over_is_not_taken_apart(world: World) -> None:
    again, first = merged(world)
    asks.withdraw(first.pk, actor=world.ingrid, at=NOON)

    with pytest.raises(IllegalMove):
        asks.unmerge(again.pk, "other", actor=world.marco, at=NOON)


def test_an_ask_is_not_merged_into_itself(world: World) -> None:
    ask = passed(world)

    with pytest.raises(IllegalMove):
        asks.merge(ask.pk, ask.pk, "the same", actor=world.marco, at=NOON)


def test_a_part_of_the_words_gets_an_owner_of_its_own(world: World) -> None:
    whole = passed(world)

    part = asks.split(
        whole.pk, "Lunch on board", team_id=world.kitchen.pk, actor=world.marco, at=NOON
    )

    assert (part.owner, part.words, part.title) == (
        world.kitchen,
        WORDS,
        "Lunch on board",
    )
    assert (part.split_from, part.said_by, part.code) == (
        whole,
        whole.said_by,
        "A-0002",
    )
    assert fresh(whole).owner == world.boats


def test_merging_the_part_undoes_the_split(world: World) -> None:
    whole = passed(world)
    part = asks.split(
        whole.pk, "Lunch", team_id=world.kitchen.pk, actor=world.marco, at=NOON
    )

    asks.merge(part.pk, whole.pk, "one matter", actor=world.marco, at=NOON)

    assert fresh(part).merged_into == whole


def test_what_was_never_passed_on_is_not_split(world: World) -> None:
    with pytest.raises(IllegalMove):
        asks.split(
            said(world).pk, "x", team_id=world.boats.pk, actor=world.marco, at=NOON
        )
    with pytest.raises(Forbidden):
        asks.split(
            passed(world).pk, "x", team_id=world.boats.pk, actor=world.bruna, at=NOON
        )


def test_a_merged_ask_is_overdue_once(world: World) -> None:
    merged(world)

    assert all_done(world, NOON + 2 * HOUR).count("ask.overdue") == 1


def test_what_an_urgent_one_is_merged_into_calls_as_soon_as_that(world: World) -> None:
    """The desk is called at the hour that everybody reads, not at the slower one."""
    quiet = passed(world)
    urgent = asks.pass_on(
        said(world).pk,
        team_id=world.boats.pk,
        details=DETAILS,
        urgency=Ask.Urgency.URGENT,
        actor=world.marco,
        at=NOON,
    )
    asks.merge(urgent.pk, quiet.pk, "the same", actor=world.marco, at=NOON)
    rung = next_rung(fresh(quiet), NOON)
    assert rung is not None

    verbs = all_done(world, rung.at)

    assert (rung.at - NOON, verbs.count("ask.left_waiting")) == (5 * MINUTE, 1)
