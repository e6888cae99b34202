"""What the tests of movement set up: an airport, a landing, an hour of the day."""

from datetime import datetime, timedelta

from tests.world import HOUR, NOON, World, make_party, make_person, seated
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.logistics.models import Journey, Stay, Trip, Vehicle
from titian.people.models import Delegation, Duty, Officer, Party
from titian.places.models import Place, TravelTime
from titian.programme.models import Activity

DRIVE = timedelta(minutes=35)


def wind_to(event: Event, reads: datetime) -> datetime:
    """Let the event's still clock read ``reads``; the moment itself."""
    event.set_clock(reads=reads, speed=0, real=NOON)
    event.save()
    return reads


def make_airport(world: World, zone: str = "UTC") -> Place:
    """An airport, 35 minutes from the inn and 45 from the pier."""
    airport = Place.objects.create(
        code="SKY", name="Sky Field", kind="airport", zone=zone
    )
    TravelTime.objects.create(origin=airport, destination=world.hotel, minutes=35)
    TravelTime.objects.create(origin=airport, destination=world.pier, minutes=45)
    return airport


def make_way(world: World) -> TravelTime:
    """Twenty minutes from the inn to the pier, and Arunika sleeps at the inn."""
    Stay.objects.create(event=world.event, delegation=world.arunika, place=world.hotel)
    return TravelTime.objects.create(
        origin=world.hotel, destination=world.pier, minutes=20
    )


def make_arrival(
    world: World,
    planned_at: datetime | None = NOON + HOUR,
    *,
    delegation: Delegation | None = None,
    code: str = "J1",
    **traits: object,
) -> Journey:
    """Arunika's main party, to land in an hour."""
    airport = Place.objects.filter(code="SKY").first() or make_airport(world)
    given = {"airport": airport, "hotel": world.hotel, **traits}
    return Journey.objects.create(
        event=world.event,
        delegation=delegation or world.arunika,
        code=code,
        planned_at=planned_at,
        **given,
    )


def make_activity(
    world: World,
    title: str,
    starts_at: datetime,
    length: timedelta = HOUR,
    *,
    who: tuple[Delegation, ...] = (),
    **traits: object,
) -> Activity:
    """An item of an hour; code is the title's first letters."""
    activity = Activity.objects.create(
        event=world.event,
        code=title[:20],
        title_en=title,
        starts_at=starts_at,
        ends_at=starts_at + length,
        **traits,
    )
    activity.delegations.set(who)
    return activity


def make_duty(
    world: World, starts_at: datetime, ends_at: datetime, officer: Officer | None = None
) -> Duty:
    """Marco, or another officer, holds Arunika."""
    return Duty.objects.create(
        officer=officer or world.officer,
        delegation=world.arunika,
        role="primary",
        starts_at=starts_at,
        ends_at=ends_at,
    )


def seat_at(world: World, code: str, name: str) -> tuple[Party, Actor]:
    """An inner team with this code, and somebody who sits at it."""
    team = make_party(code, f"{name}'s team", "team")
    return team, seated(world.event, name, team)


def make_car(world: World, plate: str, driver: str = "", **traits: object) -> Vehicle:
    """A car of the boat desk, with a driver if one is named."""
    person = make_person(driver, world.boats) if driver else None
    given = {"car_class": "saloon", "driver": person, **traits}
    return Vehicle.objects.create(event=world.event, plate=plate, **given)


def make_trip(
    world: World,
    car: Vehicle,
    hours: tuple[datetime, datetime] | None = None,
    *,
    delegation: Delegation | None = None,
    journey: Journey | None = None,
) -> Trip:
    """The car is promised to Arunika, for a journey or for these hours."""
    starts_at, ends_at = hours or (None, None)
    return Trip.objects.create(
        event=world.event,
        code=f"T{Trip.objects.count()}",
        vehicle=car,
        delegation=delegation or world.arunika,
        journey=journey,
        starts_at=starts_at,
        ends_at=ends_at,
        origin=world.hotel,
        destination=world.pier,
    )
