"""Those whom a change touches say that it is seen; silence gets louder."""

import pytest

from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.consequences import carry_out, claim
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
