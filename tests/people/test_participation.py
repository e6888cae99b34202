"""Who comes is stated with the paper that says so, and counted at once."""

from datetime import date
from uuid import uuid4

import pytest

from tests.world import NOON, World, make_party, seated
from titian.kernel.actor import FEED, Actor
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.commands.delegations import (
    NoPaper,
    NoSuchStep,
    NotLower,
    state_participation,
)
from titian.people.models import Participation, Seat
from titian.people.queries import counts_by_level

APRIL = date(2027, 4, 2)


def state(world: World, move: str, actor: Actor, **more: object) -> None:
    given = {"stated_on": APRIL, "document": "Note 12", "at": NOON, **more}
    state_participation(world.arunika.pk, move, actor=actor, **given)  # type: ignore[arg-type]
    world.arunika.refresh_from_db()


def test_the_step_is_kept_with_its_paper(world: World) -> None:
    state(world, "confirm", world.wati, source="the embassy")

    (step,) = Participation.objects.all()
    assert (step.status, step.level) == ("confirmed", "minister")
    assert (step.stated_on, step.document, step.source) == (
        APRIL,
        "Note 12",
        "the embassy",
    )
    entry = Entry.objects.get(verb="delegation.confirmed")
    assert entry.concerns_id == world.arunika.pk
    assert "Note" not in str(entry.facts)


def test_the_counts_follow_at_once(world: World) -> None:
    state(world, "withdraw", FEED)

    counts = {one.level: one for one in counts_by_level(world.event)}
    assert counts["minister"].by_status == {"withdrawn": 1, "invited": 1}
    assert counts["minister"].coming == 1
    assert counts["head_of_state"].coming == 0


def test_a_downgrade_names_a_lower_level(world: World) -> None:
    for level in (None, "minister", "head_of_state", "nonsense"):
        with pytest.raises(NotLower):
            state(world, "downgrade", world.wati, level=level)

    state(world, "downgrade", world.wati, level="other_guest")

    assert (world.arunika.status, world.arunika.level) == ("downgraded", "other_guest")


def test_who_withdrew_may_be_invited_again(world: World) -> None:
    state(world, "withdraw", world.wati)
    state(world, "reinstate", world.wati)

    assert world.arunika.status == "invited"


def test_no_step_without_paper(world: World) -> None:
    with pytest.raises(NoPaper):
        state(world, "confirm", world.wati, document=" ")

    assert not Participation.objects.exists()


def test_an_unknown_step_is_refused(world: World) -> None:
    with pytest.raises(NoSuchStep):
        state(world, "vanish", world.wati)


def test_nobody_confirms_who_withdrew(world: World) -> None:
    state(world, "withdraw", world.wati)

    with pytest.raises(IllegalMove):
        state(world, "confirm", world.wati)


def test_the_protocol_desk_states_it(world: World) -> None:
    desk = seated(world.event, "Paulo", make_party("PRO", "Protocol", "team"))

    state(world, "accept", desk)

    assert world.arunika.status == "accepted"


def test_nobody_else_states_it(world: World) -> None:
    auditor = seated(
        world.event, "Ari", make_party("PRO", "Protocol", "team"), Seat.Role.AUDITOR
    )
    nobodies = world.nobodies()
    nobodies.pop("a feed")  # type: ignore[attr-defined]
    for actor in (world.marco, world.bruna, world.ingrid, auditor, *nobodies.values()):
        with pytest.raises(Forbidden):
            state(world, "confirm", actor)


def test_a_retry_changes_nothing(world: World) -> None:
    key = uuid4()

    for _time in range(2):
        state(world, "confirm", world.wati, key=key)

    assert Participation.objects.count() == 1
    with pytest.raises(KeyReused):
        state(world, "withdraw", world.wati, key=key)
