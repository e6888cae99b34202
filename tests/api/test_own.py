"""An officer with more than one delegation: a switch, one card, and nobody else's."""

import json

import pytest

from tests.api.test_acts import act, outcomes, send
from tests.api.test_feed import feed
from tests.loop.stories import said
from tests.web.pressing import seen_by
from tests.world import HOUR, NOON, WORDS, World, make_party
from titian.loop.commands import asks
from titian.people.commands.assignments import agree
from titian.people.models import Assignment, Delegation, Duty


@pytest.fixture
def relief(world: World) -> Assignment:
    """Marco relieves at Selaya too, once he agrees."""
    return Assignment.objects.create(
        officer=world.officer, delegation=world.selaya, role="relief"
    )


@pytest.fixture
def both(world: World, relief: Assignment) -> Assignment:
    agree(relief.pk, actor=world.marco, at=NOON)
    return relief


def held(world: World, delegation: Delegation, mode: str = "attached") -> Duty:
    return Duty.objects.create(
        officer=world.officer,
        delegation=delegation,
        role="relief",
        mode=mode,
        starts_at=NOON - HOUR,
        ends_at=NOON + HOUR,
    )


def shown(world: World, wanted: int = 0) -> str:
    answer = seen_by("marco").get("/api/feed", {"delegation": wanted})
    code: str = answer.json()["delegation"]["code"]
    return code


def test_he_turns_to_each_of_his_own(world: World, both: Assignment) -> None:
    assert shown(world, world.arunika.pk) == "ARN"
    assert shown(world, world.selaya.pk) == "SLY"


def test_unasked_it_is_the_one_of_this_hour(world: World, both: Assignment) -> None:
    before = shown(world)
    held(world, world.selaya)

    assert (before, shown(world)) == ("ARN", "SLY")


def test_being_with_them_goes_before_being_on_call(
    world: World, both: Assignment
) -> None:
    held(world, world.selaya, "on_call")
    held(world, world.arunika)

    assert shown(world) == "ARN"


def test_the_switch_says_where_he_is_on_duty_and_what_waits(
    world: World, both: Assignment
) -> None:
    held(world, world.selaya, "on_call")
    asks.ask(world.selaya.pk, "Quiet rooms", actor=world.eve, at=NOON)

    mine = feed(seen_by("marco"))["mine"]

    assert [(one["code"], one["on_duty"], one["waiting"]) for one in mine] == [
        ("ARN", "", 0),
        ("SLY", "on_call", 1),
    ]


@pytest.mark.parametrize("how", ["never his", "only asked", "declined", "relieved"])
def test_what_is_not_his_is_not_shown_however_he_asks(world: World, how: str) -> None:
    asks.ask(world.selaya.pk, "Quiet rooms", actor=world.eve, at=NOON)
    if how != "never his":
        Assignment.objects.create(
            officer=world.officer,
            delegation=world.selaya,
            consent={"only asked": "asked", "declined": "declined"}.get(how, "agreed"),
            relieved_at=NOON if how == "relieved" else None,
        )

    found = seen_by("marco").get("/api/feed", {"delegation": world.selaya.pk}).json()

    assert found["delegation"]["code"] == "ARN"
    assert "Quiet rooms" not in json.dumps(found)
    assert [one["code"] for one in found["mine"]] == ["ARN"]


def test_eve_turns_to_nobodys(world: World) -> None:
    said(world)

    found = seen_by("eve").get("/api/feed", {"delegation": world.arunika.pk}).json()

    assert (found["delegation"], found["mine"]) == (None, [])
    assert WORDS not in json.dumps(found)


def test_news_of_the_other_one_is_news(world: World, both: Assignment) -> None:
    marco = seen_by("marco")
    cursor = feed(marco)["cursor"]
    asks.ask(world.selaya.pk, "Quiet rooms", actor=world.eve, at=NOON)

    found = feed(marco, cursor)

    assert found["mine"][1]["waiting"] == 1


def test_what_he_is_asked_is_one_card_with_its_hours(
    world: World, relief: Assignment
) -> None:
    third = Delegation.objects.create(
        party=make_party("TRE", "Trelawn", "state"), event=world.event, level="minister"
    )
    Assignment.objects.create(officer=world.officer, delegation=third, role="relief")
    held(world, world.selaya)
    held(world, third, "on_call")

    card = feed(seen_by("marco"))["asked"]

    assert card["officer"] == world.officer.pk
    assert [(one["code"], one["on_call"]) for one in card["rows"]] == [
        ("SLY", False),
        ("TRE", True),
    ]
    assert card["rows"][0]["hours"] == [
        {"from": (NOON - HOUR).isoformat(), "to": (NOON + HOUR).isoformat()}
    ]


def test_hours_that_are_over_are_no_longer_asked(
    world: World, relief: Assignment
) -> None:
    duty = held(world, relief.delegation)
    duty.starts_at, duty.ends_at = NOON - 2 * HOUR, NOON - HOUR
    duty.save()

    assert feed(seen_by("marco"))["asked"] is None


def test_one_yes_takes_all_that_was_shown_and_nothing_else(
    world: World, relief: Assignment
) -> None:
    later = Assignment.objects.create(
        officer=world.officer,
        delegation=Delegation.objects.create(
            party=make_party("TRE", "Trelawn", "state"),
            event=world.event,
            level="minister",
        ),
    )
    shown = {"assignment_ids": [relief.pk]}

    found = send(
        seen_by("marco"),
        act("officer.agree_to_all", world.officer.pk, arguments=shown),
    )

    relief.refresh_from_db()
    later.refresh_from_db()
    assert outcomes(found) == [("kept", 200)]
    assert (relief.consent, later.consent) == ("agreed", "asked")


@pytest.mark.parametrize(("who", "outcome"), [("wati", "refused"), ("eve", "unseen")])
def test_nobody_says_yes_for_him(
    world: World, relief: Assignment, who: str, outcome: str
) -> None:
    found = send(
        seen_by(who),
        act(
            "officer.agree_to_all",
            world.officer.pk,
            arguments={"assignment_ids": [relief.pk]},
        ),
    )

    relief.refresh_from_db()
    assert (found[0]["outcome"], relief.consent) == (outcome, "asked")
