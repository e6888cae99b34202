"""The pages of meetings, pressed as they are drawn."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.talks.table import PLAN, called
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import HOUR, NOON, World, make_person, with_account
from titian.loop.models import Ask, Topic
from titian.programme.models import Activity
from titian.talks.commands.meetings import approve, call, hold, minute
from titian.talks.models import Meeting

HX = {"hx-request": "true"}
TEXT = "We share the pier."
RECORD = {"ask-paper", "decide"}


@pytest.fixture
def meeting(world: World) -> Meeting:
    Topic.objects.create(
        event=world.event, code="boats", name_en="Boats", team=world.boats
    )
    return called(world)


@pytest.fixture
def olav(world: World) -> Client:
    """A guest of Arunika with an account: one of the two sides."""
    with_account(make_person("Olav", world.arunika.party, world.arunika))
    return seen_by("olav")


def address(meeting: Meeting) -> str:
    return f"/meetings/{meeting.pk}/"


def page(client: Client, meeting: Meeting) -> str:
    return client.get(address(meeting)).text


def press(client: Client, meeting: Meeting, button: str, **filled: object) -> Any:
    """Fill in the form around the button and send it as a plain form."""
    form = form_with(page(client, meeting), button)
    assert set(filled) <= form.names
    return client.post(form.action, form.values | filled)


def now(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def test_from_the_agenda_to_a_text_both_sides_agree_on(
    world: World, meeting: Meeting, olav: Client
) -> None:
    marco = seen_by("marco")

    press(marco, meeting, "set-agenda", points="Boats\n\nTowels\n")
    press(marco, meeting, "hold")
    press(marco, meeting, "minute", words=TEXT)
    press(olav, meeting, "approve")
    press(seen_by("eve"), meeting, "approve")

    kept = now(meeting)
    assert [point.words_en for point in kept.agenda.all()] == ["Boats", "Towels"]
    assert (kept.minutes, kept.state) == (TEXT, "approved")


def test_the_officer_agrees_on_the_guests_word(world: World, meeting: Meeting) -> None:
    minute(meeting.pk, TEXT, actor=world.marco, at=NOON)

    press(seen_by("marco"), meeting, "approve")

    kept = now(meeting)
    assert (kept.approved_a_at, kept.approved_b_at) == (NOON, None)


def test_an_action_point_becomes_a_request(world: World, meeting: Meeting) -> None:
    marco = seen_by("marco")

    answer = press(
        marco, meeting, "act-on", words="Lend us oars", due_at="2027-05-01T18:00"
    )

    asked = Ask.objects.get()
    assert (answer.status_code, asked.owner, asked.due_at) == (
        302,
        world.boats,
        NOON + 6 * HOUR,
    )
    assert f'href="/asks/{asked.pk}/"' in page(marco, meeting)


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({"words": ""}, "Say what is to be done."),
        ({"words": "o" * 1001}, "Say it in at most 1,000 characters."),
        ({"words": "Oars", "due_at": "soon"}, "is no day and hour"),
        (
            {"words": "Oars", "delegation": "99999"},
            "Choose one of the two delegations.",
        ),
        ({"words": "Oars", "topic": "99999"}, "Choose what it is about."),
    ],
    ids=["no words", "too many", "no hour", "a stranger", "an unknown topic"],
)
def test_a_bad_action_point_is_a_sentence_and_no_request(
    world: World, meeting: Meeting, filled: dict[str, str], sentence: str
) -> None:
    answer = press(seen_by("marco"), meeting, "act-on", **filled)

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert Ask.objects.count() == 0


def test_an_exact_matter_is_written_as_a_request(
    world: World, meeting: Meeting
) -> None:
    Topic.objects.update(weight="exact")

    answer = press(seen_by("marco"), meeting, "act-on", words="Ten boats")

    assert (answer.status_code, "with every field" in answer.text) == (422, True)
    assert Ask.objects.count() == 0


def test_a_meeting_is_called_and_called_off(world: World, meeting: Meeting) -> None:
    wati = seen_by("wati")
    drawn = form_with(wati.get("/meetings/new/").text, "call")
    filled = {
        "title": "On towels",
        "party_a": str(world.arunika.pk),
        "party_b": str(world.selaya.pk),
        "place": str(world.pier.pk),
        "starts_at": "2027-05-01T15:00",
        "ends_at": "2027-05-01T16:00",
        "agenda": "Towels",
    }
    assert set(filled) <= drawn.names

    answer = wati.post("/meetings/new/", drawn.values | filled)
    second = Meeting.objects.latest("pk")
    press(wati, second, "call-off", words="The pier is closed")

    assert answer["location"] == address(second)
    assert (second.activity.title, second.activity.starts_at) == (
        "On towels",
        NOON + 3 * HOUR,
    )
    assert now(second).state == "cancelled"


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({"party_b": "same"}, "Choose two different delegations."),
        ({"ends_at": "2027-05-01T14:00"}, "It cannot end before it starts."),
        ({"starts_at": "noon"}, "is no day and hour"),
        ({"agenda": "Oars\n" * 41}, "Write at most 40 points"),
        ({"title": ""}, "This field is required."),
    ],
    ids=["one side", "backwards", "no hour", "a long agenda", "no title"],
)
def test_a_call_that_cannot_be_is_a_sentence_and_no_meeting(
    world: World, filled: dict[str, str], sentence: str
) -> None:
    whole = {
        "key": str(uuid4()),
        "title": "On towels",
        "party_a": str(world.arunika.pk),
        "party_b": str(world.selaya.pk),
        "starts_at": "2027-05-01T15:00",
        "ends_at": "2027-05-01T16:00",
        **filled,
    }
    if whole["party_b"] == "same":
        whole["party_b"] = whole["party_a"]

    answer = seen_by("wati").post("/meetings/new/", whole)

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("who", ["marco", "bruna", "eve"])
def test_who_does_not_keep_the_rundown_is_not_offered_a_call(
    world: World, meeting: Meeting, who: str
) -> None:
    client = seen_by(who)

    assert "/meetings/new/" not in client.get("/meetings/").text
    assert client.get("/meetings/new/").status_code == 403
    assert client.post("/meetings/new/", {}).status_code == 403


def test_each_reader_is_drawn_the_buttons_that_are_theirs(
    world: World, meeting: Meeting, olav: Client
) -> None:
    planned = {
        who: buttons_of(page(client, meeting))
        for who, client in {
            "marco": seen_by("marco"),
            "wati": seen_by("wati"),
            "olav": olav,
        }.items()
    }
    minute(meeting.pk, TEXT, actor=world.marco, at=NOON)
    approve(meeting.pk, actor=world.ingrid, at=NOON)
    agreed = {
        who: buttons_of(page(client, meeting))
        for who, client in {"olav": olav, "eve": seen_by("eve")}.items()
    }

    assert planned == {
        "marco": {"set-agenda", "minute", "act-on", "hold"} | RECORD,
        "wati": {"set-agenda", "minute", "hold", "call-off"} | RECORD,
        "olav": set(),
    }
    assert agreed == {"olav": {"differ"}, "eve": {"approve", "differ"}}


def test_somebody_was_faster(world: World, meeting: Meeting) -> None:
    marco = seen_by("marco")
    form = form_with(page(marco, meeting), "hold")
    hold(meeting.pk, actor=world.wati, at=NOON)

    answer = marco.post(form.action, form.values, headers=HX)

    assert (answer.status_code, "<html" in answer.text) == (409, False)
    assert "Somebody was faster" in answer.text


def test_a_double_tap_is_one_act(world: World, meeting: Meeting) -> None:
    marco = seen_by("marco")
    form = form_with(page(marco, meeting), "hold")

    answers = [marco.post(form.action, form.values) for _tap in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_what_is_not_theirs_to_do_is_403_with_a_sentence(
    world: World, meeting: Meeting, olav: Client
) -> None:
    answer = olav.post(f"{address(meeting)}holding/", {"key": str(uuid4())})

    assert answer.status_code == 403
    assert "protocol or a coordinator writes here" in answer.text
    assert now(meeting).state == "planned"


@pytest.mark.parametrize("who", ["bruna", "petra"])
def test_what_they_may_not_see_is_404_by_every_address(
    world: World, meeting: Meeting, who: str
) -> None:
    client = seen_by(who)
    given = {"key": str(uuid4()), "words": "x", "points": "x"}

    answers = [
        client.post(f"{address(meeting)}{noun}/", given)
        for noun in (
            "agenda",
            "holding",
            "minutes",
            "approval",
            "cancellation",
            "action-points",
        )
    ]

    assert {a.status_code for a in (client.get(address(meeting)), *answers)} == {404}
    assert "There is no meeting here" in client.get("/meetings/").text


def test_nobody_who_is_not_signed_in_sees_anything(meeting: Meeting) -> None:
    assert Client().get(address(meeting)).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(world: World, count: int) -> None:
    for _number in range(count):
        call(world.arunika.pk, world.selaya.pk, PLAN, actor=world.wati, at=NOON)
    assert Activity.objects.count() == count
    client = seen_by("marco")

    with CaptureQueriesContext(connection) as asked:
        client.get("/meetings/", headers=HX)

    assert len(asked) == 8


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_action_points(
    world: World, meeting: Meeting, count: int
) -> None:
    marco = seen_by("marco")
    for _number in range(count):
        press(marco, meeting, "act-on", words="Oars")

    with CaptureQueriesContext(connection) as asked:
        marco.get(address(meeting), headers=HX)

    assert len(asked) == 29


def test_where_only_the_day_is_known_no_hour_is_told(
    world: World, meeting: Meeting
) -> None:
    day = Activity.objects.get(pk=meeting.activity_id)
    day.starts_at, day.precision = NOON - 12 * HOUR, Activity.Precision.DAY
    day.save()
    wati = seen_by("wati")

    for where in (
        "/meetings/",
        address(meeting),
        f"/activities/{day.pk}/",
        f"/activities/{day.pk}/seats/",
        f"/delegations/{world.arunika.pk}/",
    ):
        text = wati.get(where).text.partition("<main")[2]
        assert "Sat 1 May" in text
        assert "Sat 1 May 00:00" not in text


def test_a_meeting_of_tomorrow_has_not_taken_place(
    world: World, meeting: Meeting
) -> None:
    Activity.objects.filter(pk=meeting.activity_id).update(
        starts_at=NOON + 24 * HOUR, ends_at=NOON + 25 * HOUR
    )
    wati = seen_by("wati")
    form = form_with(page(wati, meeting), "hold")

    answer = wati.post(form.action, form.values)

    assert (answer.status_code, now(meeting).state) == (422, "planned")
    assert "It is expected on 2 May" in answer.text
