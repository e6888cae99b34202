"""A promise has an owner and an hour, and is kept or broken in words."""

from typing import Any
from uuid import uuid4

import pytest

from tests.loop.steps import DISGUISES
from tests.loop.stories import all_done
from tests.world import HOUR, NOON, World
from titian.kernel.consequences import carry_out, claim
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal
from titian.loop.commands import asks, promises
from titian.loop.models import Ask, Promise
from titian.loop.queries import kept_rate
from titian.loop.routing import NoTeam


def made(world: World) -> Promise:
    """The boat desk promises a ramp within the hour."""
    return promises.promise(
        world.arunika.pk,
        "I will have a ramp at the pier",
        owner_team_id=world.boats.pk,
        due_at=NOON + HOUR,
        actor=world.bruna,
        at=NOON,
    )


def test_it_is_kept_by_its_owner(world: World) -> None:
    kept = promises.keep(made(world).pk, actor=world.bruna, at=NOON)

    assert (kept.state, kept.settled_at) == (Promise.State.KEPT, NOON)
    assert kept_rate(world.boats, world.event) == (1, 1)


@pytest.mark.parametrize("who", ["ingrid", "eve", "petra"])
def test_others_do_not_say_that_it_is_kept(world: World, who: str) -> None:
    promise = made(world)

    with pytest.raises(Forbidden):
        promises.keep(promise.pk, actor=getattr(world, who), at=NOON)


def test_a_broken_one_needs_a_word(world: World) -> None:
    promise = made(world)
    with pytest.raises(promises.NoPromise):
        promises.break_off(promise.pk, " ", actor=world.bruna, at=NOON)

    broken = promises.break_off(promise.pk, "No ramp left", actor=world.bruna, at=NOON)

    assert (broken.state, broken.settled_words) == ("broken", "No ramp left")
    assert kept_rate(world.boats, world.event) == (0, 1)


def test_breaking_twice_is_too_late(world: World) -> None:
    promise = promises.break_off(made(world).pk, "No ramp", actor=world.bruna, at=NOON)

    with pytest.raises(IllegalMove):
        promises.break_off(promise.pk, "Again", actor=world.bruna, at=NOON)


def test_their_promise_is_given_on_their_word(world: World) -> None:
    theirs = promises.promise(
        world.arunika.pk,
        "We send the names",
        direction="theirs",
        due_at=NOON + HOUR,
        actor=world.for_ingrid,
        at=NOON,
    )

    assert theirs.direction == Promise.Direction.THEIRS
    with pytest.raises(Forbidden):
        promises.promise(
            world.arunika.pk,
            "They pay",
            direction="theirs",
            due_at=NOON,
            actor=world.marco,
            at=NOON,
        )


def test_its_hour_passes_and_is_told_once(world: World) -> None:
    made(world)
    while owed := claim(world.event, at=NOON + 2 * HOUR):
        carry_out(owed)

    assert Entry.objects.filter(verb="promise.overdue").count() == 1


def given(world: World, who: str = "bruna", **named: Any) -> Promise:
    """A promise made by ``who``, with whatever is named instead."""
    details: dict[str, Any] = {
        "words": "A ramp at the pier",
        "owner_team_id": world.boats.pk,
        "due_at": NOON + HOUR,
    }
    return promises.promise(
        world.arunika.pk,
        **(details | named),
        actor=getattr(world, who),
        at=NOON,
    )


OWN = {"owner_team_id": None}
THEIRS = {"direction": "theirs", **OWN}


@pytest.mark.parametrize("who", ["bruna", "marco", "wati"])
def test_who_may_give_the_teams_word(world: World, who: str) -> None:
    assert given(world, who).owner_team == world.boats


