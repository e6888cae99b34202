"""Bilaterals from the phone: answered and confirmed as acts."""

from uuid import UUID

import pytest

from tests.talks.twosome import LATE, Twosome, make_twosome, now
from tests.world import NOON, World
from titian.api.acts import Act, Outcome, perform
from titian.api.feed import for_officer
from titian.kernel.actor import Actor


@pytest.fixture
def two(world: World) -> Twosome:
    return make_twosome(world)


def done(
    actor: Actor, command: str, subject: int, number: int = 1, **said: object
) -> Outcome:
    act = Act(UUID(int=number), command, subject, NOON, said)
    return perform(act, actor=actor).outcome


def test_from_two_phones_to_an_agreement(two: Twosome) -> None:
    row = two.asked()

    countered = done(two.salim, "bilateral.counter", row.pk, 2, minutes=45)
    agreed = done(two.marco, "bilateral.agree", row.pk, 3)

    assert {countered, agreed} == {Outcome.KEPT}
    assert (now(row).state, row.wish.minutes) == ("agreed", 45)
    assert row.wish.words == "Oars\nTowels"


def test_an_act_sent_again_is_done_once_and_a_late_one_is_too_late(
    two: Twosome,
) -> None:
    row = two.asked()

    first, again = (done(two.salim, "bilateral.agree", row.pk) for _twice in range(2))
    late = done(two.salim, "bilateral.decline", row.pk, 2)

    assert (first, again, late) == (Outcome.KEPT, Outcome.KEPT, Outcome.TOO_LATE)


@pytest.mark.parametrize("said", [{"minutes": "x"}, {"king": 1}, {"minutes": 17}])
def test_a_wish_of_another_shape_is_invalid(
    two: Twosome, said: dict[str, object]
) -> None:
    row = two.asked()

    assert done(two.salim, "bilateral.counter", row.pk, 1, **said) == Outcome.INVALID


def test_the_phone_shows_whose_word_is_awaited_and_nobody_elses_hours(
    two: Twosome,
) -> None:
    placed = two.placed(LATE)

    (mine,) = for_officer(two.marco, since=-1)["bilaterals"]

    assert (mine["id"], mine["with"]) == (placed.pk, "Selaya")
    assert (mine["waits"], mine["place"]) == ("confirm", "The pier")
    assert done(two.world.bruna, "bilateral.confirm", placed.pk) == Outcome.UNSEEN
