"""The rundown: a late start is looked at, then saved."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.scene import make_activity, seat_at
from tests.talks.table import called
from tests.web.pressing import Drawn, form_to, form_with, forms_of, indonesian, seen_by
from tests.world import HOUR, MINUTE, NOON, World
from titian.programme.commands import activities
from titian.programme.models import Activity

TYPED = "2027-05-01T13:40"
START = NOON + HOUR


@pytest.fixture
def lunch(world: World) -> Activity:
    """Lunch at the pier at one, and the talks there right after it."""
    make_activity(world, "Talks", START + HOUR, place=world.pier, who=(world.arunika,))
    return make_activity(world, "Lunch", START, place=world.pier, who=(world.arunika,))


def preview(client: Client, lunch: Activity) -> tuple[str, Drawn]:
    text = client.get(f"/activities/{lunch.pk}/delay/", {"new_start": TYPED}).text
    (form,) = [one for one in forms_of(text) if "seen" in one.names]
    return text, form


def test_a_late_start_shows_what_it_pushes_before_it_is_saved(
    world: World, lunch: Activity
) -> None:
    text, _form = preview(seen_by("wati"), lunch)

    assert "Lunch" in text
    lunch.refresh_from_db()
    assert lunch.expected_starts_at is None


def test_then_it_is_saved(world: World, lunch: Activity) -> None:
    wati = seen_by("wati")
    _text, form = preview(wati, lunch)

    answer = wati.post(form.action, form.values | {"reason": "Rain"})

    assert answer.status_code == 302
    lunch.refresh_from_db()
    assert lunch.expected_starts_at == START + 40 * MINUTE


def test_what_was_looked_at_too_long_ago_is_409(world: World, lunch: Activity) -> None:
    wati = seen_by("wati")
    _text, form = preview(wati, lunch)

    answer = wati.post(form.action, form.values | {"seen": "something else"})

    assert answer.status_code == 409
    assert "The world has moved on" in answer.text
    lunch.refresh_from_db()
    assert lunch.expected_starts_at is None


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("hour", ["soon", "2027-05-01T25:00"])
def test_no_hour_is_422(world: World, lunch: Activity, method: str, hour: str) -> None:
    answer = getattr(seen_by("wati"), method)(
        f"/activities/{lunch.pk}/delay/", {"new_start": hour}
    )

    assert answer.status_code == 422


def test_who_does_not_keep_the_rundown_is_drawn_no_button(
    world: World, lunch: Activity
) -> None:
    marco = seen_by("marco")

    text = marco.get(f"/activities/{lunch.pk}/").text
    tried = marco.post(f"/activities/{lunch.pk}/moves/start/", {"key": str(uuid4())})
    late = marco.post(f"/activities/{lunch.pk}/delay/", {"new_start": TYPED})

    assert not [one for one in forms_of(text) if "/activities/" in one.action]
    assert (tried.status_code, late.status_code) == (403, 403)


def test_it_has_begun_and_is_over(world: World, lunch: Activity) -> None:
    world.event.set_clock(reads=START, speed=0, real=NOON)
    world.event.save()
    _team, _desk = seat_at(world, "VEN", "Vera")
    vera = seen_by("vera")

    for move in ("start", "finish"):
        form = form_with(vera.get(f"/activities/{lunch.pk}/").text, move)
        assert vera.post(form.action, form.values).status_code == 302

    lunch.refresh_from_db()
    assert lunch.state == "finished"


def test_the_slower_one_is_told_so(world: World, lunch: Activity) -> None:
    wati = seen_by("wati")
    wati.post(f"/activities/{lunch.pk}/moves/start/", {"key": str(uuid4())})

    answer = wati.post(f"/activities/{lunch.pk}/moves/start/", {"key": str(uuid4())})

    assert answer.status_code == 409
    assert "Somebody was faster" in answer.text


def test_a_private_item_of_another_side_is_404(world: World) -> None:
    tea = make_activity(
        world, "Tea", START, who=(world.arunika,), is_official=False, is_private=True
    )

    eve = seen_by("eve")

    assert eve.get(f"/activities/{tea.pk}/").status_code == 404
    assert "Tea" not in eve.get("/programme/").text


@pytest.mark.parametrize("address", ["/programme/", "/programme/?day=2027-05-01"])
def test_the_rundown_is_drawn_in_the_houses_own_language(
    world: World, lunch: Activity, address: str
) -> None:
    page = indonesian("marco").get(address)

    assert (page.status_code, '<html lang="id"' in page.text) == (200, True)
    assert "Lunch" in page.text


def test_the_preview_is_drawn_in_the_houses_own_language(
    world: World, lunch: Activity
) -> None:
    text, _form = preview(indonesian("wati"), lunch)

    assert '<html lang="id"' in text


def test_what_is_over_cannot_start_later(world: World, lunch: Activity) -> None:
    lunch.state = Activity.State.CANCELLED
    lunch.save()
    wati = seen_by("wati")

    answers = [
        getattr(wati, method)(
            f"/activities/{lunch.pk}/delay/", {"new_start": TYPED}
        ).status_code
        for method in ("get", "post")
    ]

    assert answers == [409, 409]


def test_the_page_tells_over_and_under_and_by_how_much_the_day_ends_late(
    world: World, lunch: Activity
) -> None:
    lunch.expected_starts_at = START + 40 * MINUTE
    lunch.expected_ends_at = START + 100 * MINUTE
    lunch.delay_reason = "rain"
    lunch.save()

    text = seen_by("wati").get("/programme/").text

    assert "The official day ends 40 min later than planned." in text
    assert "“Lunch” is 40 min late: rain" in text
    assert "“Talks” is 40 min late: it waits for “Lunch”." in text
    assert text.count("40 min over") == 2


def test_a_place_in_another_zone_shows_its_own_hours_and_says_so(
    world: World, lunch: Activity
) -> None:
    world.pier.zone = "Asia/Jayapura"
    world.pier.save()

    text = seen_by("wati").get("/programme/").text

    assert ">WIT</span>" in text
    assert "<b>22:00</b>–23:00" in text


def test_what_nobody_said_has_begun_is_not_called_late(
    world: World, lunch: Activity
) -> None:
    world.event.set_clock(reads=START + 10 * MINUTE, speed=0, real=NOON)
    world.event.save()

    text = seen_by("wati").get("/programme/").text

    assert "no word yet" in text
    assert "“Lunch” is" not in text


def press(client: Client, row: Activity, name: str, **filled: str) -> int:
    """Press the item's button for ``name`` as the page draws it; the status."""
    text = client.get(f"/activities/{row.pk}/").text
    form = form_with(text, name)
    return client.post(form.action, form.values | filled).status_code


