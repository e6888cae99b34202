"""What a moved hour would break is known before it is saved, and nothing is kept."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.scene import make_activity, make_arrival, make_duty, seat_at, wind_to
from tests.world import HOUR, MINUTE, NOON, World, make_person
from titian.foresight.commands.moves import delaying, expecting
from titian.foresight.queries import breaks, breaks_hash, mends
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence, Entry
from titian.kernel.policy import Forbidden
from titian.kernel.questions import Break
from titian.logistics.commands.journeys import BadHour, expect, mark
from titian.logistics.models import Journey, Stay
from titian.people.models import Officer
from titian.programme.models import Activity
from titian.talks.models import Meeting

PLANNED = NOON + HOUR
LATER = PLANNED + 90 * MINUTE  # 14:30


@pytest.fixture
def journey(world: World) -> Journey:
    """Arunika is to land at one, and everybody knows."""
    return make_arrival(world, PLANNED)


def found_by(world: World, journey: Journey, expected_at: datetime) -> list[Break]:
    change = expecting(journey.pk, expected_at, actor=world.marco, at=NOON)
    return list(breaks(change))


def sentences(found: Iterable[Break]) -> list[str]:
    return [one.sentence for one in found]


def everything() -> dict[str, list[object]]:
    """Every row of every table."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
    }


def test_the_cars_must_be_there_at_another_hour(world: World, journey: Journey) -> None:
    (found,) = found_by(world, journey, LATER)

    assert found == Break(
        5,
        LATER - 15 * MINUTE,
        "The cars of Arunika must be at Sky Field at 14:15.",
        "logistics.journey",
        journey.pk,
    )
    assert (found.owner_team_id, found.concerns_id) == (
        world.boats.pk,
        world.arunika.pk,
    )


def test_the_hotel_greets_at_another_hour(world: World, journey: Journey) -> None:
    team, _desk = seat_at(world, "ACM", "Agus")
    Stay.objects.create(event=world.event, delegation=world.arunika, place=world.hotel)

    _cars, hotel = found_by(world, journey, LATER)

    assert (hotel.sentence, hotel.by, hotel.owner_team_id) == (
        "Lagoon Inn must be ready to greet Arunika at 15:20.",
        LATER + 50 * MINUTE,
        team.pk,
    )


def test_who_greets_comes_at_another_hour(world: World) -> None:
    team, _desk = seat_at(world, "PRO", "Paulo")
    journey = make_arrival(world, PLANNED, greeters="the mayor", terminal="VVIP")

    found = found_by(world, journey, LATER)

    assert [(one.sentence, one.owner_team_id) for one in found] == [
        ("The cars of Arunika must be at Sky Field, VVIP at 14:15.", world.boats.pk),
        ("Who greets Arunika must be at Sky Field, VVIP at 14:30.", team.pk),
    ]


def test_the_first_item_is_missed(world: World, journey: Journey) -> None:
    lunch = make_activity(
        world, "Lunch", NOON + 3 * HOUR, place=world.pier, who=(world.arunika,)
    )
    make_activity(world, "Dinner", NOON + 7 * HOUR, who=(world.arunika,))
    make_activity(world, "Theirs", NOON + 2 * HOUR, who=(world.selaya,))

    found = found_by(world, journey, LATER)

    missed = next(one for one in found if one.subject_kind == "programme.activity")
    assert missed.sentence == "Arunika would not have arrived for “Lunch”."
    assert (missed.by, missed.level, missed.subject_id) == (
        NOON + 3 * HOUR,
        5,
        lunch.pk,
    )
    assert len(found) == 2


def test_the_way_is_part_of_the_arrival(world: World, journey: Journey) -> None:
    make_activity(
        world, "Lunch", LATER + 44 * MINUTE, place=world.pier, who=(world.arunika,)
    )
    make_activity(
        world, "Tea", LATER + 45 * MINUTE, place=world.pier, who=(world.arunika,)
    )

    found = sentences(found_by(world, journey, LATER))

    assert "Arunika would not have arrived for “Lunch”." in found
    assert "Arunika would not have arrived for “Tea”." not in found


def test_a_private_item_is_missed_without_its_name(
    world: World, journey: Journey
) -> None:
    make_activity(
        world, "Quiet", NOON + 2 * HOUR, who=(world.arunika,), is_private=True
    )

    found = sentences(found_by(world, journey, LATER))

    assert "Arunika would not have arrived for “a private item”." in found


