"""A broken promise asks for the word to the guest, until the guest has heard it."""

import pytest

from tests.loop.stories import all_done
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop.commands import promises
from titian.loop.models import Promise


def made(world: World) -> Promise:
    return promises.promise(
        world.arunika.pk,
        "A ramp at the pier",
        owner_team_id=world.boats.pk,
        due_at=NOON + HOUR,
        actor=world.bruna,
        at=NOON,
    )


def broken(world: World) -> Promise:
    return promises.break_off(
        made(world).pk, "No ramp left", actor=world.bruna, at=NOON
    )


def test_it_is_asked_for_until_it_is_given(world: World) -> None:
    promise = broken(world)

    assert all_done(world, NOON + HOUR).count("promise.word_owed") == 2

    promises.give_word(promise.pk, actor=world.marco, at=NOON + HOUR)
    promise.refresh_from_db()
    assert (promise.word_given_at, promise.owes_a_word) == (NOON + HOUR, False)
    assert all_done(world, NOON + 3 * HOUR).count("promise.word_owed") == 2


def test_kept_after_all_no_word_is_owed(world: World) -> None:
    promise = broken(world)
    promises.keep(promise.pk, actor=world.bruna, at=NOON + MINUTE)

    assert "promise.word_owed" not in all_done(world, NOON + HOUR)


def test_the_team_does_not_say_it_for_the_officer(world: World) -> None:
    promise = broken(world)

    for who in (world.bruna, world.ingrid, world.petra, world.for_ingrid):
        with pytest.raises(Forbidden):
            promises.give_word(promise.pk, actor=who, at=NOON)


def test_of_an_open_promise_no_word_is_owed(world: World) -> None:
    with pytest.raises(IllegalMove):
        promises.give_word(made(world).pk, actor=world.marco, at=NOON)


def test_the_register_asks_the_officer_for_it(world: World) -> None:
    promise, marco = broken(world), seen_by("marco")
    form = form_with(marco.get("/promises/").text, f"word-{promise.pk}")

    assert marco.post(form.action, form.values).status_code == 302

    assert f"word-{promise.pk}" not in buttons_of(marco.get("/promises/").text)
    promise.refresh_from_db()
    assert promise.word_given_at == NOON
