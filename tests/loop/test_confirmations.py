"""Those whom a change touches say that it is seen; silence gets louder."""

from uuid import uuid4

import pytest

from tests.loop.steps import DISGUISES
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.consequences import carry_out, claim
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.questions import Break
from titian.loop.commands import confirmations
from titian.loop.models import Confirmation


def asked(world: World) -> Confirmation:
    """The boat desk is asked whether it saw the new hour."""
    found = Break(
        2,
        NOON + HOUR,
        "The boat waits from noon.",
        owner_team_id=world.boats.pk,
        sentence_id="Perahu menunggu sejak tengah hari.",
    )
    return confirmations.ask_for(
        world.event.pk,
        world.arunika.pk,
        "journey:1",
        [found],
        actor=world.wati,
        at=NOON,
    )[0]


def test_the_owner_confirms_once(world: World) -> None:
    one = asked(world)
    for _time in range(2):
        one = confirmations.confirm(one.pk, actor=world.bruna, at=NOON + MINUTE)

    assert (one.confirmed_at, one.confirmed_by_id) == (
        NOON + MINUTE,
        world.bruna.person_id,
    )


@pytest.mark.parametrize("who", ["ingrid", "marco", "petra", "eve"])
def test_others_do_not_confirm_for_them(world: World, who: str) -> None:
    one = asked(world)

    with pytest.raises(Forbidden):
        confirmations.confirm(one.pk, actor=getattr(world, who), at=NOON)


def test_silence_gets_louder_up_to_three(world: World) -> None:
    one = asked(world)
    for minutes in (5, 10, 15, 20, 25):
        while owed := claim(world.event, at=NOON + minutes * MINUTE):
            carry_out(owed)

    one.refresh_from_db()
    assert one.loudness == 3


def test_a_later_change_supersedes_what_was_asked(world: World) -> None:
    first = asked(world)
    asked(world)

    first.refresh_from_db()
    assert first.superseded_at == NOON


@pytest.mark.parametrize("disguise", DISGUISES)
def test_eve_confirms_nothing(world: World, disguise: str) -> None:
    one = asked(world)

    with pytest.raises(Forbidden):
        confirmations.confirm(one.pk, actor=world.nobodies()[disguise], at=NOON)


def test_the_person_who_was_asked_or_a_coordinator_confirms(world: World) -> None:
    found = [
        Break(2, NOON + HOUR, sentence, owner_person_id=world.marco.person_id)
        for sentence in ("One", "Two")
    ]
    one, two = confirmations.ask_for(
        world.event.pk, world.arunika.pk, "x", found, actor=world.wati, at=NOON
    )

    for asked_of, actor in ((one, world.marco), (two, world.wati)):
        confirmed = confirmations.confirm(asked_of.pk, actor=actor, at=NOON)
        assert confirmed.confirmed_by_id == actor.person_id


def test_what_is_superseded_needs_no_word_any_more(world: World) -> None:
    first = asked(world)
    asked(world)

    with pytest.raises(IllegalMove):
        confirmations.confirm(first.pk, actor=world.bruna, at=NOON)


def test_what_is_superseded_gets_no_louder(world: World) -> None:
    first = asked(world)
    confirmations.ask_for(
        world.event.pk, world.arunika.pk, "journey:1", [], actor=world.wati, at=NOON
    )
    while owed := claim(world.event, at=NOON + HOUR):
        carry_out(owed)

    first.refresh_from_db()
    assert first.loudness == 0


def test_a_retry_asks_nobody_twice(world: World) -> None:
    found = [
        Break(2, NOON + HOUR, "One", owner_team_id=world.boats.pk),
        Break(3, NOON + HOUR, "Two", owner_team_id=world.kitchen.pk),
    ]
    key = uuid4()

    first, again = (
        confirmations.ask_for(
            world.event.pk,
            world.arunika.pk,
            "x",
            found,
            actor=world.wati,
            at=NOON,
            key=key,
        )
        for _time in range(2)
    )

    assert (first, Confirmation.objects.count()) == (again, 2)


def test_a_confirmation_retried_is_one_entry(world: World) -> None:
    one, key = asked(world), uuid4()
    for _time in range(2):
        confirmations.confirm(one.pk, actor=world.bruna, at=NOON, key=key)

    assert Entry.objects.filter(verb="confirmation.given").count() == 1


def test_louder_run_twice_is_one_louder(world: World) -> None:
    one, key = asked(world), uuid4()
    for _time in range(2):
        confirmations.louder(one.pk, at=NOON, key=key)

    one.refresh_from_db()
    assert one.loudness == 1
