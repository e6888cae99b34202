"""A push service on this machine, and phones whose owners wanted to be told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pytest_django.fixtures import Settings

from tests.channels.servers import Answer, Call, Provider, provider, says
from tests.channels.test_push import Browser
from tests.world import NOON
from titian.briefing.commands import devices
from titian.briefing.models import Device
from titian.channels.envelopes import new_private_key
from titian.kernel.actor import Actor


class Phone(Browser):
    """A browser with a subscription of its own at the service."""

    def __init__(self, service: Provider, name: str) -> None:
        super().__init__(service.address)
        self.name, self.service = name, service
        self.endpoint = f"{service.address}/push/{name}"

    def wants(self, actor: Actor) -> Device:
        """Its owner says "Tell me on this phone"."""
        assert actor.person_id is not None
        said = json.loads(self.subscription)
        return devices.subscribe(
            actor.person_id,
            endpoint=self.endpoint,
            p256dh=said["keys"]["p256dh"],
            auth=said["keys"]["auth"],
            name=self.name,
            language="en",
            actor=actor,
            at=NOON,
        )

    @property
    def calls(self) -> list[Call]:
        """What the service was given for this browser."""
        return [one for one in self.service.calls if one.path.endswith(self.name)]

    @property
    def rang(self) -> list[dict[str, Any]]:
        """What this browser opened of what the service carried."""
        return [json.loads(self.opens(one.body)) for one in self.calls]


@contextmanager
def push_service(settings: Settings) -> Iterator[Provider]:
    """The one service the house knows, and mail into the test's own box."""

    def answer(_call: Call) -> Answer:
        return says(201, Location="/message/1")

    with provider(answer) as service:
        settings.PUSH_SERVICES = [service.address]
        settings.VAPID = {
            "private": new_private_key(),
            "subject": "mailto:desk@example.org",
        }
        settings.CHANNELS = {
            "email": "titian.channels.memory",
            "push": "titian.channels.push",
        }
        yield service
