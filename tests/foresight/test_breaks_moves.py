"""Moving an hour asks everybody whom it touches, if it breaks what was seen."""

from uuid import uuid4

import pytest

from tests.scene import make_activity, make_arrival, seat_at, wind_to
from tests.world import HOUR, MINUTE, NOON, World
from titian.foresight.commands.moves import (
    WorldMovedOn,
    breaks_hash,
    delay_activity,
    delaying,
    expect_arrival,
    expecting,
)
from titian.foresight.queries import breaks
from titian.kernel.actor import FEED, Actor
from titian.kernel.consequences import carry_out, claim
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.commands.journeys import BadHour, call_off, expect
from titian.logistics.models import Journey
from titian.loop.models import Confirmation
from titian.programme.commands.activities import cancel, move
from titian.programme.models import Activity

PLANNED = NOON + HOUR
LATER = PLANNED + 90 * MINUTE
CARS = "The cars of Arunika must be at Sky Field at 14:15."


@pytest.fixture
def journey(world: World) -> Journey:
    return make_arrival(world, PLANNED)


@pytest.fixture
def race(world: World) -> Activity:
    """Pushed by half an hour it takes Arunika from the tea."""
    race = make_activity(world, "Race", NOON, place=world.pier, who=(world.arunika,))
    make_activity(world, "Tea", NOON + HOUR, place=world.hotel, who=(world.selaya,))
    make_activity(world, "Toast", NOON + 70 * MINUTE, HOUR, is_for_all=True)
    return race


def seen_by(actor: Actor, journey: Journey) -> str:
    return breaks_hash(breaks(expecting(journey.pk, LATER, actor=actor, at=NOON)))


def asked() -> list[str]:
    still = Confirmation.objects.filter(superseded_at=None).order_by("pk")
    return list(still.values_list("sentence_en", flat=True))


def work(world: World) -> None:
    """The worker does what is owed now."""
    while owed := claim(world.event, at=NOON):
        carry_out(owed)
        owed.refresh_from_db()
        assert owed.error == ""


def test_moved_everybody_whom_it_touches_is_asked(
    world: World, journey: Journey
) -> None:
    seen = seen_by(world.marco, journey)

    expect_arrival(
        journey.pk,
        LATER,
        seen_breaks_hash=seen,
        reason="head wind",
        actor=world.marco,
        at=NOON,
    )

    journey.refresh_from_db()
    one = Confirmation.objects.get()
    assert (journey.expected_at, journey.delay_reason) == (LATER, "head wind")
    assert (one.sentence_en, one.owner_team, one.delegation, one.by) == (
        CARS,
        world.boats,
        world.arunika,
        LATER - 15 * MINUTE,
    )
    assert "14.15" in one.sentence_id


def test_when_the_world_has_moved_on_nothing_is_kept(
    world: World, journey: Journey
) -> None:
    seen = seen_by(world.marco, journey)
    make_activity(world, "Lunch", NOON + 2 * HOUR, who=(world.arunika,))

    with pytest.raises(WorldMovedOn, match="moved on"):
        expect_arrival(
            journey.pk, LATER, seen_breaks_hash=seen, actor=world.marco, at=NOON
        )

    journey.refresh_from_db()
    assert (journey.expected_at, asked(), Entry.objects.count()) == (None, [], 0)


def test_to_have_moved_on_is_to_be_too_late() -> None:
    assert issubclass(WorldMovedOn, IllegalMove)


def test_who_saw_nothing_moves_nothing(world: World, journey: Journey) -> None:
    with pytest.raises(WorldMovedOn):
        expect_arrival(
            journey.pk, LATER, seen_breaks_hash="", actor=world.marco, at=NOON
        )


def test_a_retry_asks_nobody_twice(world: World, journey: Journey) -> None:
    key, seen = uuid4(), seen_by(world.marco, journey)
    for _ in "ab":
        expect_arrival(
            journey.pk,
            LATER,
            seen_breaks_hash=seen,
            actor=world.marco,
            at=NOON,
            key=key,
        )

    assert asked() == [CARS]
    assert Entry.objects.filter(verb="journey.expected").count() == 1


def test_moved_again_what_was_asked_before_is_superseded(
    world: World, journey: Journey
) -> None:
    seen = seen_by(world.marco, journey)
    expect_arrival(journey.pk, LATER, seen_breaks_hash=seen, actor=world.marco, at=NOON)
    again = LATER + HOUR
    change = expecting(journey.pk, again, actor=world.marco, at=NOON)

    expect_arrival(
        journey.pk,
        again,
        seen_breaks_hash=breaks_hash(breaks(change)),
        actor=world.marco,
        at=NOON,
    )

    assert asked() == ["The cars of Arunika must be at Sky Field at 15:15."]
    assert Confirmation.objects.count() == 2


def test_eve_moves_nothing_whatever_she_saw(world: World, journey: Journey) -> None:
    seen = seen_by(world.marco, journey)

    with pytest.raises(Forbidden):
        expect_arrival(
            journey.pk, LATER, seen_breaks_hash=seen, actor=world.eve, at=NOON
        )


