"""What is carried to a party's next event, and only with its leave."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest

from tests.talks.paper import Paper
from tests.world import NOON, World
from titian.kernel.models import Entry, Event
from titian.kernel.policy import Forbidden
from titian.people.commands.carrying import give_leave, take_leave_back
from titian.people.models import CarryOver, Delegation
from titian.talks.earlier import Kept, editions

KEY = UUID(int=71)


@pytest.fixture
def next_one(world: World) -> Delegation:
    """Arunika again, at the games of the year after."""
    world.event.starts_on = date(2027, 5, 1)
    world.event.save()
    after = Event.objects.create(
        code="lagoon-2028",
        name_en="Lagoon Games 2028",
        kind=Event.Kind.GAMES,
        starts_on=date(2028, 5, 1),
    )
    return Delegation.objects.create(party=world.arunika.party, event=after)


def test_with_their_leave_the_next_hosts_read_how_it_went(
    world: World, paper: Paper, next_one: Delegation
) -> None:
    give_leave(world.arunika.pk, actor=world.ingrid, at=NOON)

    (former,) = editions(next_one)

    assert former.event == world.event
    assert former.officers == ("Marco",)
    assert (former.ours, former.theirs) == (Kept(0, 1), Kept(0, 1))


def test_without_leave_or_after_it_was_taken_back_there_is_nothing(
    world: World, next_one: Delegation
) -> None:
    assert editions(next_one) == ()
    give_leave(world.arunika.pk, actor=world.for_ingrid, at=NOON)
    assert len(editions(next_one)) == 1

    take_leave_back(world.arunika.pk, actor=world.ingrid, at=NOON)

    assert editions(next_one) == ()


def test_a_later_event_leaves_nothing_to_an_earlier_one(
    world: World, next_one: Delegation
) -> None:
    CarryOver.objects.create(delegation=next_one, given_at=NOON)

    assert editions(world.arunika) == ()


@pytest.mark.parametrize("who", ["marco", "wati", "bruna", "eve"])
def test_nobody_else_gives_leave_for_the_guests(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        give_leave(world.arunika.pk, actor=getattr(world, who), at=NOON)


def test_leave_given_twice_stands_and_given_anew_it_holds(world: World) -> None:
    give = partial(give_leave, world.arunika.pk, actor=world.ingrid, at=NOON, key=KEY)
    first, again = give(), give()
    take_leave_back(world.arunika.pk, actor=world.ingrid, at=NOON)
    anew = give_leave(world.arunika.pk, actor=world.ingrid, at=NOON + timedelta(days=1))

    assert (first.pk, again.pk, anew.pk) == (first.pk,) * 3
    assert anew.is_in_force
    verbs = Entry.objects.filter(verb__startswith="leave.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "leave.given",
        "leave.withdrawn",
        "leave.given",
    ]
