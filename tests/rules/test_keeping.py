"""A rule is amended, replaced or retired by whoever keeps it, and nothing is lost."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.talks.paper import KEY
from tests.world import NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.rules.commands.acknowledging import acknowledge
from titian.rules.commands.keeping import (
    NotARule,
    Successor,
    Wording,
    amend,
    replace,
    retire,
    review,
)
from titian.rules.models import Article
from titian.rules.queries import for_guest, who_has_not_read

Act = Callable[[], Article]
TODAY = NOON.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def dress(world: World) -> Article:
    return Article.objects.create(
        topic="dress", text_en="Dress politely.", subject="dress", owner=world.kitchen
    )


def test_a_replaced_rule_keeps_its_words_and_the_new_one_is_unread(
    world: World, dress: Article
) -> None:
    acknowledge(dress.pk, world.arunika.pk, actor=world.ingrid, at=NOON)
    said = Successor(TOMORROW, "Cover your shoulders.", limit=Decimal(2), unit="m")

    new = replace(dress.pk, world.event.pk, said, actor=world.wati, at=NOON, key=KEY)
    again = replace(dress.pk, world.event.pk, said, actor=world.wati, at=NOON, key=KEY)

    dress.refresh_from_db()
    assert (dress.text_en, dress.valid_to, dress.replaced_by) == (
        "Dress politely.",
        TODAY,
        new,
    )
    assert (again, new.topic, new.subject) == (new, "dress_v2", "dress")
    (left,) = who_has_not_read(world.arunika, TOMORROW)
    assert (left.read, left.of) == (0, 1)


def test_a_rule_repealed_during_the_stay_is_told_as_past(
    world: World, dress: Article
) -> None:
    retire(dress.pk, world.event.pk, TODAY, actor=world.wati, at=NOON)
    world.event.starts_on, world.event.ends_on = TODAY, TOMORROW

    (today,) = for_guest(world.arunika, TODAY)
    (later,) = for_guest(world.arunika, TOMORROW)

    assert (today.is_out_of_date, later.is_out_of_date) == (False, True)


def test_a_slip_of_the_pen_is_corrected_by_the_team_that_keeps_it(
    world: World, dress: Article
) -> None:
    keeper = world.wati
    amend(dress.pk, world.event.pk, Wording("Dress well."), actor=keeper, at=NOON)

    dress.refresh_from_db()
    assert dress.text_en == "Dress well."


@pytest.mark.parametrize("who", ["ingrid", "marco", "bruna", "eve", "for_ingrid"])
def test_nobody_else_touches_the_rules(world: World, dress: Article, who: str) -> None:
    actor = getattr(world, who)
    event = world.event.pk

    acts: tuple[Act, ...] = (
        lambda: amend(dress.pk, event, Wording("No."), actor=actor, at=NOON),
        lambda: replace(dress.pk, event, Successor(TODAY, "No."), actor=actor, at=NOON),
        lambda: retire(dress.pk, event, TODAY, actor=actor, at=NOON),
        lambda: review(dress.pk, event, TOMORROW, actor=actor, at=NOON),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_what_cannot_be_meant_is_refused_in_a_sentence(
    world: World, dress: Article
) -> None:
    Article.objects.filter(pk=dress.pk).update(valid_from=TODAY)
    act: dict[str, Any] = {"actor": world.wati, "at": NOON}
    event = world.event.pk

    acts: tuple[Act, ...] = (
        lambda: amend(dress.pk, event, Wording(" "), **act),
        lambda: amend(dress.pk, event, Wording("So.", audience="age:21"), **act),
        lambda: replace(dress.pk, event, Successor(TODAY, "New."), **act),
        lambda: retire(dress.pk, event, date(2001, 1, 1), **act),
        lambda: review(dress.pk, event, TODAY, **act),
    )
    for refused in acts:
        with pytest.raises(NotARule):
            refused()


def test_what_has_ended_is_neither_replaced_again_nor_made_longer(
    world: World, dress: Article
) -> None:
    act: dict[str, Any] = {"actor": world.wati, "at": NOON}
    replace(dress.pk, world.event.pk, Successor(TOMORROW, "New."), **act)

    with pytest.raises(IllegalMove):
        replace(dress.pk, world.event.pk, Successor(TOMORROW, "Newer."), **act)
    with pytest.raises(IllegalMove):
        retire(dress.pk, world.event.pk, TOMORROW, **act)


def test_a_review_puts_the_next_one_on_a_day_to_come(
    world: World, dress: Article
) -> None:
    Article.objects.filter(pk=dress.pk).update(review_on=TODAY)
    due = list(Article.objects.to_look_at(TOMORROW))

    review(dress.pk, world.event.pk, TOMORROW, actor=world.wati, at=NOON)

    assert (due, list(Article.objects.to_look_at(TOMORROW))) == ([dress], [])
