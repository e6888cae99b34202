"""A promise past its hour is not only its owner's: it climbs by the roster."""

from tests.loop.stories import all_done
from tests.web.pressing import seen_by
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.models import Consequence, Entry
from titian.loop.commands import promises
from titian.loop.models import Promise
from titian.people.models import Person

DUE = NOON + HOUR


def made(world: World) -> Promise:
    return promises.promise(
        world.arunika.pk,
        "A ramp",
        owner_team_id=world.boats.pk,
        due_at=DUE,
        actor=world.bruna,
        at=NOON,
    )


def called(world: World) -> list[list[str]]:
    """By name, those whom each step called."""
    steps = Entry.objects.filter(verb="promise.climbed").order_by("pk")
    people = dict(Person.objects.values_list("pk", "display"))
    return [[people[pk] for pk in step.facts["called"]] for step in steps]


def test_after_the_owner_the_officer_hears_and_then_the_coordinator(
    world: World,
) -> None:
    made(world)

    all_done(world, DUE)
    assert called(world) == []
    all_done(world, DUE + 5 * MINUTE)
    first = called(world)
    all_done(world, DUE + HOUR)

    marco = Person.objects.get(pk=world.marco.person_id or 0).display
    wati = Person.objects.get(pk=world.wati.person_id or 0).display
    assert first == [[marco]]
    assert called(world)[-1] == [wati]
    assert all(len(step) == 1 for step in called(world))


def test_kept_the_climb_is_over(world: World) -> None:
    promise = made(world)
    all_done(world, DUE + 5 * MINUTE)
    promises.keep(promise.pk, actor=world.marco, at=DUE + 6 * MINUTE)

    before = called(world)
    all_done(world, DUE + HOUR)

    assert called(world) == before


def test_each_step_is_told(world: World) -> None:
    made(world)
    all_done(world, DUE + 5 * MINUTE)

    owed = Consequence.objects.filter(entry__verb="promise.climbed")
    handlers = set(owed.values_list("handler", flat=True))
    assert "titian.reactions.loop.tell_of_the_promise" in handlers


def test_what_they_promised_is_asked_for_by_the_officer(world: World) -> None:
    promises.promise(
        world.arunika.pk,
        "The list of names",
        direction=Promise.Direction.THEIRS,
        due_at=DUE,
        actor=world.for_ingrid,
        at=NOON,
    )

    all_done(world, DUE)

    marco = Person.objects.get(pk=world.marco.person_id or 0).display
    assert called(world)[:1] == [[marco]]


def test_the_room_shows_what_is_past_its_hour(world: World) -> None:
    made(world)
    before = seen_by("wati").get("/room/rail/").text

    world.event.set_clock(reads=DUE + MINUTE, speed=0, real=DUE)
    world.event.save()

    after = seen_by("wati").get("/room/rail/").text
    assert ("rail-promises" in before, "rail-promises" in after) == (False, True)
    assert "A ramp" in after
