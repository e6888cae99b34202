"""Too late is 409 on every page of the desk, with how it stands now."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.exchange.files import csv_file, previewed
from tests.scene import make_activity, make_arrival
from tests.web.pressing import buttons_of, seen_by
from tests.web.test_delegation import promised
from tests.web.test_files import GOOD, PEOPLE
from tests.world import HOUR, NOON, World
from titian.exchange import commands as exchange
from titian.logistics.commands import journeys
from titian.loop.commands import promises
from titian.loop.models import Confirmation
from titian.programme.commands import activities

HX = {"HX-Request": "true"}


def waiting(world: World) -> Confirmation:
    """Something that the boat desk is asked to confirm."""
    return Confirmation.objects.create(
        event=world.event,
        delegation=world.arunika,
        change="journey:1",
        subject_kind="people.delegation",
        subject_id=world.arunika.pk,
        sentence_en="The boats of Arunika must be there at six.",
        sentence_id="Perahu Arunika harus ada pukul enam.",
        level=1,
        owner_team=world.boats,
        asked_at=NOON,
        by=NOON + HOUR,
    )


def a_superseded_confirmation(world: World) -> tuple[str, str]:
    asked = waiting(world)
    asked.superseded_at = NOON
    asked.save()
    return f"/confirmations/{asked.pk}/", "Arunika"


def a_settled_promise(world: World) -> tuple[str, str]:
    promise = promised(world)
    promises.keep(promise.pk, actor=world.bruna, at=NOON)
    return f"/promises/{promise.pk}/settlement/", "Oars by six"


def a_journey_called_off(world: World) -> tuple[str, str]:
    journey = make_arrival(world)
    journeys.call_off(journey.pk, actor=world.wati, at=NOON)
    return f"/journeys/{journey.pk}/milestones/", "Arunika"


def an_item_that_runs(world: World) -> tuple[str, str]:
    lunch = make_activity(world, "Lunch", NOON, HOUR)
    activities.start(lunch.pk, actor=world.wati, at=NOON)
    return f"/activities/{lunch.pk}/moves/start/", "Lunch"


def a_file_taken_in(world: World) -> tuple[str, str]:
    one = previewed(world, "people", csv_file(PEOPLE, GOOD))
    exchange.accept(one.pk, actor=world.wati, at=NOON)
    return f"/files/{one.pk}/acceptance/", "This list has already been brought in."


def a_file_not_taken_in(world: World) -> tuple[str, str]:
    one = previewed(world, "people", csv_file(PEOPLE, GOOD))
    return (
        f"/files/{one.pk}/undoing/",
        "This list is not in, so there is nothing to undo.",
    )


@pytest.mark.parametrize(
    "late",
    [
        a_superseded_confirmation,
        a_settled_promise,
        a_journey_called_off,
        an_item_that_runs,
        a_file_taken_in,
        a_file_not_taken_in,
    ],
)
def test_too_late_is_409_with_how_it_stands(
    world: World, late: Callable[[World], tuple[str, str]]
) -> None:
    address, shown = late(world)

    answer = seen_by("wati").post(address, {"key": str(uuid4()), "state": "landed"})

    assert answer.status_code == 409
    assert "note-late" in answer.text
    assert shown in answer.text


def test_beside_the_board_the_part_alone_says_so(world: World) -> None:
    address, _shown = a_superseded_confirmation(world)

    answer = seen_by("wati").post(address, {"key": str(uuid4())}, headers=HX)

    assert (answer.status_code, "<html" in answer.text) == (409, False)
    assert "Somebody was faster" in answer.text


def test_a_page_of_no_row_still_says_that_it_was_too_late(world: World) -> None:
    key = str(uuid4())
    bruna = seen_by("bruna")
    asked = waiting(world)
    bruna.post(f"/confirmations/{asked.pk}/", {"key": key})

    answer = seen_by("marco").post(
        "/asks/new/",
        {
            "key": key,
            "delegation": world.arunika.pk,
            "said_by": world.ingrid.person_id,
            "words": "Oars",
            "channel": "face",
        },
    )

    assert answer.status_code == 409
    assert "nothing was changed by it" in answer.text


@pytest.mark.parametrize(
    ("who", "may"), [("bruna", True), ("wati", True), ("marco", False)]
)
def test_only_who_may_confirm_is_drawn_the_button(
    world: World, who: str, may: bool
) -> None:
    asked = waiting(world)
    client = seen_by(who)

    page = client.get(f"/delegations/{world.arunika.pk}/").text
    answer = client.post(f"/confirmations/{asked.pk}/", {"key": str(uuid4())})

    assert asked.sentence_en in page
    assert (f"confirm-{asked.pk}" in buttons_of(page)) is may
    assert answer.status_code == (302 if may else 403)


def test_the_room_draws_the_button_only_to_who_may(world: World) -> None:
    asked = waiting(world)
    confirmations_of = f"/delegations/{world.arunika.pk}/aside/"

    drawn = {
        who: f"confirm-{asked.pk}" in seen_by(who).get(confirmations_of).text
        for who in ("bruna", "wati", "petra")
    }

    assert drawn == {"bruna": True, "wati": True, "petra": False}
