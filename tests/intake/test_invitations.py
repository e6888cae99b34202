"""A calendar answers for its guest; nobody answers for another."""

import pytest
from pytest_django.fixtures import Settings

from tests.intake.answers import SHAPES, answered, file_of
from tests.intake.imap import Box
from tests.intake.reading import read
from tests.talks.twosome import LATE, Twosome, make_twosome, now
from tests.world import HOUR, NOON, World
from titian.exchange.calendars import uid_of
from titian.intake.models import Incoming
from titian.talks.commands import hours
from titian.talks.models import Bilateral


@pytest.fixture
def two(world: World) -> Twosome:
    return make_twosome(world)


@pytest.fixture
def placed(two: Twosome) -> Bilateral:
    """It has an hour, and Marco has confirmed it for Arunika."""
    return hours.confirm(two.placed().pk, actor=two.marco, at=NOON)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_accepted_hour_is_confirmed_for_its_side(
    placed: Bilateral, box: Box, shape: str
) -> None:
    read(box, answered(file_of(shape, uid_of(placed.pk), "ACCEPTED", placed.sequence)))

    assert now(placed).state == Bilateral.State.CONFIRMED
    assert Incoming.objects.get().state == Incoming.State.TAKEN


def test_an_answer_that_says_it_wrote_itself_is_hers_all_the_same(
    placed: Bilateral, box: Box
) -> None:
    file = file_of("google", uid_of(placed.pk), "ACCEPTED", placed.sequence)
    strange = file_of("google", "somebody-elses@calendar.example", "ACCEPTED", 1)
    machine = {"Auto_Submitted": "auto-generated"}

    read(box, answered(strange, number="<b@eve.example>", **machine))
    others = Incoming.objects.count()
    read(box, answered(file, **machine))

    assert others == 0
    assert now(placed).state == Bilateral.State.CONFIRMED


def test_a_declined_hour_is_in_doubt_and_not_withdrawn(
    two: Twosome, placed: Bilateral, box: Box
) -> None:
    hours.confirm(placed.pk, actor=two.salim, at=NOON)

    read(box, answered(file_of("google", uid_of(placed.pk), "DECLINED", 1)))

    found = now(placed)
    assert found.state == Bilateral.State.PLACED
    assert (found.asking_confirmed_at, found.asked_confirmed_at) == (NOON, None)


def test_an_answer_to_a_former_hour_confirms_nothing(
    two: Twosome, placed: Bilateral, box: Box
) -> None:
    former = answered(file_of("apple", uid_of(placed.pk), "ACCEPTED", 1))
    hours.move(placed.pk, two.world.pier.pk, LATE + HOUR, actor=two.world.wati, at=NOON)

    read(box, former)

    assert now(placed).asked_confirmed_at is None


@pytest.mark.parametrize(
    ("address", "uid_from"),
    [("ingrid@example.org", 0), ("eve@example.org", 1)],
    ids=["for another guest", "of an hour nobody told her of"],
)
def test_an_answer_that_is_not_hers_waits_for_a_person(
    placed: Bilateral, box: Box, address: str, uid_from: int
) -> None:
    uid = uid_of(placed.pk).replace(".", f".{'0' * uid_from}", 1)

    read(box, answered(file_of("google", uid, "ACCEPTED", 1, address)))

    assert now(placed).asked_confirmed_at is None


def test_an_answer_that_nobody_vouches_for_confirms_nothing(
    placed: Bilateral, box: Box, settings: Settings
) -> None:
    settings.MAIL_AUTHSERV = "mx.titian.example"

    read(box, answered(file_of("google", uid_of(placed.pk), "ACCEPTED", 1)))

    assert now(placed).asked_confirmed_at is None