def test_an_hour_past_is_refused(world: World, journey: Journey) -> None:
    with pytest.raises(BadHour):
        expect_arrival(
            journey.pk, NOON - HOUR, seen_breaks_hash="", actor=world.marco, at=NOON
        )


def test_a_delayed_item_moves_what_follows_and_asks(
    world: World, race: Activity
) -> None:
    team, _desk = seat_at(world, "PRO", "Paulo")
    late = NOON + 30 * MINUTE
    change = delaying(race.pk, late, actor=world.wati, at=NOON)

    moved = delay_activity(
        race.pk,
        late,
        seen_breaks_hash=breaks_hash(breaks(change)),
        reason="no wind",
        actor=world.wati,
        at=NOON,
    )

    assert [item.title_en for item in moved] == ["Race"]
    one = Confirmation.objects.get()
    assert (one.sentence_en, one.owner_team, one.delegation) == (
        "Arunika would be at “Race” and “Toast” at the same time.",
        team,
        world.arunika,
    )


def test_a_delay_is_refused_when_the_world_has_moved_on(
    world: World, race: Activity
) -> None:
    with pytest.raises(WorldMovedOn):
        delay_activity(
            race.pk,
            NOON + 30 * MINUTE,
            seen_breaks_hash=breaks_hash([]),
            actor=world.wati,
            at=NOON,
        )

    assert Activity.objects.exclude(expected_starts_at=None).count() == 0


def test_a_retry_of_a_delay_asks_nobody_twice(world: World, race: Activity) -> None:
    key, late = uuid4(), NOON + 30 * MINUTE
    seen = breaks_hash(breaks(delaying(race.pk, late, actor=world.wati, at=NOON)))
    for _ in "ab":
        delay_activity(
            race.pk, late, seen_breaks_hash=seen, actor=world.wati, at=NOON, key=key
        )

    assert len(asked()) == 1


def test_what_a_feed_moves_unseen_is_asked_for_afterwards(
    world: World, journey: Journey
) -> None:
    make_activity(world, "Lunch", NOON + 2 * HOUR, who=(world.arunika,))
    make_activity(world, "Tea", PLANNED - MINUTE, who=(world.arunika,))
    expect(journey.pk, LATER, actor=FEED, at=NOON)

    work(world)

    assert asked() == ["Arunika would not have arrived for “Lunch”.", CARS]


def test_what_a_person_moves_is_not_asked_for_twice(
    world: World, journey: Journey
) -> None:
    seen = seen_by(world.marco, journey)
    expect_arrival(journey.pk, LATER, seen_breaks_hash=seen, actor=world.marco, at=NOON)

    work(world)

    assert Confirmation.objects.count() == 1


def test_late_on_the_evening_itself_a_feed_is_heard_too(
    world: World, journey: Journey
) -> None:
    wind_to(world.event, PLANNED + 15 * MINUTE)
    expect(journey.pk, LATER, actor=FEED, at=PLANNED + 15 * MINUTE)

    while owed := claim(world.event, at=PLANNED + 15 * MINUTE):
        carry_out(owed)

    assert asked() == [CARS]


def test_what_has_come_to_an_end_since_is_not_asked_for(
    world: World, journey: Journey, race: Activity
) -> None:
    expect(journey.pk, LATER, actor=FEED, at=NOON)
    call_off(journey.pk, actor=FEED, at=NOON)
    move(race.pk, NOON + 30 * MINUTE, actor=FEED, at=NOON)
    cancel(race.pk, reason="rain", actor=FEED, at=NOON)

    work(world)

    assert asked() == []


def test_an_arrival_first_heard_of_breaks_nothing_planned(world: World) -> None:
    journey = make_arrival(world, None, precision="day")
    expect(journey.pk, LATER, actor=FEED, at=NOON)

    work(world)

    assert asked() == []


def test_an_item_a_feed_moves_is_asked_for_afterwards(
    world: World, race: Activity
) -> None:
    move(race.pk, NOON + 30 * MINUTE, actor=FEED, at=NOON)

    work(world)

    assert asked() == ["Arunika would be at “Race” and “Toast” at the same time."]


def test_what_the_desk_moves_by_hand_is_the_desks_to_ask(
    world: World, race: Activity
) -> None:
    move(race.pk, NOON + 30 * MINUTE, actor=world.wati, at=NOON)

    work(world)

    assert asked() == []


@pytest.mark.parametrize(("who", "count"), [("selaya", 1), ("", 0)])
def test_a_clash_of_places_is_asked_for_the_guest_it_touches(
    world: World, who: str, count: int
) -> None:
    show = make_activity(world, "Fireworks", NOON, place=world.pier)
    guests = (world.selaya,) if who else ()
    make_activity(world, "Race", NOON + 70 * MINUTE, place=world.pier, who=guests)
    move(show.pk, NOON + 30 * MINUTE, actor=FEED, at=NOON)

    work(world)

    assert (
        asked()
        == ["The pier would hold “Fireworks” and “Race” at the same time."][:count]
    )
