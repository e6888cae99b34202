"""The register on the desk: found, filed, read and superseded by whom it concerns."""

import pytest
from django.test import Client

from tests.talks.test_register import TEXT, filed
from tests.web.leafing import file_of, page, press
from tests.web.pressing import buttons_of, seen_by
from tests.world import World
from titian.talks.models import Paper


@pytest.fixture
def wati(world: World) -> Client:
    return seen_by("wati")


def test_a_file_is_filed_and_found_by_a_word_in_it(world: World, wati: Client) -> None:
    press(
        wati,
        "/documents/",
        "file-document",
        title="Berths",
        kind="MOU",
        party=world.arunika.pk,
        file=file_of(TEXT.encode(), "berths.txt"),
    )

    found = page(wati, "/documents/?q=rowing")
    assert "MOU-001/2027" in found
    assert "No document here" in page(wati, "/documents/?q=oars")


def test_a_newer_text_stands_first_and_the_former_is_still_read(
    world: World, wati: Client
) -> None:
    address = f"/documents/{filed(world).ref}/"

    press(wati, address, "supersede", file=file_of(b"second", "b.txt"), note="More")

    shown = page(wati, address)
    assert shown.index("v2") < shown.index("v1")
    former = wati.get(f"{address}versions/1/")
    assert b"".join(former) == TEXT.encode()


@pytest.mark.parametrize("secrecy", ["house", "private"])
def test_whom_it_is_not_for_finds_neither_page_nor_file_nor_row(
    world: World, secrecy: str
) -> None:
    paper = filed(world, "Berths", secrecy=secrecy)
    eve, petra = seen_by("eve"), seen_by("petra")

    for client in (eve, petra):
        for ending in ("", "versions/1/"):
            assert client.get(f"/documents/{paper.ref}/{ending}").status_code == 404
        for search in ("", "?q=berths", "?kind=NV", f"?party={world.arunika.pk}"):
            assert paper.number not in page(client, f"/documents/{search}")


def test_whoever_may_not_change_it_is_offered_nothing(world: World) -> None:
    paper = filed(world, reader_ids=(world.bruna.person_id,), secrecy="private")
    bruna = seen_by("bruna")

    assert buttons_of(page(bruna, f"/documents/{paper.ref}/")) == set()
    assert "file-document" not in buttons_of(page(bruna, "/documents/"))
    answer = bruna.post(
        f"/documents/{paper.ref}/withdrawal/",
        {"key": "00000000-0000-0000-0000-000000000001"},
    )
    assert answer.status_code == 403


def test_a_draft_is_issued_and_withdrawn_on_its_page(
    world: World, wati: Client
) -> None:
    paper = filed(world, is_draft=True)

    for button in ("issue", "withdraw"):
        press(wati, f"/documents/{paper.ref}/", button)

    assert Paper.objects.get().state == "withdrawn"


def test_an_empty_file_is_refused_with_a_sentence(world: World, wati: Client) -> None:
    answer = press(
        wati, "/documents/", "file-document", title="Berths", file=file_of(b"", "b.txt")
    )

    assert answer.status_code == 422
    assert "The file is empty." in answer.text


def test_the_relationship_names_what_was_filed_to_whom_may_read_it(
    world: World,
) -> None:
    filed(world, "Berths", secrecy="private")
    filed(world, "Flags")

    told = page(seen_by("marco"), f"/delegations/{world.arunika.pk}/relationship/")

    assert "NV-001/2027 Flags" in told
    assert "Berths" not in told


def test_made_private_it_is_read_by_whom_it_names(world: World, wati: Client) -> None:
    paper = filed(world)
    seen_before = seen_by("marco").get(f"/documents/{paper.ref}/").status_code

    press(wati, f"/documents/{paper.ref}/", "reclassify", secrecy="private")

    assert seen_before == 200
    assert seen_by("marco").get(f"/documents/{paper.ref}/").status_code == 404


def test_parties_that_merge_are_handed_over_after_seeing_what_goes_over(
    world: World, wati: Client
) -> None:
    filed(world, "Berths", secrecy="open")
    filed(world, "Hidden", secrecy="private")
    address = f"/documents/merger/{world.arunika.pk}/"
    before = page(wati, f"{address}?heir={world.selaya.pk}")

    press(wati, f"{address}?heir={world.selaya.pk}", "merge")

    assert "Berths" in before
    assert "Berths" in page(seen_by("eve"), "/documents/")
    assert "Berths" not in page(wati, f"{address}?heir={world.selaya.pk}")
    assert f"/documents/merger/{world.arunika.pk}/" in page(
        wati, f"/delegations/{world.arunika.pk}/"
    )
    statuses = [seen_by(one).get(address).status_code for one in ("marco", "eve")]
    assert statuses == [403, 404]
