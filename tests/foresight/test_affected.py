"""Near a hotel, on a flight, with a person: as far as one may see."""

from datetime import timedelta

import pytest

from tests.scene import make_arrival
from tests.world import HOUR, NOON, World, make_person
from titian.foresight.affected import affected
from titian.loop.finding import ANY, Condition, NoCondition
from titian.people.models import Person
from titian.programme.models import Activity


def codes(
    world: World, *conditions: Condition, who: str = "wati", **more: str
) -> list[str]:
    found = affected(
        world.event, conditions, actor=getattr(world, who), at=NOON, **more
    )
    return [one.delegation.code for one in found]


def stays(world: World) -> None:
    world.arunika.stays.create(event=world.event, place=world.hotel)


def dined(world: World, *, hours: int = -2) -> None:
    """Both sat at the same table two hours ago."""
    dinner = Activity.objects.create(
        event=world.event,
        code="D1",
        title_en="Dinner",
        place=world.pier,
        starts_at=NOON + hours * HOUR,
        ends_at=NOON + (hours + 1) * HOUR,
    )
    dinner.delegations.set([world.arunika, world.selaya])


def ingrid(world: World) -> str:
    return str(world.ingrid.person_id)


def test_who_sleeps_there_is_near(world: World) -> None:
    stays(world)

    assert codes(world, Condition("near", "inn")) == ["ARN"]


def test_a_place_within_so_many_metres_is_near_and_one_beyond_is_not(
    world: World,
) -> None:
    stays(world)
    world.hotel.lat, world.hotel.lon = -8.8000, 115.2300
    world.pier.lat, world.pier.lon = -8.8050, 115.2300  # 557 metres south
    world.hotel.save()
    world.pier.save()

    assert codes(world, Condition("near", "PIER/600")) == ["ARN"]
    assert codes(world, Condition("near", "PIER/500")) == []


def test_a_flight_is_found_by_its_number_with_or_without_the_space(
    world: World,
) -> None:
    make_arrival(world, flight="GA 881")

    assert codes(world, Condition("flight", "ga881")) == ["ARN"]


def test_who_sat_at_the_same_table_has_met_her_and_her_own_side_is_named(
    world: World,
) -> None:
    dined(world)

    assert codes(world, Condition("met", ingrid(world))) == ["ARN", "SLY"]
    assert codes(world, Condition("met", "ingrid")) == ["ARN", "SLY"]


def test_a_surname_alone_finds_her_and_nobody_whose_name_only_contains_it(
    world: World,
) -> None:
    ingrid = Person.objects.get(display="Ingrid")
    ingrid.display, ingrid.family = "Ingrid Arlo", "Arlo"
    ingrid.save()
    make_person("Carloman", world.selaya.party, world.selaya)

    assert codes(world, Condition("met", "arlo")) == ["ARN"]


def test_of_an_item_known_by_its_day_no_hour_is_told(world: World) -> None:
    dined(world)
    Activity.objects.update(precision="day")

    found = affected(world.event, [Condition("met", "Eve")], actor=world.wati, at=NOON)

    assert found[0].why == [("met Eve, 1 May", "bertemu Eve, 1 Mei")]


@pytest.mark.parametrize("hours", [1, -24 * 5])
def test_what_is_still_to_come_or_long_ago_is_no_meeting(
    world: World, hours: int
) -> None:
    dined(world, hours=hours)

    assert codes(world, Condition("met", ingrid(world))) == ["ARN"]


def test_conditions_combine(world: World) -> None:
    stays(world)
    dined(world)
    near, met = Condition("near", "INN"), Condition("met", ingrid(world))

    assert codes(world, near, met) == ["ARN"]
    assert codes(world, near, met, mode=ANY) == ["ARN", "SLY"]
    assert codes(world, met, Condition("delegation", "ARN", is_not=True)) == ["SLY"]


def test_an_officer_finds_only_her_own_guests(world: World) -> None:
    dined(world)

    assert codes(world, Condition("met", ingrid(world)), who="marco") == ["ARN"]
    assert codes(world, Condition("met", ingrid(world)), who="eve") == ["SLY"]


def test_each_comes_with_its_officers(world: World) -> None:
    (found,) = affected(
        world.event, [Condition("delegation", "ARN")], actor=world.wati, at=NOON
    )

    assert [person.display for person in found.officers] == ["Marco"]
    assert (found.last_at, found.last_place) == (None, "")


@pytest.mark.parametrize(
    "condition",
    [Condition("near", "MOON"), Condition("met", "x"), Condition("mood", "bad")],
)
def test_what_names_nothing_is_refused(world: World, condition: Condition) -> None:
    with pytest.raises(NoCondition):
        codes(world, condition)


def test_reasons_are_told_in_both_languages(world: World) -> None:
    dined(world)
    other = Person.objects.get(display="Eve")

    found = affected(
        world.event,
        [Condition("met", str(other.pk))],
        actor=world.wati,
        at=NOON + timedelta(minutes=1),
    )

    assert found[0].why == [
        ("met Eve, 1 May 10:00", "bertemu Eve, 1 Mei 10.00"),
    ]