@pytest.mark.parametrize("who", ["ingrid", "petra", "eve"])
def test_who_may_not(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        given(world, who)


def test_nobody_becomes_an_owner_by_saying_so(world: World) -> None:
    with pytest.raises(Forbidden):
        given(world, "petra", owner_team_id=None, owner_person_id=world.petra.person_id)


@pytest.mark.parametrize("direction", ["ours", "theirs"])
@pytest.mark.parametrize("disguise", DISGUISES)
def test_eve_promises_nothing(world: World, disguise: str, direction: str) -> None:
    with pytest.raises(Forbidden):
        promises.promise(
            world.arunika.pk,
            "Gold",
            direction=direction,
            owner_team_id=world.boats.pk,
            due_at=NOON + HOUR,
            actor=world.nobodies()[disguise],
            at=NOON,
        )


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("direction", ["ours", "theirs"])
def test_eve_settles_nothing(world: World, disguise: str, direction: str) -> None:
    how = THEIRS if direction == "theirs" else {}
    promise = given(world, "for_ingrid" if how else "bruna", **how)

    for settle in (promises.keep, promises.break_off):
        with pytest.raises(Forbidden):
            settle(promise.pk, "No", actor=world.nobodies()[disguise], at=NOON)


def test_an_officers_own_word_is_hers(world: World) -> None:
    promise = given(world, "marco", **OWN)

    assert promise.owner_person_id == world.marco.person_id
    kept = promises.keep(promise.pk, actor=world.marco, at=NOON)
    assert kept.state == Promise.State.KEPT


def test_a_named_owner_keeps_it_although_another_wrote_it_down(world: World) -> None:
    promise = given(world, "wati", **OWN, owner_person_id=world.petra.person_id)

    kept = promises.keep(promise.pk, "Done", actor=world.petra, at=NOON)

    assert (kept.state, kept.settled_words) == (Promise.State.KEPT, "Done")


def test_their_promise_is_the_speakers(world: World) -> None:
    promise = given(world, "for_ingrid", **THEIRS)

    assert promise.owner_person_id == world.ingrid.person_id
    kept = promises.keep(promise.pk, actor=world.marco, at=NOON)
    assert kept.state == Promise.State.KEPT


@pytest.mark.parametrize("who", ["wati", "for_ingrid"])
def test_who_sees_whether_they_keep_it(world: World, who: str) -> None:
    promise = given(world, "ingrid", **THEIRS)

    broken = promises.break_off(promise.pk, "Late", actor=getattr(world, who), at=NOON)

    assert broken.state == Promise.State.BROKEN


def test_a_side_does_not_promise_for_the_other(world: World) -> None:
    marco, ingrid = world.marco.person_id, world.ingrid.person_id
    with pytest.raises(promises.NoPromise):
        given(world, "marco", owner_team_id=None, owner_person_id=ingrid)
    with pytest.raises(promises.NoPromise):
        given(world, "for_ingrid", **THEIRS, owner_person_id=marco)
    with pytest.raises(promises.NoPromise):
        given(world, "ingrid", direction="theirs", owner_team_id=world.boats.pk)


def test_only_our_own_teams_promise(world: World) -> None:
    with pytest.raises(NoTeam):
        given(world, "marco", owner_team_id=world.arunika.party_id)


def test_it_belongs_to_an_ask_of_the_same_guests(world: World) -> None:
    mine = asks.ask(world.arunika.pk, "A ramp?", actor=world.ingrid, at=NOON)
    hers = asks.ask(world.selaya.pk, "Towels?", actor=world.eve, at=NOON)

    assert given(world, ask_id=mine.pk).ask == mine
    with pytest.raises(Ask.DoesNotExist):
        given(world, ask_id=hers.pk)


@pytest.mark.parametrize(
    ("named", "refusal"),
    [
        ({"words": " "}, promises.NoPromise),
        ({"words": "x" * 301}, promises.NoPromise),
        ({"due_at": NOON}, asks.BadHour),
        ({"direction": "sideways"}, asks.Unknown),
    ],
)
def test_half_a_promise_is_none(
    world: World, named: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        given(world, **named)


def test_too_many_words_settle_nothing(world: World) -> None:
    with pytest.raises(promises.NoPromise):
        promises.keep(given(world).pk, "x" * 301, actor=world.bruna, at=NOON)


def test_what_was_broken_may_still_be_kept_late(world: World) -> None:
    promise = promises.break_off(given(world).pk, "Flat", actor=world.bruna, at=NOON)

    kept = promises.keep(promise.pk, actor=world.bruna, at=NOON + 2 * HOUR)

    assert (kept.state, kept.settled_words) == (Promise.State.KEPT, "")


def test_keeping_twice_is_too_late(world: World) -> None:
    promise = promises.keep(given(world).pk, actor=world.bruna, at=NOON)

    with pytest.raises(IllegalMove):
        promises.keep(promise.pk, actor=world.bruna, at=NOON)


def test_a_retry_of_each_changes_nothing(world: World) -> None:
    for verb, words in (("promise", ()), ("keep", ()), ("break_off", ("Flat",))):
        promise, key = given(world), uuid4()
        for _time in range(2):
            if verb == "promise":
                promises.promise(
                    world.arunika.pk,
                    "Oars",
                    due_at=NOON + HOUR,
                    actor=world.marco,
                    at=NOON,
                    key=key,
                )
            else:
                settle = getattr(promises, verb)
                settle(promise.pk, *words, actor=world.bruna, at=NOON, key=key)

        assert Entry.objects.filter(key=key).count() == 1


def test_its_words_are_sealed_under_the_speakers_key(world: World) -> None:
    given(world, "for_ingrid", **THEIRS)

    entry = Entry.objects.get(verb="promise.made")
    assert entry.about_id == world.ingrid.person_id
    assert unseal(entry) == {"words": "A ramp at the pier"}
    assert "ramp" not in str(entry.facts)


def test_what_is_settled_in_time_is_not_overdue(world: World) -> None:
    promises.keep(given(world).pk, actor=world.bruna, at=NOON)

    assert all_done(world, NOON + 2 * HOUR) == []
