"""A seating plan comes in by a list, row by row, and goes out as it came in."""

import pytest

from tests.exchange.files import accepted, codes, csv_file, previewed, xlsx_file
from tests.scene import make_activity
from tests.world import HOUR, NOON, World
from titian.exchange.commands import WorldMovedOn, accept, undo
from titian.exchange.lists import as_csv, as_xlsx, listing
from titian.exchange.queries import refusals
from titian.kernel.taking_back import InUse
from titian.people.models import Person
from titian.programme.commands.seating import change_seat, give_seat
from titian.programme.models import Activity, Placing

HEAD = ["item", "party", "person", "seat", "side"]


@pytest.fixture
def gala(world: World) -> Activity:
    Person.objects.filter(display="Ingrid").update(code="ING")
    return make_activity(world, "GALA", NOON + HOUR, is_for_all=True)


def seats() -> list[str]:
    return [str(one) for one in Placing.objects.order_by("pk")]


def test_a_plan_comes_in_and_is_taken_back(world: World, gala: Activity) -> None:
    plan = csv_file(
        HEAD,
        ["GALA", "ARN", "", "Table 9", ""],
        ["GALA", "ARN", "ING", "Table 1, seat 4", "North door"],
    )

    done = accepted(world, "placings", plan)

    assert seats() == ["Arunika: Table 9", "Ingrid: Table 1, seat 4 · North door"]
    undo(done.pk, actor=world.wati, at=NOON)
    assert seats() == []


def test_a_workbook_with_indonesian_headings_is_read_too(
    world: World, gala: Activity
) -> None:
    plan = xlsx_file(
        ["Kode acara", "Kode delegasi", "Kursi", "Pintu"],
        ["GALA", "SLY", "Baris B, 12", "Utara"],
    )

    accepted(world, "placings", plan)

    assert seats() == ["Selaya: Baris B, 12 · Utara"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["NONE", "ARN", "", "A1", ""], "unknown_activity"),
        (["GALA", "XXX", "", "A1", ""], "unknown_delegation"),
        (["GALA", "SLY", "ING", "A1", ""], "no_member"),
        (["GALA", "ARN", "NOBODY", "A1", ""], "unknown_person"),
        (["GALA", "ARN", "", "", ""], "missing"),
        (["GALA", "ARN", "", "x" * 81, ""], "too_long"),
        (["TEA", "SLY", "", "A1", ""], "takes_no_part"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_named(
    world: World, gala: Activity, row: list[str], code: str
) -> None:
    make_activity(world, "TEA", NOON + HOUR, who=(world.arunika,))

    assert codes(previewed(world, "placings", csv_file(HEAD, row))) == [code]


def test_one_seat_twice_is_refused_and_says_who_has_it(
    world: World, gala: Activity
) -> None:
    plan = csv_file(HEAD, ["GALA", "ARN", "", "A1", ""], ["GALA", "SLY", "", "a1", ""])

    seen = previewed(world, "placings", plan)

    assert codes(seen) == ["seat_taken"]
    (refused,) = refusals(seen)
    assert "Arunika" in refused.sentence


def test_a_seat_that_somebody_has_is_refused_unless_the_plan_moves_her_first(
    world: World, gala: Activity
) -> None:
    give_seat(gala.pk, world.arunika.pk, "A1", actor=world.wati, at=NOON)
    sly, arn = ["GALA", "SLY", "", "A1", ""], ["GALA", "ARN", "", "A2", ""]

    assert codes(previewed(world, "placings", csv_file(HEAD, sly))) == ["seat_taken"]
    accepted(world, "placings", csv_file(HEAD, arn, sly))
    assert seats() == ["Arunika: A2", "Selaya: A1"]


def test_a_seat_given_since_the_preview_stops_the_whole_plan(
    world: World, gala: Activity
) -> None:
    plan = csv_file(HEAD, ["GALA", "ARN", "", "A1", ""])
    seen = previewed(world, "placings", plan)
    give_seat(gala.pk, world.selaya.pk, "A1", actor=world.wati, at=NOON)

    with pytest.raises(WorldMovedOn):
        accept(seen.pk, actor=world.wati, at=NOON)

    assert seats() == ["Selaya: A1"]


def test_a_plan_that_somebody_changed_by_hand_cannot_be_undone(
    world: World, gala: Activity
) -> None:
    done = accepted(world, "placings", csv_file(HEAD, ["GALA", "ARN", "", "A1", ""]))
    change_seat(Placing.objects.get().pk, "A2", actor=world.wati, at=NOON)

    with pytest.raises(InUse):
        undo(done.pk, actor=world.wati, at=NOON)


def test_the_plan_goes_out_as_it_came_in(world: World, gala: Activity) -> None:
    plan = csv_file(
        HEAD,
        ["GALA", "ARN", "", "Table 9", ""],
        ["GALA", "ARN", "ING", "Table 1, seat 4", "North door"],
    )
    accepted(world, "placings", plan)
    out = listing("placings", world.event, actor=world.wati)
    Placing.objects.all().delete()

    for content in (as_csv(out), as_xlsx(out)):
        accepted(world, "placings", content)

    assert seats() == ["Arunika: Table 9", "Ingrid: Table 1, seat 4 · North door"]


def test_no_list_tells_a_side_where_another_sits(world: World, gala: Activity) -> None:
    give_seat(gala.pk, world.arunika.pk, "A1", actor=world.wati, at=NOON)

    assert not listing("placings", world.event, actor=world.eve).rows
