"""Hotels: shared out, lost, and asked for more people than they hold."""

from datetime import date
from typing import Any

import pytest

from tests.world import NOON, World
from titian.foresight.commands.hotels import give_hotel_up
from titian.foresight.commands.rooms import NoHotels, accept_rooms, propose_rooms
from titian.foresight.demand import with_more
from titian.foresight.errors import WorldMovedOn
from titian.foresight.hotels import Outlook, without_hotel
from titian.foresight.models import Proposal
from titian.foresight.plans import NoSuchChange
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.commands.stays import house
from titian.logistics.lodging import houses
from titian.logistics.models import Block, Stay
from titian.loop.models import Confirmation
from titian.places.models import Place, TravelTime

NIGHTS = (date(2027, 5, 1), date(2027, 5, 3))


@pytest.fixture
def town(world: World) -> World:
    """The inn holds ten rooms, a ship twenty, and Arunika sleeps at the inn."""
    world.event.starts_on, world.event.ends_on = NIGHTS
    world.event.save()
    ship = Place.objects.create(code="SHIP", name="The ship", kind="hotel", area="Port")
    TravelTime.objects.create(origin=world.hotel, destination=ship, minutes=25)
    Block.objects.create(event=world.event, place=world.hotel, rooms=10)
    Block.objects.create(event=world.event, place=ship, rooms=20, category="cabin")
    Stay.objects.create(
        event=world.event,
        delegation=world.arunika,
        place=world.hotel,
        rooms=4,
        from_on=NIGHTS[0],
        to_on=NIGHTS[1],
    )
    world.selaya.expected = 8
    world.selaya.save()
    return world


def look(town: World) -> Outlook:
    return without_hotel(town.event, town.hotel, actor=town.wati, at=NOON)


def lose(town: World, **more: Any) -> Block:
    given: dict[str, Any] = {
        "mend": 0,
        "seen": look(town).seen,
        "actor": town.wati,
        "at": NOON,
        **more,
    }
    return give_hotel_up(town.event.pk, town.hotel.pk, **given)


def propose(town: World) -> Proposal:
    asked = [town.selaya.pk, town.arunika.pk]
    return propose_rooms(town.event.pk, asked, actor=town.wati, at=NOON)


def where(town: World) -> list[tuple[str, str, int]]:
    rows = Stay.objects.order_by("delegation__party__code", "place__code")
    return [(one.delegation.code, one.place.code, one.rooms) for one in rows]


def test_who_has_rooms_keeps_them_and_the_others_get_some(town: World) -> None:
    proposal = propose(town)

    (row,) = proposal.changes
    assert (row["delegation"], row["rooms"]) == (town.selaya.pk, 4)
    assert (proposal.gaps, where(town)) == ([], [("ARN", town.hotel.code, 4)])

    accept_rooms(proposal.pk, actor=town.wati, at=NOON)

    assert [one[0] for one in where(town)] == ["ARN", "SLY"]
    assert Proposal.objects.get().state == "accepted"


def test_what_was_computed_from_another_world_is_refused(town: World) -> None:
    proposal = propose(town)
    Block.objects.filter(place=town.hotel).update(rooms=9)

    with pytest.raises(WorldMovedOn):
        accept_rooms(proposal.pk, actor=town.wati, at=NOON)
    assert Stay.objects.count() == 1


def test_where_nothing_is_free_nothing_is_proposed(town: World) -> None:
    Block.objects.update(rooms=0)

    with pytest.raises(NoHotels, match="No hotel has rooms free"):
        propose(town)


def test_a_lost_hotel_tells_who_has_no_rooms_and_keeps_nothing(town: World) -> None:
    found = look(town)

    assert [one.sentence for one in found.breaks] == [
        f"Arunika has no rooms: {town.hotel} can be used no more."
    ]
    (way,) = found.ways
    (move,) = way.moves
    assert [(str(place), n) for place, n, _m in move.shares] == [("The ship", 4)]
    assert (way.others, way.left) == (0, 0)
    assert (Entry.objects.count(), Block.objects.exclude(lost_at=None).count()) == (
        0,
        0,
    )


def test_one_press_houses_them_elsewhere(town: World) -> None:
    lose(town)

    assert where(town) == [("ARN", "SHIP", 4)]
    assert Block.objects.get(place=town.hotel).lost_at == NOON
    assert Confirmation.objects.count() == 0


def test_left_without_rooms_the_team_is_asked_and_can_mend_it_later(
    town: World,
) -> None:
    lose(town, mend=None)

    assert Confirmation.objects.get().delegation == town.arunika
    assert len(look(town).ways) == 1
    lose(town)
    assert where(town) == [("ARN", "SHIP", 4)]


def test_a_way_seen_too_late_is_refused(town: World) -> None:
    seen = look(town).seen
    Block.objects.filter(category="cabin").update(rooms=2)

    with pytest.raises(WorldMovedOn):
        lose(town, seen=seen)
    with pytest.raises(NoSuchChange):
        lose(town, mend=7)
    assert where(town) == [("ARN", town.hotel.code, 4)]


def test_more_is_promised_than_held(town: World) -> None:
    house(town.selaya.pk, town.hotel.pk, 8, NIGHTS, actor=town.wati, at=NOON)

    inn = next(one for one in houses(town.event) if one.place == town.hotel)
    assert (inn.holds, inn.taken, inn.free) == (10, 12, 0)
    found = without_hotel(
        town.event, Place.objects.get(code="SHIP"), actor=town.wati, at=NOON
    )
    assert [one.sentence for one in found.breaks] == []  # it stood broken before


def test_twelve_people_more_in_two_delegations(town: World) -> None:
    found = with_more(town.event, {town.arunika.pk: 16, town.selaya.pk: 4})

    arunika = next(one for one in found.shortages if one.delegation == town.arunika)
    assert (arunika.rooms, arunika.free_here, arunika.short) == (8, 6, 2)
    (ship,) = arunika.options
    assert ship.way is not None
    assert (str(ship.house.place), ship.way.minutes, ship.categories) == (
        "The ship",
        25,
        ["cabin"],
    )
    assert (found.rooms, found.free, found.missing) == (10, 26, 0)


def test_who_sleeps_where_is_not_an_officers_to_decide(town: World) -> None:
    with pytest.raises(Forbidden):
        without_hotel(town.event, town.hotel, actor=town.marco, at=NOON)
    with pytest.raises(Forbidden):
        propose_rooms(town.event.pk, [], actor=town.marco, at=NOON)
