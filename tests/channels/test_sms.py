"""SMS by the shape of a gateway that docs/spec/channels.md sets out."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from tests.channels.servers import Answer, Call, Provider, provider, says
from tests.world import NOON
from titian.channels import Address, Trouble, Undelivered, Words, sms
from titian.channels.carrying import carry

pytestmark = pytest.mark.django_db
INGRID = "0812 0000 1111"


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Provider]:
    with provider(lambda _call: says(202, {"id": "sms-1"})) as gateway:
        settings.SMS = {
            "api": f"{gateway.address}/messages",
            "token": "sesame",
            "sender": "TITIAN",
        }
        yield gateway


def refused() -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        sms.send(INGRID, Words("Two"), uuid4())
    return caught.value


def test_the_words_go_to_the_gateway_with_their_key(gateway: Provider) -> None:
    key = uuid4()

    receipt = sms.send(INGRID, Words("Boats 4 and 7", "A-0001"), key)

    [call] = gateway.calls
    assert call.headers["authorization"] == "Bearer sesame"
    assert call.headers["idempotency-key"] == str(key)
    assert call.json == {
        "to": "+6281200001111",
        "from": "TITIAN",
        "text": "A-0001\nBoats 4 and 7",
        "reference": str(key),
    }
    assert receipt.number == "sms-1"


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (says(400, {"code": "invalid_number"}), Trouble.NO_SUCH_ADDRESS),
        (says(422, {"code": "opted_out"}), Trouble.NO_SUCH_ADDRESS),
        (says(400, {"code": "bad_text"}), Trouble.REFUSED),
        (says(401), Trouble.SETUP),
        (says(402, {"code": "no_credit"}), Trouble.SETUP),
        (says(429, Retry_After="30"), Trouble.TOO_FAST),
        (says(503), Trouble.NO_ANSWER),
        ((301, {"Location": "http://127.0.0.1/"}, b""), Trouble.NO_ANSWER),
    ],
)
def test_the_gateways_answers_are_told_apart(
    gateway: Provider, answer: Answer, trouble: Trouble
) -> None:
    gateway.answer = lambda _call: answer

    assert refused().trouble == trouble


def test_the_wait_it_asks_for_is_kept(gateway: Provider) -> None:
    gateway.answer = lambda _call: says(429, Retry_After="30")

    assert refused().after == timedelta(seconds=30)


def test_a_gateway_that_has_it_already_has_it(gateway: Provider) -> None:
    gateway.answer = lambda _call: says(409, {"id": "sms-1"})

    assert sms.send(INGRID, Words("Two"), uuid4()).number == "sms-1"


def test_a_gateway_that_fails_after_sending_sends_once_by_the_key(
    gateway: Provider, settings: Settings
) -> None:
    """It keeps the keys it has sent under, as the shape asks, and answers 500 once."""
    settings.CHANNELS = {"sms": "titian.channels.sms"}
    sent: list[str] = []

    def answer(call: Call) -> Answer:
        if (key := call.headers["idempotency-key"]) in sent:
            return says(409, {"id": key})
        sent.append(key)
        return says(500)

    gateway.answer = answer
    key, way = uuid4(), [Address("sms", INGRID)]

    first = carry(way, Words("Two"), key, at=NOON)
    second = carry(way, Words("Two"), key, at=NOON + timedelta(minutes=1))
    third = carry(way, Words("Two"), key, at=NOON + timedelta(minutes=2))

    assert first.receipt is None
    assert second.receipt == third.receipt
    assert len(sent) == 1
    assert len(gateway.calls) == 2


def test_long_words_are_cut_and_say_so(gateway: Provider) -> None:
    sms.send(INGRID, Words("boats " * 200), uuid4())

    text = gateway.calls[0].json["text"]
    assert len(text) == sms.LONGEST
    assert text.endswith("…")


def test_it_is_off_without_a_gateway() -> None:
    assert not sms.is_on()
