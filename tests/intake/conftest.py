"""A mailbox and a messenger that real servers keep, and addresses on file."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.channels.servers import Answer, Call, Provider, provider, says
from tests.intake.imap import Box, mailbox
from tests.intake.payloads import (
    NUMBER,
    SECRET,
)
from tests.world import World
from titian.people.models import Person


@pytest.fixture
def box() -> Iterator[Box]:
    with mailbox() as box:
        yield box


@pytest.fixture
def meta(world: World, settings: Settings) -> Iterator[Provider]:
    """Meta's service on this machine; Ingrid's telephone is on file."""
    for person in Person.objects.filter(display="Ingrid"):
        person.phone, person.languages = "0812-0000-1111", {"en": "C1"}
        person.save()
    sent = iter(range(1, 1000))

    def answer(_call: Call) -> Answer:
        return says(200, {"messages": [{"id": f"wamid.OUT{next(sent)}"}]})

    with provider(answer) as meta:
        settings.WHATSAPP = {
            "api": meta.address,
            "number": NUMBER,
            "token": "sesame",
            "secret": SECRET,
            "verify": "open up",
            "template": "",
        }
        yield meta
