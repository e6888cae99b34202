"""Closures at the desk: whom they touch, and the notice that begins with them."""

from uuid import uuid4

import pytest

from tests.scene import make_activity, make_arrival, make_car, make_trip
from tests.web.pressing import form_with, seen_by
from tests.web.test_notices import TICKS, page
from tests.world import HOUR, NOON, World
from titian.briefing.models import Notice
from titian.briefing.touched import touched_by
from titian.foresight.commands.moves import delaying
from titian.foresight.queries import breaks
from titian.logistics.models import Trip
from titian.places.commands import Closing, close
from titian.places.models import Closure, Place


def at_the_pier(world: World) -> Closure:
    closing = Closing(
        what_en="The pier is closed",
        instead_en="Use the beach",
        reason_en="High waves",
        place_id=world.pier.pk,
        starts_at=NOON,
        ends_at=NOON + HOUR,
    )
    return close(world.event.pk, closing, actor=world.wati, at=NOON)


def test_a_closure_shows_whom_it_touches_and_begins_the_notice(world: World) -> None:
    make_activity(world, "Heat", NOON, who=(world.arunika,), place=world.pier)
    closure, wati = at_the_pier(world), seen_by("wati")
    text = page(wati, f"/closures/{closure.pk}/")
    assert ("Heat" in text, "LO-1" in text) == (True, True)

    drawn = form_with(page(wati, f"/notices/new/?closure={closure.pk}"), "keep-draft")
    held = {name: v for name, v in drawn.values.items() if name not in TICKS}
    wati.post("/notices/new/", {**held, "role": "officer"})

    notice = Notice.objects.get()
    assert (notice.closure, notice.kind) == (closure, "closure")
    assert notice.instead_en == "Use the beach"
    assert "Marco" in page(wati, f"/notices/{notice.pk}/")


def test_how_it_was_stands_there_already(world: World) -> None:
    wati, closure = seen_by("wati"), at_the_pier(world)
    new = f"/notices/new/?closure={closure.pk}"

    alone = form_with(page(wati, new), "keep-draft").values
    make_activity(world, "Heat", NOON, who=(world.arunika,), place=world.pier)
    planned = form_with(page(wati, new), "keep-draft").values

    assert alone["old_en"] == f"{world.pier} is open"
    assert planned["old_en"] == f"{world.pier}, as planned: Heat at 12:00"
    assert planned["old_id"] == f"{world.pier}, sesuai rencana: Heat pukul 12.00"


def asked_at_the_pier(world: World, **other: str) -> tuple[str, dict[str, str]]:
    """The form as the page draws it, filled in for two hours at the pier."""
    form = form_with(page(seen_by("wati"), "/closures/"), "look")
    filled = {
        "place": str(world.pier.pk),
        "starts_at": "2027-05-01T12:00",
        "ends_at": "2027-05-01T14:00",
        "what_en": "Closed",
    }
    return form.action, {**form.values, **filled, **other}


def test_whom_it_touches_is_shown_before_anything_is_closed(world: World) -> None:
    make_activity(world, "Heat", NOON, who=(world.arunika,), place=world.pier)
    car, hours = make_car(world, "DK 7"), (NOON, NOON + HOUR)
    trip = make_trip(world, car, hours)
    Trip.objects.filter(pk=trip.pk).update(destination=world.pier)
    address, filled = asked_at_the_pier(world)

    seen = seen_by("wati").post(address, filled)

    told = [words in seen.text for words in ("Heat", "DK 7", "LO-1")]
    assert (seen.status_code, told, Closure.objects.count()) == (200, [True] * 3, 0)


def test_what_came_to_stand_there_since_is_shown_again(world: World) -> None:
    wati, (address, filled) = seen_by("wati"), asked_at_the_pier(world)
    drawn = form_with(wati.post(address, filled).text, "close")
    make_activity(world, "Heat", NOON, who=(world.arunika,), place=world.pier)

    late = wati.post(address, drawn.values)
    assert (late.status_code, "Heat" in late.text) == (409, True)

    drawn = form_with(late.text, "close")
    wati.post(address, drawn.values)
    assert Closure.objects.get().place == world.pier


def test_moving_an_item_into_a_closed_place_is_told_beforehand(world: World) -> None:
    heat = make_activity(
        world, "Heat", NOON - 2 * HOUR, who=(world.arunika,), place=world.pier
    )
    at_the_pier(world)
    move = delaying(heat.pk, NOON, actor=world.wati, at=NOON - 3 * HOUR)

    (found,) = breaks(move)

    assert (
        found.sentence == f"“Heat” would be at {world.pier}, closed 1 May 12:00–13:00."
    )


def test_closing_and_opening_again(world: World) -> None:
    wati, (address, filled) = seen_by("wati"), asked_at_the_pier(world)
    wrong = wati.post(address, {**filled, "ends_at": "2027-05-01T11:00"})
    assert (wrong.status_code, "ends after it starts" in wrong.text) == (422, True)

    drawn = form_with(wati.post(address, filled).text, "close")
    made = wati.post(address, drawn.values)
    lifting = form_with(page(wati, made["Location"]), "move-lift")
    wati.post(lifting.action, lifting.values)
    again = wati.post(lifting.action, {**lifting.values, "key": str(uuid4())})

    assert again.status_code == 409
    assert "open again" in page(wati, "/closures/")


@pytest.mark.parametrize(("name", "status"), [("bruna", 200), ("marco", 403)])
def test_closures_are_the_hosts_to_read(world: World, name: str, status: int) -> None:
    at_the_pier(world)
    client = seen_by(name)

    answer = client.get("/closures/")

    assert (answer.status_code, 'id="look"' in answer.text) == (status, False)


def test_only_a_coordinator_closes(world: World) -> None:
    closure = at_the_pier(world)

    answer = seen_by("bruna").post(f"/closures/{closure.pk}/lifting/", {"key": uuid4()})

    assert answer.status_code == 403


def test_it_touches_what_lands_there_and_not_what_is_called_off(world: World) -> None:
    landing = make_arrival(world, NOON, hotel=world.pier)
    make_arrival(world, NOON, hotel=world.pier, code="J2", state="called_off")
    make_arrival(world, NOON + 2 * HOUR, hotel=world.pier, code="J3")

    touched = touched_by(at_the_pier(world))

    assert touched.journeys == [landing]
    assert [officer.person.display for officer in touched.officers] == ["Marco"]


def test_an_area_touches_all_its_places(world: World) -> None:
    Place.objects.update(area="Waterfront")
    make_activity(world, "Heat", NOON, who=(world.selaya,), place=world.hotel)
    closing = Closing("Closed", NOON, NOON + HOUR, area="Waterfront")

    closure = close(world.event.pk, closing, actor=world.wati, at=NOON)

    assert [one.title for one in touched_by(closure).activities] == ["Heat"]


def test_nothing_touched_is_said(world: World) -> None:
    closure = at_the_pier(world)

    text = page(seen_by("wati"), f"/closures/{closure.pk}/")

    assert "It touches nothing that we know of." in text
