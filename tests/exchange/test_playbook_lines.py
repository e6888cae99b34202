"""Lines of a template come in again, some of them, as an update."""

import pytest

from tests.exchange.files import accepted, codes, csv_file, previewed
from tests.loop.drills import book, line
from tests.world import NOON, World
from titian.exchange.commands import undo
from titian.loop.commands import playbooks
from titian.loop.models import Playbook, PlaybookLine

HEAD = ["playbook", "code", "what_en", "anchor", "offset", "depends_on"]
BOOK = "the-timeline"


def row(code: str, offset: str, *after: str, what: str = "Anew") -> list[str]:
    return [BOOK, code, what, "start", offset, ";".join(after)]


@pytest.fixture
def regatta(world: World) -> Playbook:
    """Pontoon, boats, race: each waits for the one before."""
    playbook = book(world)
    line(playbook, "pontoon", -5, owner=world.boats)
    line(playbook, "boats", -3, "pontoon", owner=world.boats)
    line(playbook, "race", 0, "boats", owner=world.boats)
    return playbook


def said(playbook: Playbook) -> dict[str, tuple[str, list[str]]]:
    rows = PlaybookLine.objects.filter(playbook=playbook)
    return {one.code: (one.what_en, one.depends_on) for one in rows}


def test_one_line_brought_in_again_changes_that_line_alone(
    world: World, regatta: Playbook
) -> None:
    accepted(world, "playbook_lines", csv_file(HEAD, row("race", "1d", "boats")))

    assert said(regatta) == {
        "pontoon": ("Pontoon", []),
        "boats": ("Boats", ["pontoon"]),
        "race": ("Anew", ["boats"]),
    }
    kept = regatta.lines.get(code="race")
    assert (kept.owner, kept.takes.days) == (world.boats, 1), "an empty cell erases it"
    regatta.refresh_from_db()
    assert regatta.version == 2


def test_the_bad_lines_are_kept_and_shown_while_the_good_ones_go_in(
    world: World, regatta: Playbook
) -> None:
    content = csv_file(
        HEAD,
        row("boats", "-4d", "pontoon"),
        row("race", "soon", "boats"),
        row("oars", "-1d", "harbour"),
        row("flags", "-1d", "race"),
    )

    done = accepted(world, "playbook_lines", content)

    assert codes(done) == ["bad_span", "unknown_step"]
    assert [one["row"] for one in done.refused] == [3, 4]
    assert {code: what for code, (what, _waits) in said(regatta).items()} == {
        "pontoon": "Pontoon",
        "boats": "Anew",
        "race": "Race",
        "flags": "Anew",
    }


@pytest.mark.parametrize(
    "rows",
    [
        [row("pontoon", "-5d", "race")],
        [row("oars", "-2d", "race"), row("pontoon", "-5d", "oars")],
    ],
    ids=["with what is there", "with a row above"],
)
def test_steps_that_would_wait_for_each_other_are_refused(
    world: World, regatta: Playbook, rows: list[list[str]]
) -> None:
    seen = previewed(world, "playbook_lines", csv_file(HEAD, *rows))

    assert codes(seen) == ["in_circle"]
    assert seen.refused[0]["values"]["code"] == "pontoon"


def test_a_withdrawn_line_comes_back_and_undoing_withdraws_it(
    world: World, regatta: Playbook
) -> None:
    playbooks.withdraw_line(regatta.pk, "race", actor=world.wati, at=NOON)
    done = accepted(world, "playbook_lines", csv_file(HEAD, row("race", "0d")))
    back = regatta.lines.get(code="race")

    undo(done.pk, actor=world.wati, at=NOON)

    again = regatta.lines.get(code="race")
    assert (back.withdrawn_at, again.withdrawn_at) == (None, NOON)
    assert (again.what_en, again.depends_on) == ("Race", ["boats"])


def test_the_same_list_again_is_no_new_version(world: World, regatta: Playbook) -> None:
    same = csv_file(HEAD, row("race", "0d", "boats", what="Race"))

    accepted(world, "playbook_lines", same)

    regatta.refresh_from_db()
    assert regatta.version == 1


def test_what_is_under_way_keeps_its_steps(world: World, regatta: Playbook) -> None:
    run = playbooks.run(regatta.pk, actor=world.wati, at=NOON)

    accepted(world, "playbook_lines", csv_file(HEAD, row("race", "1d", "boats")))

    assert run.steps.get(code="race").what_en == "Race"
