"""The register of promises: both ways, the soonest first, and each team's rate."""

import re

from tests.web.pressing import buttons_of, seen_by
from tests.world import HOUR, NOON, World
from titian.loop.commands import promises
from titian.loop.models import Promise


def made(world: World, words: str, hours: int = 1) -> Promise:
    """The boat desk promises something to Arunika."""
    return promises.promise(
        world.arunika.pk,
        words,
        owner_team_id=world.boats.pk,
        due_at=NOON + hours * HOUR,
        actor=world.bruna,
        at=NOON,
    )


def page(name: str) -> str:
    return str(seen_by(name).get("/promises/").content.decode())


def test_each_team_s_kept_and_broken_are_told(world: World) -> None:
    promises.keep(made(world, "A ramp").pk, actor=world.bruna, at=NOON)
    promises.keep(made(world, "A pilot").pk, actor=world.bruna, at=NOON + 2 * HOUR)
    promises.break_off(made(world, "A rug").pk, "None left", actor=world.bruna, at=NOON)
    made(world, "A flag")

    told = page("wati")

    row = told[told.index(f'id="rate-{world.boats.code}"') :].split("</tr>")[0]
    cells = re.findall(r"<td>(?:<b>)?([^<]+)", row)
    assert cells == ["2", "1", "1", "1", "67%"]  # kept, of them late, broken, open
    assert "None left" in told


def test_the_soonest_comes_first(world: World) -> None:
    made(world, "Tea at four", hours=4)
    made(world, "Boat at one", hours=1)

    told = page("wati")

    assert told.index("Boat at one") < told.index("Tea at four")


def test_an_officer_reads_her_guests_promises_and_no_rates(world: World) -> None:
    made(world, "A ramp")

    assert "A ramp" in page("marco")
    assert 'id="rates"' not in page("marco")
    assert "A ramp" not in page("eve")


def test_only_its_owner_is_offered_to_settle_it(world: World) -> None:
    promise = made(world, "A ramp")

    assert f"keep-{promise.pk}" in buttons_of(page("bruna"))
    assert f"keep-{promise.pk}" not in buttons_of(page("petra"))
