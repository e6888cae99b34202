"""How tests leaf through an agreement and press what a line's page draws."""

from io import BytesIO
from typing import Any

from django.test import Client

from tests.talks.paper import Paper
from tests.web.pressing import form_with

HX = {"hx-request": "true"}


def line_page(paper: Paper, number: int = 1) -> str:
    """Where the paper's line with this number stands."""
    return f"/agreements/{paper.agreement.pk}/lines/{number}/"


def page(client: Client, address: str) -> str:
    """What this reader is shown there."""
    return client.get(address).text


def press(client: Client, address: str, button: str, **filled: object) -> Any:
    """Fill in the form around the button and send it as a plain form."""
    form = form_with(page(client, address), button)
    assert set(filled) <= form.names
    return client.post(form.action, form.values | filled)


def file_of(content: bytes, name: str = "receipt.pdf") -> BytesIO:
    """A file as a browser sends it."""
    brought = BytesIO(content)
    brought.name = name
    return brought
