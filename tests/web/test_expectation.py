"""Moving an arrival: first what it touches, then the button that says so."""

import pytest
from django.test import Client

from tests.scene import make_activity, make_arrival, make_car, make_trip
from tests.web.pressing import Drawn, form_with, indonesian, seen_by
from tests.world import HOUR, MINUTE, NOON, World
from titian.foresight.commands.moves import breaks_hash, expect_arrival, expecting
from titian.foresight.queries import breaks
from titian.logistics.models import Journey
from titian.loop.models import Confirmation

PLANNED = NOON + HOUR
LATER = PLANNED + 90 * MINUTE
TYPED = "2027-05-01T14:30"


@pytest.fixture
def journey(world: World) -> Journey:
    make_activity(
        world, "Lunch", NOON + 3 * HOUR, place=world.pier, who=(world.arunika,)
    )
    return make_arrival(world, PLANNED)


def address(journey: Journey) -> str:
    return f"/journeys/{journey.pk}/expectation/"


def preview(client: Client, journey: Journey) -> tuple[str, Drawn]:
    text = client.get(address(journey), {"expected_at": TYPED}).text
    return text, form_with(text, "move")


def test_ninety_minutes_later_is_told_before_it_is_saved(
    world: World, journey: Journey
) -> None:
    text, _form = preview(seen_by("marco"), journey)

    assert "It touches 2 things" in text
    assert "The cars of Arunika must be at Sky Field at 14:15." in text
    assert "would not have arrived for “Lunch”" in text
    journey.refresh_from_db()
    assert (journey.expected_at, Confirmation.objects.count()) == (None, 0)


def test_then_it_is_saved_and_those_it_touches_are_asked(
    world: World, journey: Journey
) -> None:
    marco = seen_by("marco")
    _text, form = preview(marco, journey)

    answer = marco.post(address(journey), form.values)

    assert answer.status_code == 302
    journey.refresh_from_db()
    assert journey.expected_at == LATER
    assert Confirmation.objects.filter(owner_team=world.boats).exists()


def test_a_double_tap_moves_it_once(world: World, journey: Journey) -> None:
    marco = seen_by("marco")
    _text, form = preview(marco, journey)

    answers = [marco.post(address(journey), form.values) for _tap in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Confirmation.objects.filter(owner_team=world.boats).count() == 1


def test_what_was_looked_at_too_long_ago_is_409_with_how_it_stands(
    world: World, journey: Journey
) -> None:
    marco = seen_by("marco")
    _text, form = preview(marco, journey)
    make_activity(world, "Speech", NOON + 2 * HOUR + MINUTE, who=(world.arunika,))

    answer = marco.post(address(journey), form.values)

    assert answer.status_code == 409
    assert "The world has moved on" in answer.text
    assert "“Speech”" in answer.text
    journey.refresh_from_db()
    assert journey.expected_at is None


def test_the_page_as_first_opened_complains_of_nothing(
    world: World, journey: Journey
) -> None:
    answer = seen_by("marco").get(address(journey))

    assert answer.status_code == 200
    assert 'role="alert"' not in answer.text


@pytest.mark.parametrize("hour", ["", "soon", "2027-13-01T10:00"])
def test_no_hour_is_422(world: World, journey: Journey, hour: str) -> None:
    marco = seen_by("marco")

    answers = [
        marco.get(address(journey), {"expected_at": hour}),
        marco.post(address(journey), {"expected_at": hour}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_journey_that_is_called_off_cannot_be_moved(
    world: World, journey: Journey, method: str
) -> None:
    journey.state = Journey.State.CALLED_OFF
    journey.save()

    answer = getattr(seen_by("marco"), method)(address(journey), {"expected_at": TYPED})

    assert answer.status_code == 409
    assert 'role="alert"' in answer.text


def test_an_hour_that_is_past_is_a_sentence(world: World, journey: Journey) -> None:
    answer = seen_by("marco").get(address(journey), {"expected_at": "2027-05-01T09:30"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_stranger_finds_no_journey(world: World, journey: Journey) -> None:
    assert seen_by("eve").get(address(journey)).status_code == 404


def test_the_guest_herself_does_not_move_it(world: World, journey: Journey) -> None:
    answer = seen_by("petra").get(address(journey), {"expected_at": TYPED})

    assert answer.status_code in {403, 404}


def test_it_is_drawn_in_the_houses_own_language(world: World, journey: Journey) -> None:
    text, _form = preview(indonesian("marco"), journey)

    assert '<html lang="id"' in text
    assert "14.15" in text


def test_the_desk_confirms_what_it_was_asked(world: World, journey: Journey) -> None:
    change = expecting(journey.pk, LATER, actor=world.marco, at=NOON)
    expect_arrival(
        journey.pk,
        LATER,
        seen_breaks_hash=breaks_hash(breaks(change)),
        actor=world.marco,
        at=NOON,
    )
    asked = Confirmation.objects.get(owner_team=world.boats)
    bruna = seen_by("bruna")

    answer = bruna.post(
        f"/confirmations/{asked.pk}/", {}, headers={"hx-request": "true"}
    )

    assert answer.status_code == 200
    asked.refresh_from_db()
    assert asked.confirmed_at == NOON


def test_the_desk_is_offered_another_car_and_takes_it(
    world: World, journey: Journey
) -> None:
    car = make_car(world, "SK 1", "Dede")
    make_trip(world, car, journey=journey)
    make_trip(world, car, (LATER, LATER + HOUR), delegation=world.selaya)
    make_car(world, "SK 2", "Eko")
    bruna = seen_by("bruna")

    text, form = preview(bruna, journey)
    assert "SK 1 → <b>SK 2</b> (Eko)" in text
    answer = bruna.post(address(journey), {**form.values, "mend": "0", "back": "room"})

    assert answer.status_code == 302 and "/room/" in answer["Location"]
    assert journey.trips.get().vehicle.plate == "SK 2"


def test_beside_the_room_it_is_a_part_with_who_must_confirm(
    world: World, journey: Journey
) -> None:
    part = seen_by("bruna").get(
        address(journey), {"expected_at": TYPED}, headers={"hx-request": "true"}
    )

    assert "<html" not in part.text and 'id="aside"' in part.text
    assert "To confirm: Boat desk" in part.text


@pytest.mark.parametrize("mend", ["7", "x"])
def test_a_way_that_was_not_shown_is_422(
    world: World, journey: Journey, mend: str
) -> None:
    bruna = seen_by("bruna")
    _text, form = preview(bruna, journey)

    answer = bruna.post(address(journey), {**form.values, "mend": mend})

    assert answer.status_code == 422
    journey.refresh_from_db()
    assert journey.expected_at is None
