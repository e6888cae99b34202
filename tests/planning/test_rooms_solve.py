"""Who sleeps where: near work, together, beside whom they must be."""

from dataclasses import replace

from tests.planning.rooms_town import group, hotel, party, town
from titian.planning.check.rooms import violations
from titian.planning.rooms import Effort, Plan, listing, solve

BOTH = hotel("H", 3) + hotel("I", 3)


def homes(plan: Plan) -> dict[str, str]:
    """The hotel and floor of each party, by key."""
    return {stay.party: stay.room[:2] for stay in plan.stays}


def test_a_group_lives_near_where_it_works() -> None:
    plan = solve(town((party("A1"), party("A2")), BOTH))

    assert homes(plan) == {"A1": "H1", "A2": "H1"}


def test_a_group_stays_together_though_the_near_hotel_has_a_room() -> None:
    guests = tuple(party(f"A{n}") for n in range(3))

    plan = solve(town(guests, hotel("H", 2) + hotel("I", 3)))

    assert set(homes(plan).values()) == {"I1"}


def test_a_group_is_split_only_where_no_hotel_takes_it_whole() -> None:
    guests = tuple(party(f"A{n}") for n in range(5))

    plan = solve(town(guests, BOTH))

    assert dict(plan.objective)["spread"] == 30 + 5 + 30 + 20


def test_where_beds_are_short_the_lower_level_is_left() -> None:
    groups = group("A", 2), group("B", 1)

    plan = solve(town((party("A1"), party("B1")), hotel("H", 1), groups))

    assert plan.unhoused == ("A1",)


def test_security_sleeps_next_door_and_a_family_behind_one_door() -> None:
    guests = (
        party("A1"),
        party("A2", near=("A3",)),
        party("A3"),
        party("A4", connecting=("A1",)),
    )

    plan = solve(town(guests, hotel("H", 5)))

    assert dict(plan.objective)["near"] == 0


def test_a_secure_group_has_its_floor_to_itself() -> None:
    groups = group("A", secure=True), group("B")
    guests = party("A1"), party("B1"), party("B2")

    plan = solve(town(guests, hotel("H", 2, 2), groups))

    assert not plan.unhoused
    assert homes(plan)["A1"] != homes(plan)["B1"] == homes(plan)["B2"]


def test_one_room_serves_those_who_come_when_others_have_left() -> None:
    guests = party("A1", last=1), party("A2", first=2, last=3)

    assert not solve(town(guests, hotel("H", 1))).unhoused


def test_of_two_equal_rooms_the_accessible_one_is_kept_for_who_needs_it() -> None:
    rooms = hotel("H", 1, accessible=True) + hotel("H", 1, 2)[1:]
    guests = party("A1"), party("A2", accessible=True)

    assert not solve(town(guests, rooms)).unhoused


def test_a_plan_can_say_how_far_it_is_from_the_best() -> None:
    plan = solve(town((party(),), BOTH), proof=Effort(nodes=10))

    assert plan.bound == (("unhoused", 0), ("spread", 35))


def test_the_rooming_list_prints_the_names_the_guests_gave() -> None:
    named = replace(party("A1"), names=("Nguyễn Thị Ánh", "Lê Văn Đức"))
    problem = town((named,), BOTH)

    (line,) = listing(problem, solve(problem))

    assert (line.hotel, line.names) == ("H", ("Nguyễn Thị Ánh", "Lê Văn Đức"))


def test_the_checker_sees_a_floor_that_is_shared() -> None:
    problem = town((party("A1"), party("B1")), BOTH, (group("A"), group("B")))
    plan = solve(problem)
    secure = replace(problem, groups=(group("A", secure=True), group("B")))

    assert [one.code for one in violations(secure, plan)] == ["security"]
