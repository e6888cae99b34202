"""The SMS gateway's webhooks, by the shape that docs/spec/channels.md sets out."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.world import World
from titian.channels.models import Delivery
from titian.intake.models import Incoming
from titian.intake.signatures import signed
from titian.kernel.clock import real_time
from titian.loop.models import Ask
from titian.people.models import Person

SECRET = "gateway"
WORDS = {
    "kind": "message",
    "id": "mo-1",
    "from": "0812 0000 1111",
    "to": "TITIAN",
    "text": "We need two boats at six.",
    "at": "2027-05-01T11:58:00+00:00",
}


@pytest.fixture(autouse=True)
def gateway(world: World, settings: Settings) -> None:
    settings.SMS = {"api": "", "token": "", "sender": "", "secret": SECRET}
    for person in Person.objects.filter(display="Ingrid"):
        person.phone = "+62 812 0000 1111"
        person.save()


def deliver(
    client: Client,
    said: dict[str, Any],
    *,
    secret: str = SECRET,
    late: timedelta = timedelta(0),
) -> int:
    """The gateway calls; what the house answers."""
    content, stamp = json.dumps(said), str(int((real_time() - late).timestamp()))
    answer = client.post(
        "/intake/sms",
        content,
        content_type="application/json",
        headers={
            "X-Titian-Timestamp": stamp,
            "X-Titian-Signature": signed(secret, f"{stamp}.{content}".encode()),
        },
    )
    return answer.status_code


def test_a_message_is_an_ask_in_her_words(client: Client) -> None:
    assert [deliver(client, WORDS) for _time in range(3)] == [200, 200, 200]

    ask = Ask.objects.get()
    assert (ask.words, ask.channel) == ("We need two boats at six.", "sms")
    assert ask.said_by.display == "Ingrid"


def test_a_forged_or_old_webhook_changes_nothing(client: Client) -> None:
    assert deliver(client, WORDS, secret="guess") == 403
    assert deliver(client, WORDS, late=timedelta(minutes=6)) == 403
    assert deliver(client, WORDS, late=timedelta(minutes=-6)) == 403

    assert Incoming.objects.count() == 0


def test_without_a_secret_there_is_no_door(client: Client, settings: Settings) -> None:
    settings.SMS = {**settings.SMS, "secret": ""}

    assert deliver(client, WORDS, secret="") == 404


def test_an_unknown_number_waits(client: Client) -> None:
    deliver(client, {**WORDS, "from": "TELKOMSEL"})

    assert Incoming.objects.get().why == "unknown"


@pytest.mark.parametrize(
    ("status", "state"),
    [("delivered", "delivered"), ("failed", "failed"), ("queued", "sent")],
)
def test_a_report_finds_its_message(client: Client, status: str, state: str) -> None:
    now, ref = real_time(), uuid4()
    Delivery.objects.create(
        ref=ref, key=uuid4(), kind="sms", state="sent", first_at=now, changed_at=now
    )
    report = {"kind": "report", "id": "sms-1", "reference": str(ref), "status": status}

    for _time in range(2):
        assert deliver(client, {**report, "code": "unknown_number"}) == 200

    assert Delivery.objects.get().state == state


@pytest.mark.parametrize("said", [{}, {"kind": "message"}, {"kind": "report"}])
def test_what_says_nothing_changes_nothing(
    client: Client, said: dict[str, str]
) -> None:
    assert deliver(client, said) == 200

    assert Incoming.objects.count() == 0
