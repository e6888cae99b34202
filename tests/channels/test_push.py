"""Web Push: the RFC's own example, a browser's keys, and services in all moods."""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pytest_django.fixtures import Settings

from tests.channels.servers import Answer, Provider, provider, says
from titian.channels import Trouble, Undelivered, Words, push
from titian.channels.envelopes import (
    ReadFailed,
    from_base64,
    new_private_key,
    point,
    private_key,
    public_key,
    sealed,
    to_base64,
)

SECRET = b"0123456789abcdef"


class Browser:
    """A browser that has subscribed, and opens what reaches it as RFC 8291 says."""

    def __init__(self, service: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.endpoint = f"{service}/push/abc"

    @property
    def subscription(self) -> str:
        keys = {"p256dh": to_base64(point(self.key)), "auth": to_base64(SECRET)}
        told = {"endpoint": self.endpoint, "keys": keys, "language": "en"}
        return json.dumps(told)

    def opens(self, body: bytes) -> bytes:
        salt, theirs, text = body[:16], body[21:86], body[86:]
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        info = b"WebPush: info\x00" + point(self.key) + theirs
        shared = derived(self.key.exchange(ec.ECDH(), other), SECRET, info, 32)
        key = derived(shared, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = derived(shared, salt, b"Content-Encoding: nonce\x00", 12)
        return AESGCM(key).decrypt(nonce, text, None).rstrip(b"\x02")


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


@pytest.fixture
def service(settings: Settings) -> Iterator[Provider]:
    with provider(lambda _call: says(201, Location="/message/1")) as service:
        settings.PUSH_SERVICES = [service.address]
        settings.VAPID = {
            "private": new_private_key(),
            "subject": "mailto:desk@example.org",
        }
        yield service


def test_it_seals_as_the_rfcs_example_does() -> None:
    """RFC 8291, appendix A."""
    body = sealed(
        b"When I grow up, I want to be a watermelon",
        from_base64(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZ"
            "GH6SRpkNtoIAiw4"
        ),
        from_base64("BTBZMqHH6r4Tts7J_aSIgg"),
        salt=from_base64("DGv6ra1nlYgDCS1FRnbzlw"),
        ours=private_key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
    )

    assert to_base64(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_only_the_browser_reads_what_kind_it_is_and_nobody_the_words(
    service: Provider,
) -> None:
    browser, key = Browser(service.address), uuid4()
    words = Words("Boats 4 and 7", "A-0001", kind="ask", about="loop.ask:7")

    push.send(browser.subscription, words, key)

    [call] = service.calls
    said = browser.opens(call.body)
    assert json.loads(said) == {
        "kind": "ask",
        "about": "loop.ask:7",
        "say": "A request is waiting for you.",
        "language": "en",
        "key": str(key),
    }
    assert b"Boats" not in said
    with pytest.raises(InvalidTag):
        Browser(service.address).opens(call.body)


def test_the_service_is_told_what_to_do_with_it(service: Provider) -> None:
    browser, key = Browser(service.address), uuid4()

    push.send(browser.subscription, Words("Fire", is_urgent=True), key)

    headers = service.calls[0].headers
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["ttl"] == "86400"
    assert headers["urgency"] == "high"
    assert headers["topic"] == key.hex
    assert len(headers["topic"]) <= 32  # RFC 8030


def test_the_service_can_check_who_we_are(
    service: Provider, settings: Settings
) -> None:
    push.send(Browser(service.address).subscription, Words("Two"), uuid4())

    said = service.calls[0].headers["authorization"]
    token = said.removeprefix("vapid t=").partition(", k=")[0]
    head, claims, signature = token.split(".")
    pair = from_base64(signature)
    private_key(settings.VAPID["private"]).public_key().verify(
        encode_dss_signature(int.from_bytes(pair[:32]), int.from_bytes(pair[32:])),
        f"{head}.{claims}".encode(),
        ec.ECDSA(hashes.SHA256()),
    )
    assert json.loads(from_base64(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(from_base64(claims))["aud"] == service.address
    assert said.endswith(f"k={public_key(settings.VAPID['private'])}")


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (says(410), Trouble.NO_SUCH_ADDRESS),
        (says(404), Trouble.NO_SUCH_ADDRESS),
        (says(413), Trouble.REFUSED),
        (says(403), Trouble.SETUP),
        (says(429, Retry_After="7"), Trouble.TOO_FAST),
        (says(500), Trouble.NO_ANSWER),
    ],
)
def test_the_services_answers_are_told_apart(
    service: Provider, answer: Answer, trouble: Trouble
) -> None:
    service.answer = lambda _call: answer

    with pytest.raises(Undelivered) as caught:
        push.send(Browser(service.address).subscription, Words("Two"), uuid4())

    assert caught.value.trouble == trouble
    asked = timedelta(seconds=7) if trouble == Trouble.TOO_FAST else None
    assert caught.value.after == asked


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[]",
        '{"endpoint": "https://fcm.googleapis.com/x"}',
        '{"endpoint": "http://127.0.0.1:1/x", "keys": {"p256dh": "BA", "auth": "BA"}}',
        '{"endpoint": "https://fcm.googleapis.com@10.0.0.1/x",'
        ' "keys": {"p256dh": "BA", "auth": "BA"}}',
        '{"endpoint": "https://fcm.googleapis.com/x",'
        ' "keys": {"p256dh": "BA", "auth": "BA"}}',
    ],
)
def test_a_subscription_leads_nowhere_else(settings: Settings, written: str) -> None:
    settings.VAPID = {"private": new_private_key(), "subject": "mailto:a@example.org"}

    with pytest.raises(Undelivered) as caught:
        push.send(written, Words("Two"), uuid4())

    assert caught.value.trouble == Trouble.NO_SUCH_ADDRESS


def test_a_key_off_the_curve_opens_nothing() -> None:
    with pytest.raises(ReadFailed):
        sealed(b"Two", b"\x04" + bytes(64), SECRET)


def test_it_is_off_without_a_key() -> None:
    assert not push.is_on()
