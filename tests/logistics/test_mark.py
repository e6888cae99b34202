"""A tap on the phone: late, twice and out of order, and none of it does harm."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.scene import make_arrival, wind_to
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.actor import FEED, HOUSE, Actor
from titian.kernel.clock import NotYet
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.commands.journeys import NoMilestone, call_off, mark
from titian.logistics.models import Journey

LANDED_AT = NOON + HOUR


@pytest.fixture
def journey(world: World) -> Journey:
    """Arunika has landed at one; it is four."""
    arrival = make_arrival(world, LANDED_AT)
    wind_to(world.event, NOON + 4 * HOUR)
    return arrival


def told(journey: Journey) -> list[tuple[str, datetime]]:
    rows = journey.milestones.order_by("pk").values_list("state", "happened_at")
    return list(rows)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_the_officer_taps_landed(world: World, journey: Journey) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT)

    journey.refresh_from_db()
    assert (journey.state, told(journey)) == ("landed", [("landed", LANDED_AT)])


def test_the_entry_knows_when_it_was_said_and_when_it_was_heard(
    world: World, journey: Journey
) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT)

    entry = Entry.objects.get()
    milestone = journey.milestones.get()
    assert entry.facts == {
        "state": "landed",
        "said": LANDED_AT.isoformat(),
        "heard": (NOON + 4 * HOUR).isoformat(),
        "before": "scheduled",
        "moved": True,
    }
    assert (entry.said_at, entry.heard_at) == (LANDED_AT, NOON + 4 * HOUR)
    assert (milestone.happened_at, milestone.heard_at) == (LANDED_AT, NOON + 4 * HOUR)


def test_a_tap_reaches_the_pages_of_the_delegation_and_of_the_keepers(
    world: World, journey: Journey
) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT)

    topics = Entry.objects.get().topics
    assert topics == [f"delegation:{world.arunika.pk}", f"event:{world.event.pk}"]


def test_what_happened_earlier_is_told_with_its_own_hour(
    world: World, journey: Journey
) -> None:
    now = NOON + 2 * HOUR

    mark(journey.pk, "landed", happened_at=LANDED_AT, actor=world.marco, at=now)

    assert told(journey) == [("landed", LANDED_AT)]
    assert Entry.objects.get().said_at == now


def test_a_milestone_told_after_a_later_one_does_not_move_the_journey_back(
    world: World, journey: Journey
) -> None:
    mark(journey.pk, "on_the_road", actor=world.marco, at=LANDED_AT + 20 * MINUTE)

    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT)

    journey.refresh_from_db()
    assert journey.state == "on_the_road"
    assert told(journey) == [
        ("on_the_road", LANDED_AT + 20 * MINUTE),
        ("landed", LANDED_AT),
    ]
    assert Entry.objects.order_by("pk").last().facts["moved"] is False  # type: ignore[union-attr]


def test_milestones_may_be_left_out(world: World, journey: Journey) -> None:
    mark(journey.pk, "at_the_hotel", actor=world.marco, at=LANDED_AT + HOUR)

    journey.refresh_from_db()
    assert journey.state == "at_the_hotel"


def test_a_retry_from_the_phone_changes_nothing(world: World, journey: Journey) -> None:
    key = uuid4()
    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT, key=key)

    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT, key=key)

    assert (told(journey), verbs()) == ([("landed", LANDED_AT)], ["journey.marked"])


def test_two_people_who_tell_the_same_are_one_milestone(
    world: World, journey: Journey
) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT)

    mark(journey.pk, "landed", actor=world.bruna, at=LANDED_AT)

    assert (told(journey), verbs()) == ([("landed", LANDED_AT)], ["journey.marked"])


def test_told_again_differently_the_first_stays_and_both_are_in_the_journal(
    world: World, journey: Journey
) -> None:
    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT)

    mark(journey.pk, "landed", actor=world.bruna, at=LANDED_AT + 9 * MINUTE)

    assert told(journey) == [("landed", LANDED_AT)]
    assert verbs() == ["journey.marked", "journey.told_again"]
    assert Entry.objects.get(verb="journey.told_again").facts == {
        "state": "landed",
        "said": (LANDED_AT + 9 * MINUTE).isoformat(),
        "kept": LANDED_AT.isoformat(),
    }


def test_a_retry_of_a_second_telling_changes_nothing_either(
    world: World, journey: Journey
) -> None:
    key, later = uuid4(), LANDED_AT + 9 * MINUTE
    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT)
    mark(journey.pk, "landed", actor=world.bruna, at=later, key=key)

    mark(journey.pk, "landed", actor=world.bruna, at=later, key=key)

    assert verbs() == ["journey.marked", "journey.told_again"]


def test_a_key_used_for_another_journey_is_refused(
    world: World, journey: Journey
) -> None:
    key, other = uuid4(), make_arrival(world, code="J2")
    mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT, key=key)

    with pytest.raises(KeyReused):
        mark(other.pk, "landed", actor=world.marco, at=LANDED_AT, key=key)


def test_an_hour_to_come_is_refused_with_a_sentence(
    world: World, journey: Journey
) -> None:
    with pytest.raises(NotYet, match="still to come"):
        mark(
            journey.pk,
            "landed",
            happened_at=NOON + 4 * HOUR + 6 * MINUTE,
            actor=world.marco,
            at=NOON + 4 * HOUR,
        )

    assert (told(journey), verbs()) == ([], [])


def test_a_phone_may_run_five_minutes_ahead(world: World, journey: Journey) -> None:
    ahead = NOON + 4 * HOUR + 5 * MINUTE

    mark(journey.pk, "landed", actor=world.marco, at=ahead)

    assert told(journey) == [("landed", ahead)]


@pytest.mark.parametrize("state", ["expected", "scheduled", "called_off", "flown", ""])
def test_only_the_four_milestones_are_tapped(
    world: World, journey: Journey, state: str
) -> None:
    with pytest.raises(NoMilestone, match="no such milestone"):
        mark(journey.pk, state, actor=world.marco, at=LANDED_AT)


def test_what_is_called_off_does_not_land(world: World, journey: Journey) -> None:
    call_off(journey.pk, actor=world.bruna, at=NOON)

    with pytest.raises(IllegalMove):
        mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT)


@pytest.mark.parametrize("who", ["marco", "bruna", "wati"])
def test_officer_transport_and_coordinator_may_tell(
    world: World, journey: Journey, who: str
) -> None:
    mark(journey.pk, "landed", actor=getattr(world, who), at=LANDED_AT)

    assert told(journey) == [("landed", LANDED_AT)]


def test_a_feed_may_tell(world: World, journey: Journey) -> None:
    mark(journey.pk, "landed", actor=FEED, at=LANDED_AT)

    assert told(journey) == [("landed", LANDED_AT)]


def test_the_officer_may_tell_on_a_guests_word(world: World, journey: Journey) -> None:
    mark(journey.pk, "landed", actor=world.for_ingrid, at=LANDED_AT)

    entry = Entry.objects.get()
    assert (entry.word_of_id, entry.word_means) == (world.ingrid.person_id, "telephone")


def almost(world: World) -> dict[str, Actor]:
    """Everybody who may not, the guest herself and the press desk among them."""
    nobodies = {k: v for k, v in world.nobodies().items() if v != FEED}
    return {**nobodies, "Ingrid": world.ingrid, "Petra": world.petra, "house": HOUSE}


def test_nobody_else_tells_how_a_journey_goes(world: World, journey: Journey) -> None:
    for actor in almost(world).values():
        with pytest.raises(Forbidden, match="officer or the transport desk"):
            mark(journey.pk, "landed", actor=actor, at=LANDED_AT)

    assert told(journey) == []


def test_an_officer_relieved_tells_nothing_more(world: World, journey: Journey) -> None:
    world.assignment.relieved_at = NOON
    world.assignment.save()

    with pytest.raises(Forbidden):
        mark(journey.pk, "landed", actor=world.marco, at=LANDED_AT)


def test_a_landing_just_after_midnight_keeps_its_instant(world: World) -> None:
    world.event.zone = "Asia/Makassar"
    midnight = datetime.fromisoformat("2027-05-02T00:10:00+08:00")
    wind_to(world.event, midnight + 10 * MINUTE)
    journey = make_arrival(world, midnight - timedelta(minutes=20))

    mark(journey.pk, "landed", actor=world.marco, at=midnight)

    journey.refresh_from_db()
    assert told(journey) == [("landed", midnight)]
    assert (
        journey.milestones.get().happened_at.isoformat() == "2027-05-01T16:10:00+00:00"
    )
