"""The phone's door: what it shows of notices, and what may come in through it."""

from typing import Any
from uuid import uuid4

import pytest

from tests.briefing.newsroom import HOLDING, approve_line, burning, make_playbook, said
from tests.briefing.told import copy_of, next_version, sent
from tests.world import NOON, WORDS, World
from titian.api.acts import Act, Outcome, perform
from titian.api.feed import for_officer
from titian.briefing.commands import press
from titian.briefing.models import Notice

GUESTS = {"is": "role", "of": ["guest"]}


def feed(world: World) -> dict[str, Any]:
    return for_officer(world.marco, since=-1)


def act(command: str, subject: int, **arguments: object) -> Act:
    return Act(uuid4(), command, subject, NOON, arguments)


def test_the_phone_shows_old_and_new_and_what_waits_first(world: World) -> None:
    old = sent(world)
    new = next_version(world, old)

    shown = [(one["version"], one["state"]) for one in feed(world)["notices"]]

    assert shown == [(2, "sent"), (1, "superseded")]
    assert feed(world)["notices"][0]["new"] == new.new_en


def test_a_notice_is_news_to_whoever_has_a_copy(world: World) -> None:
    since = feed(world)["cursor"]
    sent(world)

    assert "unchanged" not in for_officer(world.marco, since=since)


def test_one_tap(world: World) -> None:
    copy = copy_of(sent(world), world.marco)

    answer = perform(act("copy.acknowledge", copy.pk), actor=world.marco)

    assert answer.outcome == Outcome.KEPT
    assert feed(world)["notices"][0]["acknowledged"]


def test_too_late_for_the_old_one(world: World) -> None:
    old = sent(world)
    next_version(world, old)
    late = act("copy.acknowledge", copy_of(old, world.marco).pk)

    assert perform(late, actor=world.marco).outcome == Outcome.TOO_LATE


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("eve", Outcome.UNSEEN),
        ("petra", Outcome.REFUSED),
        ("marco", Outcome.REFUSED),
    ],
)
def test_nobody_taps_for_another(world: World, who: str, outcome: Outcome) -> None:
    rule = {"all": [GUESTS, {"is": "delegation", "of": [world.arunika.pk]}]}
    tap = act("copy.acknowledge", copy_of(sent(world, rule), world.ingrid).pk)

    assert perform(tap, actor=getattr(world, who)).outcome == outcome


def test_the_officer_taps_on_the_guests_word(world: World) -> None:
    copy = copy_of(sent(world, GUESTS), world.ingrid)
    tap = Act(
        uuid4(),
        "copy.acknowledge",
        copy.pk,
        NOON,
        on_word_of=world.ingrid.person_id,
        means="face",
    )

    assert perform(tap, actor=world.marco).outcome == Outcome.KEPT


def test_two_taps_to_the_press_desk_and_the_line_is_there(world: World) -> None:
    approve_line(world)
    ask = said(world, WORDS)
    assert feed(world)["asks"][0]["diverted"] is False

    answer = perform(act("ask.divert", ask.pk), actor=world.marco)

    assert answer.outcome == Outcome.KEPT
    assert (feed(world)["asks"][0]["diverted"], feed(world)["holding"]) == (
        True,
        HOLDING[0],
    )
    again = perform(act("ask.divert", ask.pk), actor=world.marco)
    assert again.outcome == Outcome.TOO_LATE


def test_without_a_desk_the_tap_says_so(world: World) -> None:
    world.press.code = "XXX"
    world.press.save()

    answer = perform(act("ask.divert", said(world, WORDS).pk), actor=world.marco)

    assert (answer.outcome, answer.sentence) == (
        Outcome.INVALID,
        "No press desk is set up.",
    )


def test_cards_are_there_while_it_burns_and_go_with_a_tap(world: World) -> None:
    playbook = make_playbook(world)
    assert feed(world)["cards"] == []
    burning(world)

    (card,) = feed(world)["cards"]
    tap = act("card.send_card", world.arunika.pk, playbook_id=card["id"])

    assert perform(tap, actor=world.marco).outcome == Outcome.KEPT
    assert Notice.objects.get(kind="card").formal_en == playbook.card_en


def test_what_was_given_back_is_the_officers_again(world: World) -> None:
    made = press.divert(said(world, WORDS).pk, actor=world.marco, at=NOON)
    press.undo(made.pk, "boats", actor=world.petra, at=NOON)

    assert feed(world)["asks"][0]["diverted"] is False
