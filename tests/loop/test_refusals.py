"""Whoever could almost do it is refused, and nothing is kept of the attempt."""

import pytest

from tests.loop.steps import DISGUISES, PEOPLE, STEPS
from tests.world import HOUR, NOON, World, make_person, with_account
from titian.kernel.actor import Actor
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands.incidents import raise_alarm
from titian.loop.models import Ask
from titian.people.models import Assignment

STRANGERS = [
    (verb, who) for verb, step in STEPS.items() for who in PEOPLE if who not in step.who
]


def refused(world: World, verb: str, actor: Actor | str) -> None:
    """Assert that the actor is refused, and that row and journal are as before."""
    step = STEPS[verb]
    ask = step.before(world)
    rows, entries = list(Ask.objects.values()), Entry.objects.count()

    with pytest.raises(Forbidden):
        step.take(world, ask, actor)

    assert (list(Ask.objects.values()), Entry.objects.count()) == (rows, entries)


@pytest.mark.parametrize(("verb", "who"), STRANGERS)
def test_nobody_of_another_side_does_it(world: World, verb: str, who: str) -> None:
    refused(world, verb, who)


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("verb", STEPS)
def test_eve_does_it_in_no_disguise(world: World, verb: str, disguise: str) -> None:
    refused(world, verb, world.nobodies()[disguise])


def test_every_disguise_is_tried(world: World) -> None:
    assert tuple(world.nobodies()) == DISGUISES


@pytest.mark.parametrize("verb", STEPS)
def test_the_officer_brings_no_strangers_word(world: World, verb: str) -> None:
    assert world.eve.person_id is not None
    refused(world, verb, world.marco.passing_on(world.eve.person_id, means="face"))


@pytest.mark.parametrize("verb", STEPS)
def test_the_team_brings_no_guests_word(world: World, verb: str) -> None:
    assert world.ingrid.person_id is not None
    refused(world, verb, world.bruna.passing_on(world.ingrid.person_id, means="face"))


@pytest.mark.parametrize("verb", ["pass_on", "close"])
def test_a_relieved_officer_does_it_no_more(world: World, verb: str) -> None:
    ask = STEPS[verb].before(world)
    Assignment.objects.update(relieved_at=NOON)

    with pytest.raises(Forbidden):
        STEPS[verb].take(world, ask, "for_ingrid")


@pytest.mark.parametrize(
    ("verb", "who"),
    [(verb, who) for verb, step in STEPS.items() for who in step.who],
)
def test_each_of_its_own_side_does_it(world: World, verb: str, who: str) -> None:
    ask = STEPS[verb].before(world)

    STEPS[verb].take(world, ask, who, at=NOON + HOUR / 60)

    entry = Entry.objects.filter(verb=STEPS[verb].entry).latest("pk")
    assert (entry.actor, entry.event) == (getattr(world, who), world.event)


def test_any_other_person_at_the_desk_may_go_on(world: World) -> None:
    ask = STEPS["answer"].before(world)
    seat = world.event.seats.get(person=world.bruna.person_id)
    other = make_person("Bayu", world.boats)
    bayu = with_account(other)
    seat.pk, seat.person = None, other
    seat.save()

    answered = STEPS["answer"].take(world, ask, bayu)

    assert answered.answered_by == other
    assert answered.holder_id == world.bruna.person_id


@pytest.mark.parametrize("disguise", DISGUISES)
def test_eve_raises_no_alarm(world: World, disguise: str) -> None:
    with pytest.raises(Forbidden):
        raise_alarm(world.arunika.pk, "fire", actor=world.nobodies()[disguise], at=NOON)
