"""Files in, with a look first; lists out, as seen."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client

from tests.exchange.files import csv_file, previewed, xlsx_file
from tests.web.pressing import form_to, forms_of, indonesian, seen_by
from tests.world import World
from titian.exchange.models import Import
from titian.people.models import Person

PEOPLE = ["code", "party", "role", "display", "native"]
GOOD = ["P1", "ARN", "delegate", "Siti", ""]
BAD = ["P2", "XKX", "delegate", "Budi", ""]


def brought(content: bytes, name: str = "people.csv") -> BytesIO:
    file = BytesIO(content)
    file.name = name
    return file


def bring(client: Client, content: bytes, name: str = "people.csv") -> Import:
    (form,) = [f for f in forms_of(client.get("/files/").text) if "file" in f.names]
    answer = client.post(
        "/files/", form.values | {"sheet": "people", "file": brought(content, name)}
    )
    assert answer.status_code == 302, answer.text
    return Import.objects.latest("pk")


def names() -> set[str | None]:
    found = Person.objects.filter(code__startswith="P")
    return set(found.values_list("code", flat=True))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_looked_at_and_nothing_goes_in(world: World, kind: str) -> None:
    wati = seen_by("wati")
    write = csv_file if kind == "csv" else xlsx_file

    one = bring(wati, write(PEOPLE, GOOD, BAD), f"people.{kind}")

    text = wati.get(f"/files/{one.pk}/").text
    assert "1 good row" in text
    assert "1 refused" in text
    assert "“XKX”, which is not known" in text
    assert names() == set()


def test_the_good_rows_go_in_and_are_taken_back(world: World) -> None:
    wati = seen_by("wati")
    one = bring(wati, csv_file(PEOPLE, GOOD, BAD))
    address = f"/files/{one.pk}/"

    form = form_to(wati.get(address).text, "/acceptance/")
    accepted = wati.post(form.action, form.values, follow=True)
    inside = names()
    form = form_to(wati.get(address).text, "/undoing/")
    undone = wati.post(form.action, form.values, follow=True)

    assert "The good rows are in." in accepted.text
    assert "It is taken back." in undone.text
    assert (inside, names()) == ({"P1"}, set())


def test_accepting_twice_is_once_and_too_late_is_a_word(world: World) -> None:
    wati = seen_by("wati")
    one = bring(wati, csv_file(PEOPLE, GOOD))
    form = form_to(wati.get(f"/files/{one.pk}/").text, "/acceptance/")

    wati.post(form.action, form.values)
    again = wati.post(form.action, form.values, follow=True)
    late = wati.post(form.action, {"key": str(uuid4())}, follow=True)

    assert "The good rows are in." in again.text
    assert "already been brought in" in late.text
    assert names() == {"P1"}


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "empty.csv"), (b"\x00\x01\x02", "odd.xlsx"), (b"a,b\n1,2", "who.csv")],
    ids=["empty", "no workbook", "other columns"],
)
def test_a_file_nobody_can_read_is_a_sentence(
    world: World, content: bytes, name: str
) -> None:
    wati = seen_by("wati")

    answer = wati.post(
        "/files/",
        {"key": str(uuid4()), "sheet": "people", "file": brought(content, name)},
    )

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("sheet", ["", "secrets"])
def test_rows_of_no_known_kind_are_422(world: World, sheet: str) -> None:
    answer = seen_by("wati").post(
        "/files/",
        {
            "key": str(uuid4()),
            "sheet": sheet,
            "file": brought(csv_file(PEOPLE, GOOD)),
        },
    )

    assert answer.status_code == 422


def test_no_file_is_422(world: World) -> None:
    answer = seen_by("wati").post("/files/", {"key": str(uuid4()), "sheet": "people"})

    assert (answer.status_code, "Choose a CSV or XLSX file." in answer.text) == (
        422,
        True,
    )


@pytest.mark.parametrize("who", ["marco", "bruna", "eve"])
def test_files_are_the_coordinators(world: World, who: str) -> None:
    one = previewed(world, "people", csv_file(PEOPLE, GOOD))
    client = seen_by(who)

    got = [client.get("/files/"), client.get("/files/lists/people.csv")]
    kept = [client.get(f"/files/{one.pk}/")]
    kept += [
        client.post(f"/files/{one.pk}/{act}/", {"key": str(uuid4())})
        for act in ("acceptance", "undoing")
    ]

    assert [answer.status_code for answer in got] == [403, 403]
    assert [answer.status_code for answer in kept] == [404, 404, 404]
    assert names() == set()


def test_every_list_offered_comes_out(world: World) -> None:
    wati = seen_by("wati")
    text = wati.get("/files/").text
    offered = [part.split('"')[0] for part in text.split('href="/files/lists/')[1:]]

    answers = [wati.get(f"/files/lists/{one}") for one in offered]

    assert len(offered) >= 2
    assert {answer.status_code for answer in answers} == {200}
    assert all(
        "attachment" in answer["content-disposition"] and answer.content
        for answer in answers
    )


@pytest.mark.parametrize("name", ["secrets.csv", "people.exe"])
def test_a_list_that_is_not_there_is_404(world: World, name: str) -> None:
    assert seen_by("wati").get(f"/files/lists/{name}").status_code == 404


def test_the_pages_are_drawn_in_the_houses_own_language(world: World) -> None:
    one = previewed(world, "people", csv_file(PEOPLE, GOOD, BAD))
    client = indonesian("wati")

    pages = [client.get("/files/"), client.get(f"/files/{one.pk}/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert all('<html lang="id"' in page.text for page in pages)


def test_a_list_without_a_good_row_cannot_be_brought_in(world: World) -> None:
    wati = seen_by("wati")
    seen = bring(wati, csv_file(PEOPLE, BAD))

    page = wati.get(f"/files/{seen.pk}/").text

    assert f"/files/{seen.pk}/acceptance/" not in page


def test_the_lists_of_one_delegation_are_on_its_page_and_hold_its_rows(
    world: World,
) -> None:
    wati = seen_by("wati")
    page = wati.get(f"/delegations/{world.arunika.pk}/").text
    offered = [part.split('"')[0] for part in page.split('href="/files/lists/')[1:]]

    for address in (one for one in offered if ".csv" in one):
        lines = wati.get(f"/files/lists/{address}").text.splitlines()
        assert len(lines) == 1 + world.arunika.members.count()
        assert not [line for line in lines if "SLY" in line]
    assert len(offered) == 10


def test_who_does_not_coordinate_finds_no_lists_there(world: World) -> None:
    page = seen_by("marco").get(f"/delegations/{world.arunika.pk}/").text

    assert "/files/lists/" not in page


def test_the_lists_of_nobody_are_not_found(world: World) -> None:
    assert seen_by("wati").get("/files/lists/badges.csv?of=XKX").status_code == 404
