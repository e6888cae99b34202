"""A rule means exactly the people it says, and says of each why."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.briefing.told import OFFICERS, add_officer
from tests.scene import make_activity, make_arrival, make_duty
from tests.world import HOUR, NOON, World, make_person
from titian.briefing.audience import BadRule, Rule, recipients
from titian.logistics.models import Stay
from titian.people.models import FocalPoint, Member
from titian.places.models import Place

HOURS = {"from": NOON.isoformat(), "to": (NOON + HOUR).isoformat()}


@pytest.fixture
def sinta(world: World) -> None:
    """Sinta accompanies the other delegation."""
    add_officer(world, "Sinta", world.selaya)


def meant(world: World, rule: Rule) -> list[str]:
    return [one.person.display for one in recipients(world.event, rule)]


def stay_at_the_inn(world: World) -> None:
    Stay.objects.create(
        event=world.event,
        delegation=world.arunika,
        place=world.hotel,
        from_on=date(2027, 4, 30),
        to_on=date(2027, 5, 2),
    )


def test_all_los_whose_delegation_sleeps_at_the_inn_that_night(
    world: World, sinta: None
) -> None:
    stay_at_the_inn(world)
    sleeps = {"is": "sleeps_at", "place": world.hotel.pk, "on": "2027-05-01"}

    found = recipients(world.event, {"all": [OFFICERS, sleeps]})

    assert [(one.person.display, one.why) for one in found] == [
        (
            "Marco",
            [
                ("is an LO", "adalah LO"),
                ("Arunika sleeps at Lagoon Inn", "Arunika menginap di Lagoon Inn"),
            ],
        )
    ]


def test_who_has_left_the_inn_does_not_sleep_there(world: World) -> None:
    stay_at_the_inn(world)

    assert (
        meant(world, {"is": "sleeps_at", "place": world.hotel.pk, "on": "2027-05-02"})
        == []
    )


@pytest.mark.parametrize("starts", [NOON - HOUR / 2, NOON + HOUR / 2])
def test_whoever_has_something_there_in_those_hours(
    world: World, sinta: None, starts: object
) -> None:
    make_activity(
        world, "Heat", NOON + HOUR / 2, who=(world.arunika,), place=world.pier
    )
    rule = {"all": [OFFICERS, {"is": "passes", "place": world.pier.pk, **HOURS}]}

    assert meant(world, rule) == ["Marco"]


def test_a_place_includes_what_is_part_of_it(world: World) -> None:
    deck = Place.objects.create(code="PIER-DECK", name="The deck", zone="UTC")
    make_activity(world, "Heat", NOON, who=(world.arunika,), place=deck)

    found = meant(world, {"is": "passes", "place": world.pier.pk, **HOURS})

    assert found == ["Ingrid", "Marco"]


def test_an_area_is_all_its_places(world: World) -> None:
    Place.objects.filter(pk=world.pier.pk).update(area="Waterfront")
    make_activity(world, "Heat", NOON, who=(world.selaya,), place=world.pier)

    assert meant(world, {"is": "passes", "area": "Waterfront", **HOURS}) == ["Eve"]


def test_what_is_over_before_touches_nobody(world: World) -> None:
    make_activity(
        world, "Heat", NOON - 2 * HOUR, who=(world.arunika,), place=world.pier
    )

    assert meant(world, {"is": "passes", "place": world.pier.pk, **HOURS}) == []


def test_the_passengers_are_the_group_that_flies(world: World) -> None:
    guard = make_person("Gerd", world.arunika.party, world.arunika)
    Member.objects.filter(person=guard).update(group=Member.Group.SECURITY)
    make_arrival(world, flight="GA 402")

    guests = {"is": "role", "of": ["guest"]}

    assert meant(world, {"all": [guests, {"is": "flight", "flight": "ga402"}]}) == [
        "Ingrid"
    ]


def test_levels_kinds_names_items_teams_and_duties(world: World, sinta: None) -> None:
    heat = make_activity(world, "Heat", NOON, who=(world.selaya,))
    make_duty(world, NOON, NOON + HOUR)
    world.selaya.level = "head_of_state"
    world.selaya.save()
    rules: list[Rule] = [
        {"is": "level", "of": ["head_of_state"]},
        {"is": "party_kind", "of": ["media"]},
        {"is": "delegation", "of": [world.arunika.pk]},
        {"is": "activity", "activity": heat.pk},
        {"is": "team", "of": [world.boats.pk]},
        {"is": "on_duty", **HOURS},
    ]

    assert [meant(world, rule) for rule in rules] == [
        ["Eve", "Sinta"],
        [],
        ["Ingrid", "Marco"],
        ["Eve", "Sinta"],
        ["Bruna"],
        ["Marco"],
    ]


def test_any_joins_and_not_leaves_out(world: World, sinta: None) -> None:
    arunika = {"is": "delegation", "of": [world.arunika.pk]}
    selaya = {"is": "delegation", "of": [world.selaya.pk]}

    assert meant(world, {"any": [arunika, selaya]}) == [
        "Eve",
        "Ingrid",
        "Marco",
        "Sinta",
    ]
    assert meant(world, {"all": [OFFICERS, {"not": arunika}]}) == ["Sinta"]


def test_a_focal_point_is_one_whether_a_guest_or_not(world: World) -> None:
    clerk = make_person("Klara", world.arunika.party)
    FocalPoint.objects.create(delegation=world.arunika, person=clerk)

    assert meant(world, {"is": "role", "of": ["focal_point"]}) == ["Klara"]


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"is": "weather"},
        {"all": []},
        {"some": [{"is": "role", "of": ["officer"]}]},
        {"not": "everybody"},
        {"is": "passes", "place": 1, "from": "soon", "to": "later"},
        {"is": "role", "of": ["king"]},
    ],
)
def test_what_is_no_rule_is_refused_with_a_sentence(world: World, rule: Rule) -> None:
    with pytest.raises(BadRule, match=r"\w+ .*\."):
        recipients(world.event, rule)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_three(world: World, count: int) -> None:
    for number in range(count):
        add_officer(world, f"Nina {number}", world.selaya)

    with CaptureQueriesContext(connection) as asked:
        recipients(
            world.event,
            {"all": [OFFICERS, {"is": "delegation", "of": [world.selaya.pk]}]},
        )

    assert len(asked) == 7
