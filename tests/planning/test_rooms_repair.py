"""A hotel is lost: whoever slept elsewhere sleeps on."""

from tests.planning.rooms_town import group, hotel, party, town
from titian.planning.check.rooms import violations
from titian.planning.rooms import Room, repair, solve, without

GUESTS = party("A1"), party("A2"), party("B1")
GROUPS = group("A"), group("B", 5, minutes=(20, 5))
PROBLEM = town(GUESTS, hotel("H", 2, 2) + hotel("I", 4), GROUPS)
PLAN = solve(PROBLEM)


def test_a_lost_hotel_moves_nobody_who_slept_elsewhere() -> None:
    less = without(PROBLEM, "H")

    best = repair(less, PLAN)[0]

    assert (best.ring, best.told, best.moved) == ("insertion", (), ("A1", "A2"))
    assert violations(less, best.plan) == ()


def test_a_lost_floor_is_mended_in_the_same_hotel() -> None:
    floor = int(PLAN.stays[0].room[1])

    best = repair(without(PROBLEM, "H", floor), PLAN)[0]

    assert {stay.room[0] for stay in best.plan.stays[:2]} == {"H"}


def test_where_nothing_broke_the_published_plan_comes_back() -> None:
    (best,) = repair(PROBLEM, PLAN)

    assert best.plan is PLAN


def test_one_makes_room_where_free_rooms_do_not_suit() -> None:
    """A1 needs the one accessible room of the other hotel, and B1 sleeps in it."""
    rooms = (
        Room("H10", "H", "twin", 1, 0, accessible=True),
        Room("I10", "I", "twin", 1, 0, accessible=True),
        Room("I11", "I", "twin", 1, 1),
    )
    guests = party("A1", accessible=True), party("B1")
    published = solve(town(guests, rooms[:2], GROUPS))
    less = without(town(guests, rooms, GROUPS), "H")

    best = repair(less, published, tonight=0)[0]

    assert (best.ring, best.told, best.lost) == ("ejection", ("B1",), ())
    assert best.burden == 2 * 4
    assert violations(less, best.plan, told=best.burden) == ()


def test_who_finds_no_room_is_named() -> None:
    less = without(without(PROBLEM, "H"), "I")

    best = repair(less, PLAN)[0]

    assert best.lost == ("A1", "A2", "B1")


def test_another_way_to_mend_leaves_the_first_ones_hotel_alone() -> None:
    guests = (party("A1"),)
    published = solve(town(guests, hotel("H", 1, 2)))
    rooms = hotel("H", 1, 2) + hotel("I", 1)
    lost = int(published.stays[0].room[1])
    less = without(town(guests, rooms), "H", lost)

    ways = repair(less, published)

    assert [way.plan.stays[0].room[0] for way in ways] == ["H", "I"]