def test_the_advance_team_makes_nobody_late(world: World) -> None:
    make_activity(world, "Lunch", NOON + 2 * HOUR, who=(world.arunika,))
    journey = make_arrival(world, PLANNED, group="advance")

    assert len(found_by(world, journey, LATER)) == 1


def test_a_meeting_is_missed_once_not_twice(world: World, journey: Journey) -> None:
    hour = make_activity(world, "Talk", NOON + 2 * HOUR, who=(world.arunika,))
    Meeting.objects.create(
        event=world.event, activity=hour, party_a=world.arunika, party_b=world.selaya
    )

    found = found_by(world, journey, LATER)

    kinds = sorted(one.subject_kind for one in found)
    assert kinds == ["logistics.journey", "talks.meeting"]


def test_nobody_is_on_duty_at_the_new_hour(world: World, journey: Journey) -> None:
    make_duty(world, NOON, LATER)

    found = found_by(world, journey, LATER)

    assert "No officer is on duty for Arunika at the landing, 14:30." in sentences(
        found
    )
    alone = next(one for one in found if "No officer" in one.sentence)
    assert alone.owner_team_id == world.officer.person.party_id


def test_officers_on_call_do_not_stand_at_the_gate(
    world: World, journey: Journey
) -> None:
    make_duty(world, NOON, LATER)
    on_call = make_duty(world, LATER, LATER + HOUR)
    on_call.mode = "on_call"
    on_call.save()

    found = sentences(found_by(world, journey, LATER))

    assert "No officer is on duty for Arunika at the landing, 14:30." in found


def test_without_a_published_cover_nobody_is_missed(
    world: World, journey: Journey
) -> None:
    assert len(found_by(world, journey, LATER)) == 1


def test_the_officers_hand_over_on_the_way(world: World, journey: Journey) -> None:
    make_duty(world, NOON, LATER + 30 * MINUTE)

    found = found_by(world, journey, LATER)

    handover = next(one for one in found if "hand over" in one.sentence)
    assert handover.sentence == (
        "The officers of Arunika hand over at 15:00, between the landing and the hotel."
    )
    assert handover.owner_person_id == world.marco.person_id


def test_whoever_is_on_duty_then_is_asked(world: World, journey: Journey) -> None:
    make_duty(world, NOON, PLANNED + HOUR)
    rani = Officer.objects.create(
        person=make_person("Rani", world.officer.person.party),
        event=world.event,
        code="LO-2",
    )
    make_duty(world, PLANNED + HOUR, NOON + 9 * HOUR, rani)

    found = found_by(world, journey, LATER)

    told = next(one for one in found if one.owner_person_id)
    assert (told.sentence, told.owner_person_id) == (
        "Rani receives Arunika at 14:30.",
        rani.person_id,
    )


def test_worst_first_then_soonest(world: World, journey: Journey) -> None:
    make_activity(world, "Lunch", NOON + 2 * HOUR, who=(world.arunika,))
    make_activity(world, "Tea", NOON + 2 * HOUR + 5 * MINUTE, who=(world.arunika,))
    world.arunika.level = "head_of_state"
    world.arunika.save()

    found = found_by(world, journey, LATER)

    assert [one.level for one in found] == [1, 1, 1]
    assert [one.by for one in found] == sorted(one.by for one in found)


def test_each_break_is_said_in_both_languages(world: World, journey: Journey) -> None:
    world.arunika.party.name_id = "Republik Arunika"
    world.arunika.party.save()

    with override("id"):
        (found,) = found_by(world, journey, LATER)

    assert "Arunika" in found.sentence and "14:15" in found.sentence
    assert "Republik Arunika" in found.sentence_id and "14.15" in found.sentence_id


def test_past_midnight_the_day_is_told(world: World, journey: Journey) -> None:
    (found,) = found_by(world, journey, NOON + 13 * HOUR)

    assert found.sentence == (
        "The cars of Arunika must be at Sky Field at Sun 2 May 00:45."
    )


def test_an_airport_in_another_zone_tells_its_own_hour(world: World) -> None:
    world.event.zone = "Asia/Makassar"
    world.event.save()
    journey = make_arrival(world, PLANNED)
    airport = journey.airport
    assert airport is not None
    airport.zone = "Asia/Jakarta"
    airport.save()

    (found,) = found_by(world, journey, LATER)

    assert found.sentence == "The cars of Arunika must be at Sky Field at 21:15 WIB."


