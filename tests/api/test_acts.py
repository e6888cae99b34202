"""The acts' door: every act has one outcome, and none is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.loop.steps import by_machine
from tests.loop.stories import answered, passed, restated, said
from tests.scene import make_arrival
from tests.web.pressing import seen_by
from tests.world import HOUR, NOON, WORDS, World
from titian.api.doors import LONGEST_BATCH
from titian.kernel.models import Entry
from titian.loop.commands import asks
from titian.loop.models import Ask, Promise
from titian.loop.queries import words_meanwhile


def act(command: str, subject: int, **more: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "command": command,
        "subject": subject,
        "at": NOON.isoformat(),
    } | more


def send(client: Client, *acts: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post(
        "/api/acts", {"acts": list(acts)}, content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()
    return found


def outcomes(found: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(one["outcome"], one["status"]) for one in found]


def test_a_kept_act_names_what_it_made(world: World) -> None:
    (found,) = send(
        seen_by("marco"),
        act(
            "ask.ask",
            world.arunika.pk,
            arguments={"words": WORDS},
            on_word_of=world.ingrid.person_id,
            means="telephone",
        ),
    )

    ask = Ask.objects.get()
    assert (found["outcome"], found["status"], found["subject"]) == (
        "kept",
        200,
        ask.pk,
    )
    assert (ask.words, ask.said_at) == (WORDS, NOON)


def test_what_is_not_his_to_do_is_refused(world: World) -> None:
    found = send(seen_by("marco"), act("ask.close", answered(world).pk))

    assert outcomes(found) == [("refused", 403)]
    assert "on the guest" in found[0]["sentence"]


def test_the_slower_one_is_too_late(world: World) -> None:
    ask = passed(world)
    asks.accept(ask.pk, actor=world.bruna, at=NOON)

    found = send(seen_by("bruna"), act("ask.accept", ask.pk))

    assert outcomes(found) == [("too_late", 409)]
    assert "Somebody was faster" in found[0]["sentence"]


@pytest.mark.parametrize("who", ["eve", "petra"])
def test_another_partys_ask_is_unseen(world: World, who: str) -> None:
    ask = answered(world)

    found = send(seen_by(who), act("ask.close", ask.pk), act("ask.close", 99_999))

    assert outcomes(found) == [("unseen", 404), ("unseen", 404)]
    assert found[0]["sentence"] == found[1]["sentence"]
    ask.refresh_from_db()
    assert ask.state == "answered"


@pytest.mark.parametrize(
    "guest",
    ["eve", 99_999, -1],
    ids=["another party's", "not there", "below nobody"],
)
def test_nobody_brings_a_strangers_word(world: World, guest: str | int) -> None:
    other = world.eve.person_id if guest == "eve" else guest

    found = send(
        seen_by("marco"), act("ask.close", answered(world).pk, on_word_of=other)
    )

    assert outcomes(found)[0] in {("refused", 403), ("unseen", 404)}
    assert Ask.objects.get().state == "answered"


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("ask.reopen", {}),
        ("ask.reopen", {"reason": ""}),
        ("ask.reopen", {"reason": 5}),
        ("ask.reopen", {"reason": "late", "actor": "me"}),
        ("ask.explode", {}),
        ("ask.correct", {"details": "two"}),
    ],
    ids=["missing", "empty", "a number", "an actor", "unknown", "not fields"],
)
def test_bad_input_is_a_sentence(
    world: World, command: str, arguments: dict[str, Any]
) -> None:
    ask = answered(world) if command == "ask.reopen" else restated(world)

    found = send(
        seen_by("marco"),
        act(command, ask.pk, arguments=arguments, on_word_of=world.ingrid.person_id),
    )

    assert outcomes(found) == [("invalid", 422)]
    assert found[0]["sentence"]


@pytest.mark.parametrize(
    "more",
    [
        {"on_word_of": 2**63},
        {"arguments": {"reason": "late", "at": "x"}},
        {"arguments": {"reason": "\ud800"}},
        {"at": "9999-12-31T23:59:59-12:00"},
    ],
    ids=["a word from afar", "two moments", "half a letter", "the last night"],
)
def test_what_nobody_can_mean_stops_no_batch(
    world: World, more: dict[str, Any]
) -> None:
    ask, journey = answered(world), make_arrival(world)
    landed = act("journey.mark", journey.pk, arguments={"state": "landed"})
    strange = {"arguments": {"reason": "late"}} | more

    found = send(seen_by("marco"), act("ask.reopen", ask.pk, **strange), landed)

    assert outcomes(found)[0][0] in {"invalid", "refused", "unseen"}
    assert outcomes(found)[1] == ("kept", 200)


def test_the_way_a_word_came_is_no_place_for_words(world: World) -> None:
    ask = answered(world)

    found = send(
        seen_by("marco"),
        act(
            "ask.close",
            ask.pk,
            on_word_of=world.ingrid.person_id,
            means="by telephone, for she is ill",
        ),
    )

    assert outcomes(found) == [("kept", 200)]
    assert Entry.objects.latest("pk").word_means == "other"


def test_what_was_left_out_is_invalid(world: World) -> None:
    ask = passed(world, Ask.Weight.EXACT)

    found = send(
        seen_by("bruna"),
        act("ask.restate", ask.pk, arguments={"heard_as": {"where": "the pier"}}),
    )

    assert outcomes(found) == [("invalid", 422)]


def test_a_moment_without_a_zone_is_invalid(world: World) -> None:
    due = act(
        "promise.promise",
        world.arunika.pk,
        arguments={"words": "Oars", "direction": "ours", "due_at": "2027-05-01T18:00"},
    )
    bare = act("ask.hear", passed(world).pk, at="2027-05-01T12:00:00")

    found = [*send(seen_by("marco"), due), *send(seen_by("bruna"), bare)]

    assert outcomes(found) == [("invalid", 422), ("invalid", 422)]
    assert Promise.objects.count() == 0


def test_one_refused_does_not_stop_the_rest(world: World) -> None:
    journey, ask = make_arrival(world), said(world)
    landed = act("journey.mark", journey.pk, arguments={"state": "landed"})
    refused = act("ask.close", ask.pk)
    hotel = act("journey.mark", journey.pk, arguments={"state": "at_the_hotel"})

    found = send(seen_by("marco"), landed, refused, hotel)

    assert [one["outcome"] for one in found][::2] == ["kept", "kept"]
    assert found[1]["outcome"] != "kept"
    assert [one["key"] for one in found] == [a["key"] for a in (landed, refused, hotel)]
    assert journey.milestones.count() == 2


def test_two_hundred_acts_are_answered_each_in_its_place(world: World) -> None:
    journey = make_arrival(world)
    taps = [
        act("journey.mark", journey.pk, arguments={"state": "landed"})
        for _number in range(LONGEST_BATCH)
    ]

    found = send(seen_by("marco"), *taps)

    assert [one["key"] for one in found] == [tap["key"] for tap in taps]
    assert {one["outcome"] for one in found} == {"kept"}
    assert journey.milestones.count() == 1


def test_more_acts_than_fit_are_refused_together_and_none_is_done(
    world: World,
) -> None:
    journey = make_arrival(world)
    tap = act("journey.mark", journey.pk, arguments={"state": "landed"})

    answer = seen_by("marco").post(
        "/api/acts",
        {"acts": [tap] * (LONGEST_BATCH + 1)},
        content_type="application/json",
    )

    assert answer.status_code == 413
    assert "At most 200 acts" in answer.json()["detail"]
    assert journey.milestones.count() == 0


def test_the_same_key_twice_is_one_act(world: World) -> None:
    tapped = act(
        "ask.ask",
        world.arunika.pk,
        arguments={"words": WORDS},
        on_word_of=world.ingrid.person_id,
    )
    marco = seen_by("marco")

    first, again = send(marco, tapped), send(marco, tapped, tapped)

    assert [*again] == [*first, *first]
    assert (Ask.objects.count(), Entry.objects.filter(verb="ask.said").count()) == (
        1,
        1,
    )


def test_a_key_used_for_another_act_is_invalid(world: World) -> None:
    ask = passed(world)
    taken = act("ask.accept", ask.pk)
    bruna = seen_by("bruna")

    found = send(
        bruna, taken, taken | {"command": "ask.answer", "arguments": {"words": "Yes"}}
    )

    assert outcomes(found) == [("kept", 200), ("invalid", 422)]


def test_it_happened_when_it_was_tapped_not_when_it_came(world: World) -> None:
    journey = make_arrival(world)
    world.event.set_clock(reads=NOON + HOUR, speed=0, real=NOON)
    world.event.save()

    send(
        seen_by("marco"),
        act("journey.mark", journey.pk, arguments={"state": "landed"}),
    )

    assert journey.milestones.get().happened_at == NOON


def test_nobody_who_is_not_signed_in_acts(world: World) -> None:
    answer = Client().post(
        "/api/acts",
        {"acts": [act("ask.close", answered(world).pk)]},
        content_type="application/json",
    )

    assert answer.status_code == 401
    assert Ask.objects.get().state == "answered"


def test_another_site_cannot_act_for_him(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = seen_by("marco").cookies

    answer = client.post("/api/acts", {"acts": []}, content_type="application/json")

    assert answer.status_code == 403


def test_what_the_phone_and_the_desk_can_say_comes_through_the_door(
    world: World,
) -> None:
    ask = by_machine(world)

    found = [
        *send(seen_by("marco"), act("ask.verify_gloss", ask.pk)),
        *send(
            seen_by("bruna"), act("ask.tell", ask.pk, arguments={"words": "Looking"})
        ),
    ]

    assert outcomes(found) == [("kept", 200), ("kept", 200)]
    ask.refresh_from_db()
    assert ask.gloss_is_machine is False
    assert words_meanwhile([ask])[ask.pk].words == "Looking"
