"""Lists out: made from the members, exact, and read back as they were."""

import csv
import io
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.exchange.files import accepted, csv_file, xlsx_file
from tests.world import World
from titian.exchange.lists import Listing, as_csv, as_xlsx, listing, totals
from titian.exchange.reading import read
from titian.exchange.reasons import Unreadable
from titian.people.models import Member, Person
from titian.people.queries import by_link

PEOPLE = ["code", "party", "role", "display", "native", "phone"]
NAMES = [
    ["P1", "ARN", "head", "Sri-Å Ítalo", "田中太郎", "+62 812 0000 101"],
    ["P2", "ARN", "security", "=HYPERLINK(1)", "الاسم الكامل", ""],
    ["P3", "ARN", "media", "@mention", "ᬲᬶᬢᬶ", ""],
    ["P4", "SLY", "crew", "-1+2", "Екатерина", ""],
]


def _bring_in(world: World) -> None:
    accepted(world, "people", csv_file(PEOPLE, *NAMES))


def test_names_without_a_role_become_delegates_and_are_on_every_list(
    world: World,
) -> None:
    before = totals(world.event, actor=world.wati)["badges"]["ARN"]
    names = [[f"N{n}", "ARN", f"Name {n}"] for n in range(120)]

    accepted(world, "people", csv_file(["code", "party", "display"], *names))

    for count in totals(world.event, actor=world.wati).values():
        assert count["ARN"] == before + 120


def test_a_list_that_says_no_role_leaves_the_sub_groups_as_they_are(
    world: World,
) -> None:
    _bring_in(world)

    accepted(world, "people", csv_file(["code", "party", "phone"], ["P2", "ARN", ""]))

    assert Member.objects.get(person__code="P2").group == "security"


def test_a_driver_of_the_house_is_no_delegate(world: World) -> None:
    row = ["D1", "ARN", "driver", "Budi", "", ""]

    accepted(world, "people", csv_file(PEOPLE, row))

    assert not Member.objects.filter(person__code="D1").exists()


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_list_given_out_and_brought_in_again_changes_nothing(
    world: World, write: Callable[[Listing], bytes]
) -> None:
    _bring_in(world)
    before = listing("people", world.event, actor=world.wati)
    coded = [row for row in before.rows if row[0]]

    done = accepted(world, "people", write(before))

    assert [row["values"]["code"] for row in done.rows] == [row[0] for row in coded]
    assert (done.made["made"], done.made["changed"]) == ([], [])
    assert listing("people", world.event, actor=world.wati) == before


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_every_script_survives_byte_for_byte(
    world: World, write: Callable[[Listing], bytes]
) -> None:
    _bring_in(world)

    (table,) = read(write(listing("badges", world.event, actor=world.wati)), "b")

    printed = {line.cells[1]: line.cells[3:5] for line in table.lines[1:]}
    assert [printed[row[0]] for row in NAMES] == [row[3:5] for row in NAMES]


def test_nothing_in_a_workbook_is_a_formula(world: World) -> None:
    _bring_in(world)

    content = as_xlsx(listing("people", world.event, actor=world.wati))

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    cells = [cell for row in sheet.to_python() for cell in row]
    assert "=HYPERLINK(1)" in cells  # as words; a formula would read as its value
    assert {type(cell) for cell in cells} == {str}


ODD = ["=1+2", "+62 8", "-1", "@x", "\t=1", " =1", "'=1", "''@x", "＝1", "'t Hooft"]


def test_no_cell_of_a_csv_starts_like_a_formula() -> None:
    text = as_csv(Listing("badges", ("name",), [(name,) for name in ODD])).decode()

    (header, *cells) = csv.reader(io.StringIO(text, newline=""))
    assert header == ["\ufeffname"]
    assert [cell[0] for (cell,) in cells] == ["'"] * len(ODD)


def test_what_a_csv_keeps_from_being_computed_is_read_back_as_it_was() -> None:
    rows = [(name, "田中") for name in ODD]

    (table,) = read(as_csv(Listing("badges", ("name", "native"), rows)), "b.csv")

    assert [tuple(line.cells) for line in table.lines[1:]] == rows


def test_the_totals_of_all_lists_agree(world: World) -> None:
    _bring_in(world)

    counted = totals(world.event, actor=world.wati)

    assert set(counted) == {"people", "rooming", "cars", "seating", "badges"}
    assert all(one == {"ARN": 4, "SLY": 2} for one in counted.values())


def test_rooms_and_cars_follow_the_members(world: World) -> None:
    _bring_in(world)
    accepted(
        world,
        "stays",
        csv_file(["party", "place", "from"], ["ARN", "INN", "2027-05-01"]),
    )
    header = ["plate", "class", "seats", "party"]
    accepted(world, "vehicles", csv_file(header, ["DK 1", "Van", "2", "ARN"]))

    rooming = listing("rooming", world.event, actor=world.wati).rows
    cars = listing("cars", world.event, actor=world.wati).rows

    assert {row[4] for row in rooming if row[0] == "ARN"} == {"INN"}
    plates = [row[4] for row in cars if row[0] == "ARN"]
    assert plates == ["DK 1", "DK 1", "", ""]


def test_a_list_of_delegations_comes_back_as_it_was(world: World) -> None:
    header = ["party", "level", "head_name", "companion"]
    rows: Sequence[Sequence[str]] = [["ARN", "minister", "Elio Tamarind", "Ada"]]
    accepted(world, "delegations", csv_file(header, *rows))
    before = listing("delegations", world.event, actor=world.wati)
    people = Person.objects.count()

    accepted(world, "delegations", as_xlsx(before))

    assert listing("delegations", world.event, actor=world.wati) == before
    assert Person.objects.count() == people


def test_nobody_is_given_the_list_of_another_delegation(world: World) -> None:
    _bring_in(world)

    for actor in (world.eve, by_link("eve")):
        rows = listing("people", world.event, actor=actor).rows
        assert {row[1] for row in rows} == {"SLY"}
    marcos = listing("badges", world.event, actor=world.marco).rows
    assert {row[0] for row in marcos} == {"ARN"}


def test_a_list_that_there_is_not_is_refused(world: World) -> None:
    with pytest.raises(Unreadable):
        listing("horses", world.event, actor=world.wati)


NAME = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")),
    min_size=1,
    max_size=30,
).filter(lambda name: name == name.strip())


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=NAME, native=NAME)
def test_any_name_goes_out_and_comes_in_the_same(
    world: World, name: str, native: str
) -> None:
    row = ["P1", "ARN", "head", name, native, ""]

    accepted(world, "people", xlsx_file(PEOPLE, row))

    given_out = listing("people", world.event, actor=world.wati)
    (found,) = [cells for cells in given_out.rows if cells[0] == "P1"]
    assert (found[5], found[6]) == (name, native)
    (table,) = read(as_csv(given_out), "a.csv")
    assert list(found) in [line.cells for line in table.lines]
