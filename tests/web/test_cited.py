"""A fact leads to where it was reported."""

import pytest
from django.template import Context, Template

from titian.kernel.models import Source

pytestmark = pytest.mark.django_db

SAID = Template("{% load cited %}{% cited keys %}")


def test_a_key_is_a_link_by_its_title_and_other_words_stand() -> None:
    Source.objects.create(key="voi-1", address="https://voi.id/1", title="Bali <ready>")

    said = SAID.render(Context({"keys": "voi-1; practice"}))

    assert said == (
        '<a href="https://voi.id/1" rel="external noreferrer">Bali &lt;ready&gt;</a>'
        " · practice"
    )


@pytest.mark.parametrize("address", ["", "javascript:alert(1)"])
def test_what_is_no_address_is_no_link(address: str) -> None:
    Source.objects.create(key="book", address=address, title="A book")

    assert SAID.render(Context({"keys": "book"})) == "A book"
