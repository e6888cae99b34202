"""The register of officers: the right people for a need, told to those who plan."""

import re

import pytest

from tests.people.cast import asked, make_duty, make_officer
from tests.web.pressing import form_with, seen_by
from tests.world import HOUR, NOON, World
from titian.people.models import Assignment, Officer

NEED = {"language": "ar", "level": "B2", "gender": "f", "licence": "yes"}


@pytest.fixture
def aya(world: World) -> Officer:
    """The one who fits, among one too weak, one of the other sex, one without."""
    cast = [
        ("Aya", "LO-5", "C1", "f", True),
        ("Budi", "LO-6", "B1", "f", True),
        ("Omar", "LO-7", "C2", "m", True),
        ("Sari", "LO-8", "C1", "f", False),
    ]
    for name, code, level, gender, licence in cast:
        officer = make_officer(world, name, code, speaks={"ar": level, "en": "B2"})
        officer.gender, officer.has_licence = gender, licence
        officer.save()
    return Officer.objects.get(code="LO-5")


def found(**given: str) -> list[str]:
    """The names on Wati's page; fields as the page's own form has them."""
    wati = seen_by("wati")
    form = form_with(wati.get("/officers/").content.decode(), "find")
    asked_for = {key: value for key, value in form.values.items() if key != "licence"}
    page = wati.get("/officers/", asked_for | given).content.decode()
    return re.findall(r'<th scope="row">(\w+)', page)


def test_the_page_finds_who_speaks_drives_and_is_free(
    world: World, aya: Officer
) -> None:
    assert found(**NEED, free_at=NOON.isoformat()) == ["Aya"]


def test_whoever_holds_the_hour_is_not_offered(world: World, aya: Officer) -> None:
    make_duty(aya, world.selaya, NOON - HOUR, NOON + HOUR)

    assert found(**NEED, free_at=NOON.isoformat()) == []
    assert found(**NEED) == ["Aya"]


def test_nothing_asked_shows_everybody(world: World, aya: Officer) -> None:
    assert found() == ["Marco", "Aya", "Budi", "Omar", "Sari"]


def test_whom_she_accompanies_stands_beside_her(world: World, aya: Officer) -> None:
    asked(aya, world.selaya, Assignment.Consent.AGREED)

    page = seen_by("wati").get("/officers/", NEED).content.decode()

    assert f">{world.selaya.code}</a>" in page


def test_an_hour_that_is_none_is_told_and_finds_on(world: World, aya: Officer) -> None:
    answer = seen_by("wati").get("/officers/", NEED | {"free_at": "tea time"})

    assert answer.status_code == 422
    assert "“tea time” is no day and hour" in answer.content.decode()


def test_the_register_is_the_house_s(world: World, aya: Officer) -> None:
    assert seen_by("marco").get("/officers/").status_code == 403
    assert seen_by("eve").get("/officers/").status_code == 403
