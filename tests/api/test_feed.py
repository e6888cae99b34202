"""What the officer's phone shows, and when it is told that nothing changed."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.loop.stories import in_hand, passed, restated, said
from tests.scene import make_activity, make_arrival, make_duty, make_way, wind_to
from tests.web.pressing import seen_by
from tests.world import HOUR, MINUTE, NOON, WORDS, World
from titian.logistics.commands import journeys
from titian.loop.commands import asks
from titian.people.models import Assignment


def feed(client: Client, since: int = -1) -> dict[str, Any]:
    answer = client.get("/api/feed", {"since": since})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_officer_reads_his_delegation(world: World) -> None:
    make_arrival(world)
    make_activity(world, "Lunch", NOON + 2 * HOUR, who=(world.arunika,))
    make_duty(world, NOON, NOON + 8 * HOUR)
    said(world)

    found = feed(seen_by("marco"))

    assert found["delegation"]["code"] == "ARN"
    assert [ask["words"] for ask in found["asks"]] == [WORDS]
    assert "Lunch" in [item["title"] for item in found["next"]]
    assert found["journey"]["planned_at"] == (NOON + HOUR).isoformat()


def test_the_next_three_say_when_to_leave_what_to_wear_and_who_is_in_charge(
    world: World,
) -> None:
    make_way(world)
    for number in range(4):
        make_activity(
            world,
            f"Heat {number}",
            NOON + (1 + 4 * number) * HOUR,
            who=(world.arunika,),
            place=world.pier,
            dress_en="Informal",
            contact=world.boats,
        )

    found = feed(seen_by("marco"))["next"]

    assert [item["title"] for item in found] == ["Heat 0", "Heat 1", "Heat 2"]
    first = found[0]
    assert (first["place"], first["dress"], first["contact"]) == (
        "The pier",
        "Informal",
        world.boats.name,
    )
    assert first["leave_at"] == (NOON + HOUR - 30 * MINUTE).isoformat()


def test_what_was_misheard_is_in_it(world: World) -> None:
    restated(world, how_many="3")

    (ask,) = feed(seen_by("marco"))["asks"]

    assert {one["field"]: one["kind"] for one in ask["differences"]}["how_many"] == (
        "differs"
    )


def test_nothing_new_since_is_a_short_answer(world: World) -> None:
    said(world)
    marco = seen_by("marco")
    cursor = feed(marco)["cursor"]

    found = feed(marco, cursor)

    assert found["unchanged"] is True
    assert "asks" not in found


def test_news_of_another_delegation_is_no_news(world: World) -> None:
    marco = seen_by("marco")
    said(world)
    cursor = feed(marco)["cursor"]
    asks.ask(world.selaya.pk, "Quiet rooms", actor=world.eve, at=NOON)

    assert feed(marco, cursor)["unchanged"] is True


def test_what_is_new_brings_everything(world: World) -> None:
    marco = seen_by("marco")
    said(world)
    cursor = feed(marco)["cursor"]
    passed(world)

    found = feed(marco, cursor)

    assert "unchanged" not in found
    assert len(found["asks"]) == 2


def test_nothing_of_another_delegation_is_in_it(world: World) -> None:
    asks.ask(world.selaya.pk, "Quiet rooms", actor=world.eve, at=NOON)
    make_arrival(world, delegation=world.selaya, code="J9")
    make_activity(
        world, "Selaya's tea", NOON + HOUR, who=(world.selaya,), is_private=True
    )

    told = json.dumps(feed(seen_by("marco")))

    for theirs in ("Quiet rooms", "Selaya", "Eve", "J9"):
        assert theirs not in told


@pytest.mark.parametrize("who", ["eve", "bruna", "petra"])
def test_who_is_no_officer_is_told_of_no_delegation(world: World, who: str) -> None:
    said(world)

    found = feed(seen_by(who))

    assert found["delegation"] is None
    assert WORDS not in json.dumps(found)


def test_an_officer_relieved_is_told_no_more(world: World) -> None:
    said(world)
    Assignment.objects.update(relieved_at=NOON)

    found = feed(seen_by("marco"))

    assert (found["delegation"], WORDS in json.dumps(found)) == (None, False)


def test_nobody_who_is_not_signed_in_reads(world: World) -> None:
    assert Client().get("/api/feed").status_code == 401


def test_ones_own_last_tap_may_be_undone_for_two_minutes(world: World) -> None:
    journey = make_arrival(world)
    journeys.mark(journey.pk, "landed", actor=world.marco, at=NOON)

    fresh = feed(seen_by("marco"))["journey"]
    wind_to(world.event, NOON + 3 * MINUTE)
    later = feed(seen_by("marco"))["journey"]

    until = (NOON + 2 * MINUTE).isoformat()
    assert fresh["undo"] == {"state": "landed", "until": until}
    assert later["undo"] is None


def test_a_tap_that_came_late_keeps_both_hours(world: World) -> None:
    journey = make_arrival(world)
    wind_to(world.event, NOON + HOUR)
    journeys.mark(journey.pk, "landed", actor=world.marco, at=NOON)

    (told,) = feed(seen_by("marco"))["journey"]["milestones"]

    assert told["at"] == NOON.isoformat()
    assert told["heard_at"] == (NOON + HOUR).isoformat()


def test_what_an_answer_promises_is_offered_with_its_hour(world: World) -> None:
    ask = in_hand(world)
    asks.tell(ask.pk, "We are looking", actor=world.bruna, at=NOON)
    (before,) = feed(seen_by("marco"))["asks"]
    asks.answer(ask.pk, "We will send two by 18:30.", actor=world.bruna, at=NOON)

    (found,) = feed(seen_by("marco"))["asks"]

    due = (NOON + 6 * HOUR + 30 * MINUTE).isoformat()
    assert before["meanwhile"] == "We are looking"
    assert (found["meanwhile"], found["offered"]["due_at"]) == ("", due)