def test_what_runs_longer_is_said_with_its_reason(
    world: World, lunch: Activity
) -> None:
    wati = seen_by("wati")
    press(wati, lunch, "start")

    status = press(wati, lunch, "prolong", ends_at="2027-05-01T14:30", reason="toasts")

    lunch.refresh_from_db()
    assert status == 302
    assert lunch.ends == START + 90 * MINUTE
    assert "toasts" in wati.get(f"/activities/{lunch.pk}/").text


@pytest.mark.parametrize("ends_at", ["", "later", "2027-05-01T09:00"])
def test_an_end_that_cannot_be_is_422_with_a_sentence(
    world: World, lunch: Activity, ends_at: str
) -> None:
    wati = seen_by("wati")
    press(wati, lunch, "start")

    status = press(wati, lunch, "prolong", ends_at=ends_at)

    lunch.refresh_from_db()
    assert status == 422
    assert lunch.expected_ends_at is None


def test_an_item_is_cancelled_with_a_reason_and_stays_to_be_seen(
    world: World, lunch: Activity
) -> None:
    wati = seen_by("wati")

    without = press(wati, lunch, "cancel", reason=" ")
    with_one = press(wati, lunch, "cancel", reason="storm")

    lunch.refresh_from_db()
    assert (without, with_one) == (422, 302)
    assert lunch.state == "cancelled"
    assert "storm" in wati.get(f"/activities/{lunch.pk}/").text


def test_who_cancels_what_has_just_ended_reads_that_it_is_over(
    world: World, lunch: Activity
) -> None:
    wati = seen_by("wati")
    form = form_to(
        wati.get(f"/activities/{lunch.pk}/").text,
        f"/activities/{lunch.pk}/moves/cancel/",
    )
    press(wati, lunch, "start")
    press(wati, lunch, "finish")

    answer = wati.post(form.action, form.values | {"reason": "storm"})

    assert answer.status_code == 409
    assert "Somebody was faster" in answer.text


def test_a_meeting_is_not_called_off_behind_its_back(world: World) -> None:
    meeting = called(world)

    text = seen_by("wati").get(f"/activities/{meeting.activity_id}/").text

    assert "/moves/start/" in text
    assert "/moves/cancel/" not in text


def test_the_running_order_and_the_item_follow_what_happens(world: World) -> None:
    lunch = make_activity(world, "Lunch", NOON + 2 * HOUR, who=(world.arunika,))
    wati = seen_by("wati")

    pages = [wati.get(f"/{p}/").text for p in ("programme", f"activities/{lunch.pk}")]

    assert ["verb:activity" in pages[0], f"activity:{lunch.pk}" in pages[1]] == [
        True,
        True,
    ]


def test_what_began_earlier_is_told_with_its_hour_and_why(world: World) -> None:
    lunch = make_activity(world, "Lunch", NOON - 2 * HOUR, who=(world.arunika,))
    wati = seen_by("wati")
    form = form_with(wati.get(f"/activities/{lunch.pk}/").text, "start-then")

    given = {"happened_at": "2027-05-01T10:40", "reason": "The boat was late"}
    answer = wati.post(form.action, form.values | given)

    lunch.refresh_from_db()
    assert (answer.status_code, lunch.started_at) == (302, NOON - 80 * MINUTE)
    page = wati.get("/programme/").text
    assert "“Lunch” is 40 min late: The boat was late" in page


def test_what_ended_earlier_is_told_with_its_hour(world: World) -> None:
    lunch = make_activity(world, "Lunch", NOON - 2 * HOUR, who=(world.arunika,))
    activities.start(lunch.pk, happened_at=NOON - 2 * HOUR, actor=world.wati, at=NOON)
    wati = seen_by("wati")
    form = form_with(wati.get(f"/activities/{lunch.pk}/").text, "finish-then")

    wati.post(form.action, form.values | {"happened_at": "2027-05-01T11:10"})

    lunch.refresh_from_db()
    assert lunch.finished_at == NOON - 50 * MINUTE


def test_an_hour_to_come_is_not_when_it_began(world: World) -> None:
    lunch = make_activity(world, "Lunch", NOON, who=(world.arunika,))
    wati = seen_by("wati")
    form = form_with(wati.get(f"/activities/{lunch.pk}/").text, "start-then")

    answer = wati.post(form.action, form.values | {"happened_at": "2027-05-01T19:00"})

    lunch.refresh_from_db()
    assert (answer.status_code, lunch.started_at) == (422, None)
