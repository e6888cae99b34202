"""How was it? On the guest's page and on the phone."""

from datetime import timedelta

from django.test import Client

from tests.api.test_acts import act, outcomes, send
from tests.loop.stories import all_done, said
from tests.people.cast import make_duty, make_officer
from tests.web.pressing import form_with, seen_by
from tests.world import HOUR, MINUTE, NOON, World
from titian.loop.models import Ask, Feedback
from titian.people.models import Assignment
from titian.programme.models import Activity


def dinner(world: World, *, ended: timedelta = HOUR, **traits: object) -> Activity:
    """A dinner of Arunika's that ended an hour ago."""
    made = Activity.objects.create(
        event=world.event,
        code="D1",
        title_en="Dinner at the pier",
        place=world.pier,
        starts_at=NOON - ended - HOUR,
        ends_at=NOON - ended,
        **{"kind": "dinner", **traits},
    )
    made.delegations.add(world.arunika)
    return made


def page() -> str:
    return Client(headers={"accept-language": "en"}).get("/g/ingrid/").content.decode()


def press(button: str, **more: str) -> int:
    form = form_with(page(), button)
    client = Client(headers={"accept-language": "en"})
    return client.post(form.action, {**form.values, **more}).status_code


def test_a_guest_says_in_one_tap_how_the_dinner_was_and_is_not_asked_again(
    world: World,
) -> None:
    made = dinner(world)

    assert press(f"happy-meal-{made.pk}", word="happy") == 302

    said = Feedback.objects.get()
    assert (said.word, said.about, said.subject_id) == ("happy", "meal", made.pk)
    assert "How was it?" not in page()


def test_an_unhappy_guest_reads_at_once_that_her_lo_has_it(world: World) -> None:
    made = dinner(world)

    press(f"unhappy-meal-{made.pk}", word="unhappy", words="Cold soup")
    all_done(world, NOON + MINUTE)

    assert Ask.objects.get().words == "Cold soup"
    assert "received by your LO" in page()


def test_what_is_long_over_or_not_over_is_not_asked_about(world: World) -> None:
    dinner(world, ended=4 * HOUR)

    assert "How was it?" not in page()
    Activity.objects.update(ends_at=NOON + MINUTE)
    assert "How was it?" not in page()


def test_a_word_about_the_lo_reaches_the_coordinators_only(world: World) -> None:
    assert press("tell-coordinators", words="Never there") == 302
    all_done(world, NOON + MINUTE)

    assert "Never there" in seen_by("wati").get("/asks/").content.decode() or (
        Ask.objects.visible_to(world.wati).get().gloss == "Never there"
    )
    assert "Never there" not in seen_by("marco").get("/asks/").content.decode()
    assert "not content" not in seen_by("marco").get("/api/feed").content.decode()


def test_the_desk_replaces_the_lo_once_it_says_why_without_a_hand_over(
    world: World,
) -> None:
    nora = make_officer(world, "Nora", "LO-2")
    said(world)
    make_duty(world.officer, world.arunika, NOON - HOUR, NOON + HOUR)
    press("tell-coordinators", words="Never there")
    all_done(world, NOON)
    ask = Ask.objects.get(is_private=True)
    wati = seen_by("wati")
    form = form_with(wati.get(f"/asks/{ask.pk}/").content.decode(), "replace")
    given = {**form.values, "assignment": world.assignment.pk, "officer": nora.pk}

    refused = wati.post(form.action, given)
    kept = wati.post(form.action, {**given, "reason": "She lost their trust"})

    assert (refused.status_code, kept.status_code) == (409, 302)
    assert "Nobody has accepted these yet" in refused.content.decode()
    present = Assignment.objects.get(delegation=world.arunika, relieved_at=None)
    assert present.officer == nora


def test_a_word_that_is_none_is_said_so(world: World) -> None:
    made = dinner(world)

    assert press(f"happy-meal-{made.pk}", word="grand") == 422


def test_the_lo_brings_the_word_from_her_phone(world: World) -> None:
    made = dinner(world)
    marco = seen_by("marco")
    ended = marco.get("/api/feed").json()["ended"]

    found = send(
        marco,
        act(
            "feedback.give",
            world.arunika.pk,
            arguments={"about": "meal", "word": "fair", "subject_id": made.pk},
            on_word_of=world.ingrid.person_id,
            means="face",
        ),
        act(
            "feedback.give",
            world.arunika.pk,
            arguments={"about": "meal", "word": "happy", "subject_id": made.pk},
        ),
    )

    assert ended == [
        {"about": "meal", "subject": made.pk, "title": "Dinner at the pier"}
    ]
    assert outcomes(found) == [("kept", 200), ("refused", 403)]
    assert marco.get("/api/feed").json()["ended"] == []


def test_the_lo_ends_it_on_her_phone_and_the_guest_reads_what_was_done(
    world: World,
) -> None:
    made = dinner(world, is_private=True)
    press(f"unhappy-meal-{made.pk}", word="unhappy", words="Cold soup")
    all_done(world, NOON + MINUTE)
    marco = seen_by("marco")
    shown = marco.get("/api/feed").json()["asks"][0]

    found = send(
        marco, act("ask.look_after", shown["id"], arguments={"words": "A warm one."})
    )

    assert (shown["recovery"], shown["about"]) == (True, "Dinner at the pier")
    assert outcomes(found) == [("kept", 200)]
    assert "A warm one." in page()


def test_the_desk_ends_it_with_one_tap_and_names_the_item_to_who_sees_it(
    world: World,
) -> None:
    made = dinner(world, is_private=True)
    press(f"unhappy-meal-{made.pk}", word="unhappy")
    all_done(world, NOON + MINUTE)
    ask = Ask.objects.get()
    thread = seen_by("marco").get(f"/asks/{ask.pk}/").content.decode()
    form = form_with(thread, "done-put_right")

    seen_by("marco").post(form.action, {**form.values, "done": "put_right"})

    ask.refresh_from_db()
    assert "Dinner at the pier" in thread
    assert "pier" not in ask.title
    assert (ask.state, ask.closed_at is not None) == ("closed", True)
