"""One number however it was written, and the person it leads to."""

import pytest

from tests.world import World
from titian.intake.routing import people_at
from titian.kernel.numbers import international
from titian.people.models import Person


@pytest.mark.parametrize(
    "written",
    [
        "+6281234567890",
        "6281234567890",
        "0812 3456 7890",
        "0812.3456.7890",
        "(0812) 3456–7890",
        "\u202a+62\xa0812-3456-7890\u202c",
        "0062 812/3456/7890",
    ],
)
def test_one_number_is_one_however_it_is_written(written: str) -> None:
    assert international(written) == "+6281234567890"


@pytest.mark.parametrize("written", ["", "112", "ask Marco", "+0812", "1" * 16, "٠٨١٢"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert international(written) == ""


def test_the_person_is_found_by_any_form_of_it(world: World) -> None:
    ingrid = Person.objects.get(display="Ingrid")
    ingrid.phone = "0812 3456 7890"
    ingrid.save()

    assert people_at("sms", "+62 812-3456-7890") == [ingrid]
    assert people_at("whatsapp", "6281234567890") == [ingrid]
    assert people_at("whatsapp", "TELKOMSEL") == []
    assert people_at("whatsapp", "6281234567891") == []