def test_what_was_broken_before_is_not_the_changes_doing(
    world: World, journey: Journey
) -> None:
    make_activity(world, "Lunch", NOON + 2 * HOUR, who=(world.arunika,))
    expect(journey.pk, LATER, actor=world.marco, at=NOON)

    found = sentences(found_by(world, journey, LATER + HOUR))

    assert found == ["The cars of Arunika must be at Sky Field at 15:15."]


def test_moved_to_where_it_stands_nothing_breaks(
    world: World, journey: Journey
) -> None:
    expect(journey.pk, LATER, actor=world.marco, at=NOON)

    assert found_by(world, journey, LATER) == []


def test_the_way_back_tells_what_a_change_broke(world: World, journey: Journey) -> None:
    make_activity(world, "Lunch", NOON + 2 * HOUR, who=(world.arunika,))
    expect(journey.pk, LATER, actor=world.marco, at=NOON)

    back = expecting(journey.pk, PLANNED, actor=world.marco, at=NOON)

    assert sorted(sentences(mends(back))) == [
        "Arunika would not have arrived for “Lunch”.",
        "The cars of Arunika must be at Sky Field at 14:15.",
    ]


def test_nothing_at_all_is_kept(world: World, journey: Journey) -> None:
    make_activity(world, "Lunch", NOON + 2 * HOUR, who=(world.arunika,))
    before = everything()

    assert found_by(world, journey, LATER) != []

    assert everything() == before
    assert (Entry.objects.count(), Consequence.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_outside_a_transaction_and_no_hook_runs(world: World) -> None:
    journey, ran = make_arrival(world, PLANNED), []
    before = everything()

    with transaction.atomic():
        transaction.on_commit(lambda: ran.append("mine"))
        breaks(expecting(journey.pk, LATER, actor=world.marco, at=NOON))

    assert (everything(), ran) == (before, ["mine"])


def test_what_was_written_around_it_stays(world: World, journey: Journey) -> None:
    with transaction.atomic():
        expect(journey.pk, LATER, actor=world.marco, at=NOON)
        found_by(world, journey, LATER + HOUR)

    journey.refresh_from_db()
    assert (journey.expected_at, Entry.objects.count()) == (LATER, 1)


def test_looking_ahead_needs_the_same_right(world: World, journey: Journey) -> None:
    for actor in (world.eve, world.ingrid, world.petra):
        with pytest.raises(Forbidden):
            breaks(expecting(journey.pk, LATER, actor=actor, at=NOON))

    assert Entry.objects.count() == 0


def test_what_cannot_be_is_refused_beforehand(world: World, journey: Journey) -> None:
    with pytest.raises(BadHour):
        found_by(world, journey, NOON - HOUR)
    wind_to(world.event, PLANNED)
    mark(journey.pk, "landed", actor=world.marco, at=PLANNED)
    with pytest.raises(IllegalMove):
        found_by(world, journey, LATER)


def test_a_delayed_item_takes_people_from_another(world: World) -> None:
    race = make_activity(world, "Race", NOON, place=world.pier, who=(world.arunika,))
    make_activity(
        world, "Tea", NOON + HOUR + 10 * MINUTE, place=world.hotel, is_for_all=True
    )

    found = breaks(delaying(race.pk, NOON + 30 * MINUTE, actor=world.wati, at=NOON))

    assert sentences(found) == [
        "Arunika would be at “Race” and “Tea” at the same time."
    ]
    assert Activity.objects.exclude(expected_starts_at=None).count() == 0


def test_what_was_seen_has_one_hash(world: World, journey: Journey) -> None:
    one = found_by(world, journey, LATER)

    assert breaks_hash(one) == breaks_hash(found_by(world, journey, LATER))
    assert breaks_hash(one) != breaks_hash(found_by(world, journey, LATER + MINUTE))
    assert breaks_hash([]) != breaks_hash(one)


def test_asking_costs_the_same_however_many_arrive(
    world: World, journey: Journey
) -> None:
    with CaptureQueriesContext(connection) as alone:
        found_by(world, journey, LATER)
    for number in range(12):
        make_arrival(world, PLANNED + timedelta(minutes=number), code=f"N{number}")

    with CaptureQueriesContext(connection) as among_many:
        found_by(world, journey, LATER)

    assert len(among_many) == len(alone)
