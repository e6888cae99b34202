"""What the control room asks: unheard, not said back, overdue, who has it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.loop.steps import exact
from tests.loop.stories import answered, in_hand, passed, restated, said
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.questions import Break, Change
from titian.loop import queries
from titian.loop.commands import asks, confirmations, promises
from titian.loop.models import Ask, Promise
from titian.people.models import Assignment, Person


def line(ask: Ask) -> str:
    with override("en"):
        return queries.who_has_it(ask)


def officers_of(world: World) -> int:
    assert world.marco.person_id is not None
    return world.marco.person_id


@pytest.mark.parametrize("story", [said, passed])
def test_ten_minutes_without_being_heard_are_too_many(
    world: World, story: Callable[[World], Ask]
) -> None:
    ask = story(world)

    assert list(queries.unheard(world.event, NOON + 9 * MINUTE)) == []
    assert list(queries.unheard(world.event, NOON + 10 * MINUTE)) == [ask]


def test_what_was_opened_is_heard(world: World) -> None:
    asks.hear(passed(world).pk, actor=world.bruna, at=NOON)

    assert list(queries.unheard(world.event, NOON + HOUR)) == []


def test_the_urgent_is_unheard_sooner(world: World) -> None:
    ask = passed(world)
    Ask.objects.update(urgency=Ask.Urgency.EMERGENCY)

    assert list(queries.unheard(world.event, NOON + 2 * MINUTE)) == [ask]


def test_only_what_is_exact_must_be_said_back(world: World) -> None:
    passed(world)
    ask = exact(world)
    restated(world)

    assert list(queries.not_said_back(world.event, NOON + 20 * MINUTE)) == [ask]
    assert list(queries.not_said_back(world.event, NOON + 19 * MINUTE)) == []


def test_an_hour_without_its_answer_is_overdue(world: World) -> None:
    ask = in_hand(world)
    answered(world)

    assert list(queries.overdue(world.event, NOON + HOUR)) == []
    assert list(queries.overdue(world.event, NOON + HOUR + MINUTE)) == [ask]


def test_what_is_over_is_not_open(world: World) -> None:
    asks.close(answered(world).pk, actor=world.ingrid, at=NOON)
    asks.withdraw(passed(world).pk, actor=world.ingrid, at=NOON)
    ask = said(world)

    assert list(queries.open_asks(world.event)) == [ask]
    assert list(queries.open_asks()) == [ask]


@pytest.mark.parametrize(
    ("story", "words"),
    [
        (said, "Marco, LO"),
        (passed, "Boat desk"),
        (in_hand, "Bruna, Boat desk"),
        (restated, "Marco, LO"),  # to confirm, on the guest's word
        (answered, "Ingrid, to say that it is kept"),
    ],
)
def test_who_has_it_is_one_line(
    world: World, story: Callable[[World], Ask], words: str
) -> None:
    assert line(story(world)) == words


def test_nobody_has_what_is_over(world: World) -> None:
    ask = asks.close(answered(world).pk, actor=world.ingrid, at=NOON + MINUTE)

    holder = queries.who_have_them([ask])[ask.pk]
    assert (holder.person, holder.team, holder.since) == (None, None, NOON + MINUTE)


def test_a_guest_without_an_officer_is_seen(world: World) -> None:
    ask = said(world)
    Assignment.objects.update(relieved_at=NOON)

    assert line(ask) == "no LO"
    assert queries.officer_of(world.arunika) is None


def test_who_has_many_costs_no_more_than_who_has_few(world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.who_have_them(queries.open_asks(world.event))
        return len(asked)

    said(world)
    few = cost()
    for _time in range(4):
        said(world)
        in_hand(world)

    assert cost() == few


def made(world: World, team: str = "boats", minutes: int = 60) -> Promise:
    """A promise of a team, which the coordinator writes down."""
    return promises.promise(
        world.arunika.pk,
        "A ramp",
        owner_team_id=getattr(world, team).pk,
        due_at=NOON + minutes * MINUTE,
        actor=world.wati,
        at=NOON,
    )


def test_an_answer_that_gives_a_word_is_offered_until_it_is_written_down(
    world: World,
) -> None:
    ask = asks.answer(
        in_hand(world).pk,
        "Noted. We will have the boats there by 18:00.",
        actor=world.bruna,
        at=NOON,
    )

    offered = queries.promise_offered(ask)
    assert offered is not None
    assert (offered.words, offered.due_at) == (
        "We will have the boats there by 18:00.",
        NOON + 6 * HOUR,
    )
    promises.promise(
        world.arunika.pk,
        offered.words,
        owner_team_id=world.boats.pk,
        due_at=NOON + 6 * HOUR,
        ask_id=ask.pk,
        actor=world.bruna,
        at=NOON,
    )
    assert queries.promise_offered(ask) is None


def test_without_an_answer_nothing_is_offered(world: World) -> None:
    assert queries.promise_offered(in_hand(world)) is None


def test_each_team_has_its_rate_and_late_is_told(world: World) -> None:
    promises.keep(made(world).pk, actor=world.wati, at=NOON)
    promises.keep(made(world).pk, actor=world.wati, at=NOON + 2 * HOUR)
    promises.break_off(made(world).pk, "None left", actor=world.wati, at=NOON)
    made(world, "kitchen")

    rates = queries.kept_rates(world.event)
    boats = rates[world.boats.pk]
    assert (boats.kept, boats.kept_late, boats.broken) == (2, 1, 1)
    assert boats.share == pytest.approx(2 / 3)
    assert rates[world.kitchen.pk].share is None
    assert queries.kept_rate(world.press, world.event) == (0, 0)


def test_what_an_officer_promised_in_person_counts_for_her_team(world: World) -> None:
    marco = Person.objects.get(pk=officers_of(world))
    promise = promises.promise(
        world.arunika.pk,
        "I will bring the plates myself",
        owner_person_id=marco.pk,
        due_at=NOON + HOUR,
        actor=world.marco,
        at=NOON,
    )
    promises.break_off(promise.pk, "No car", actor=world.marco, at=NOON)

    rate = queries.kept_rates(world.event)[marco.party_id]
    assert (rate.kept, rate.broken) == (0, 1)


def test_open_promises_come_first_each_by_its_hour(world: World) -> None:
    late, soon, kept = made(world), made(world, minutes=5), made(world, minutes=1)
    promises.keep(kept.pk, actor=world.wati, at=NOON)

    found = queries.promises_of(world.arunika, "ours", actor=world.marco)

    assert list(found) == [soon, late, kept]
    assert list(queries.promises_of(world.arunika, actor=world.eve)) == []
    theirs = queries.promises_of(world.arunika, "theirs", actor=world.marco)
    assert list(theirs) == []


def test_the_loudest_confirmation_comes_first(world: World) -> None:
    from_now = [NOON + HOUR, NOON + 2 * HOUR]
    change = [
        Break(2, by, f"Break {by:%H}", owner_team_id=world.boats.pk) for by in from_now
    ]
    first, second = confirmations.ask_for(
        world.event.pk, world.arunika.pk, "x", change, actor=world.wati, at=NOON
    )
    second.loudness = 2
    second.save()

    assert list(queries.confirmations_open(world.event)) == [second, first]


def test_an_officer_carries_open_asks_and_promises(world: World) -> None:
    ask, promise = said(world), made(world)

    carried = queries.carried_by(world.arunika.pk, officers_of(world), NOON)

    kinds = [(one.subject_kind, one.subject_id) for one in carried]
    assert kinds == [("loop.ask", ask.pk), ("loop.promise", promise.pk)]
    assert queries.carried_by(world.selaya.pk, officers_of(world), NOON) == ()


def test_an_ask_nobody_accompanies_is_a_break_in_both_languages(world: World) -> None:
    ask = said(world)
    change = Change("relieve", {}, world.wati, NOON)
    assert queries.broken_by(change) == ()

    Assignment.objects.update(relieved_at=NOON)

    [found] = queries.broken_by(change)
    assert found.sentence == "Nobody would answer for A-0001 of Arunika."
    assert (found.subject_id, found.concerns_id) == (ask.pk, world.arunika.pk)
    assert found.sentence_id != ""
