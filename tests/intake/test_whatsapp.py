"""Meta's webhooks: forged, told twice, out of order; and the words in them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.channels.servers import Provider, says
from tests.intake.payloads import (
    INGRID,
    ZOE,
    deliver,
    message,
    status,
    webhook,
)
from tests.loop.stories import all_done, answered
from tests.world import MINUTE, NOON, World
from titian.channels import Address, Words, whatsapp
from titian.channels.carrying import carry, reference
from titian.channels.models import Delivery, Heard
from titian.intake.models import Incoming
from titian.kernel.clock import real_time
from titian.kernel.models import Entry
from titian.kernel.sealing import unseal
from titian.loop.commands import asks
from titian.loop.models import Ask


def added(ask: Ask) -> list[object]:
    entries = Entry.objects.filter(verb="ask.added", subject_id=ask.pk).order_by("pk")
    return [(unseal(entry) or {}).get("words") for entry in entries]


def sent() -> Delivery:
    """Words of ours went to Ingrid by WhatsApp."""
    carry([Address("whatsapp", INGRID)], Words("Yes, two"), uuid4(), at=real_time())
    return Delivery.objects.get()


def test_meta_gets_its_challenge_back(meta: Provider, client: Client) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}

    right = client.get("/intake/whatsapp", {**asked, "hub.verify_token": "open up"})
    wrong = client.get("/intake/whatsapp", {**asked, "hub.verify_token": "please"})

    assert (right.status_code, right.content) == (200, b"1158201444")
    assert right.headers["Content-Type"].startswith("text/plain")
    assert wrong.status_code == 403


def test_a_message_is_an_ask_in_her_words(meta: Provider, client: Client) -> None:
    assert deliver(client, webhook(message())) == 200

    ask = Ask.objects.get()
    assert ask.words == "We need two boats at six."
    assert (ask.said_by.display, ask.channel) == ("Ingrid", "whatsapp")
    assert Incoming.objects.get().letter == {}


def test_meta_needs_no_cookie_of_ours(meta: Provider) -> None:
    assert deliver(Client(enforce_csrf_checks=True), webhook(message())) == 200


@pytest.mark.parametrize("times", [2, 5])
def test_a_message_told_again_is_one(
    meta: Provider, client: Client, times: int
) -> None:
    for _time in range(times):
        assert deliver(client, webhook(message())) == 200

    assert Ask.objects.count() == 1
    assert Entry.objects.filter(verb="incoming.received").count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature-256": ""},
        {"X-Hub-Signature-256": "sha256=" + "0" * 64},
        {"X-Hub-Signature-256": "sha256=é"},
    ],
)
def test_a_forged_webhook_changes_nothing(
    meta: Provider, client: Client, headers: dict[str, str]
) -> None:
    answer = client.post(
        "/intake/whatsapp",
        webhook(message()),
        content_type="application/json",
        headers=headers,
    )

    assert answer.status_code == 403
    assert Incoming.objects.count() == 0


def test_another_secrets_signature_is_forged(meta: Provider, client: Client) -> None:
    assert deliver(client, webhook(message()), secret="guess") == 403


def test_without_a_secret_there_is_no_door(
    meta: Provider, client: Client, settings: Settings
) -> None:
    settings.WHATSAPP = {**settings.WHATSAPP, "secret": "", "verify": ""}

    assert deliver(client, webhook(message()), secret="") == 404
    assert client.get("/intake/whatsapp").status_code == 404


def test_another_numbers_messages_are_not_ours(meta: Provider, client: Client) -> None:
    assert deliver(client, webhook(message(), number="999")) == 200

    assert Incoming.objects.count() == 0


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"entry": 7}', b'{"entry": [{"changes": [null, {}]}]}']
)
def test_a_signed_body_that_says_nothing_breaks_nothing(
    meta: Provider, client: Client, content: bytes
) -> None:
    assert deliver(client, content) in {200, 400}


def test_an_unknown_senders_words_wait_with_her_name(
    meta: Provider, client: Client
) -> None:
    deliver(client, webhook(message(sender=ZOE)))

    incoming = Incoming.objects.get()
    assert (incoming.state, incoming.why) == ("waiting", "unknown")
    assert incoming.letter["sender"] == f"+{ZOE}"
    assert incoming.letter["name"] == "Ingrid on the pier"


def test_what_follows_in_one_breath_is_one_matter(
    meta: Provider, client: Client
) -> None:
    deliver(client, webhook(message()))
    deliver(client, webhook(message("wamid.IN2", body="At the pier, please.")))

    assert added(Ask.objects.get()) == ["At the pier, please."]


def test_once_somebody_has_it_the_next_is_a_new_one(
    meta: Provider, client: Client, world: World
) -> None:
    deliver(client, webhook(message()))
    first = Ask.objects.get()
    asks.pass_on(first.pk, team_id=world.boats.pk, actor=world.marco, at=NOON)

    deliver(client, webhook(message("wamid.IN2", body="And lunch for nine.")))

    assert Ask.objects.count() == 2


def test_the_guest_lives_in_whatsapp(
    meta: Provider, client: Client, world: World
) -> None:
    """She asks, hears received, in hand and done, and answers below our words."""
    deliver(client, webhook(message()))
    all_done(world, NOON)
    ask = Ask.objects.get()
    asks.pass_on(ask.pk, team_id=world.boats.pk, actor=world.marco, at=NOON)
    asks.accept(ask.pk, actor=world.bruna, at=NOON)
    all_done(world, NOON)
    asks.answer(ask.pk, "Boats 4 and 7", actor=world.bruna, at=NOON + MINUTE)
    all_done(world, NOON + MINUTE)

    told = [str(call.json.get("text") or call.json) for call in meta.calls]
    assert len(told) == 3
    assert "We have your request A-0001" in told[0]
    assert "in hand" in told[1]
    assert "Boats 4 and 7" in told[2]
    last = Delivery.objects.filter(kind="whatsapp").latest("pk").number
    below = message("wamid.IN2", body="Thank you!") | {"context": {"id": last}}
    deliver(client, webhook(below))
    assert added(ask) == ["Thank you!"]


def test_a_message_opens_the_window_to_its_sender(
    meta: Provider, client: Client
) -> None:
    deliver(client, webhook(message(sender=ZOE)))

    assert Heard.objects.filter(kind="whatsapp").count() == 1


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("button", {"text": "Yes, two", "payload": "y"}, "Yes, two"),
        (
            "interactive",
            {"type": "button_reply", "button_reply": {"id": "1", "title": "At six"}},
            "At six",
        ),
        (
            "interactive",
            {"type": "list_reply", "list_reply": {"id": "1", "title": "Two"}},
            "Two",
        ),
        (
            "location",
            {"latitude": -8.79, "longitude": 115.16, "name": "Pier"},
            "📍 Pier, -8.79, 115.16",
        ),
    ],
)
def test_every_kind_of_message_has_its_words(
    meta: Provider, client: Client, kind: str, body: dict[str, Any], words: str
) -> None:
    deliver(client, webhook(message(kind=kind, **body)))

    assert Ask.objects.get().words == words


def test_a_card_has_name_and_number(meta: Provider, client: Client) -> None:
    card = {"name": {"formatted_name": "Captain Vo"}, "phones": [{"phone": "+62 81"}]}
    one = message(kind="contacts") | {"contacts": [card]}

    deliver(client, webhook(one))

    assert Ask.objects.get().words == "👤 Captain Vo +62 81"


@pytest.mark.parametrize("kind", ["unsupported", "order", "system", "hologram"])
def test_what_nobody_can_read_waits_for_a_person(
    meta: Provider, client: Client, kind: str
) -> None:
    deliver(client, webhook(message(kind=kind, thing=7)))

    incoming = Incoming.objects.get()
    assert (incoming.state, incoming.why) == ("waiting", "unreadable")


def test_a_thumb_up_below_our_words_is_on_that_thread(
    meta: Provider, client: Client, world: World
) -> None:
    ask = answered(world)
    Delivery.objects.create(
        ref=uuid4(),
        key=uuid4(),
        kind="whatsapp",
        about=f"loop.ask:{ask.pk}",
        number="wamid.OUT7",
        first_at=NOON,
        changed_at=NOON,
    )

    deliver(
        client,
        webhook(message(kind="reaction", message_id="wamid.OUT7", emoji="👍")),
    )

    assert added(ask) == ["👍"]


def test_a_thumb_up_below_nothing_is_no_matter(meta: Provider, client: Client) -> None:
    deliver(client, webhook(message(kind="reaction", message_id="wamid.X", emoji="👍")))

    assert Ask.objects.count() == 0
    assert Incoming.objects.get().state == "set_aside"


def test_states_come_in_any_order_and_twice(meta: Provider, client: Client) -> None:
    deliver(client, webhook(message()))
    delivery = sent()

    for state in ("read", "sent", "delivered", "read", "delivered"):
        deliver(client, webhook(statuses=[status(delivery.number, state)]))

    assert Delivery.objects.get().state == "read"
    assert Entry.objects.filter(verb="delivery.read").count() == 1


def test_a_failure_is_told_apart(meta: Provider, client: Client) -> None:
    deliver(client, webhook(message()))
    delivery = sent()
    errors = [{"code": 131026, "title": "Message undeliverable"}]

    failed = status(delivery.number, "failed", errors=errors)
    deliver(client, webhook(statuses=[failed]))

    found = Delivery.objects.get()
    assert (found.state, found.trouble) == ("failed", "no_such_address")


def test_our_key_comes_back_before_we_know_metas_number(
    meta: Provider, client: Client
) -> None:
    deliver(client, webhook(message()))
    delivery = sent()
    Delivery.objects.update(number="", state="waiting")

    told = status("wamid.new", "read", biz_opaque_callback_data=str(delivery.ref))
    deliver(client, webhook(statuses=[told]))

    assert Delivery.objects.get().state == "read"


def test_what_meta_sent_and_answered_500_to_is_not_sent_again(
    meta: Provider, client: Client
) -> None:
    deliver(client, webhook(message()))
    key, at = uuid4(), real_time()
    meta.answer = lambda _call: says(500)
    way = [Address("whatsapp", INGRID)]
    failed = carry(way, Words("Two boats"), key, at=at)

    ref = str(reference(key, way[0]))
    told = status("wamid.new", "sent", biz_opaque_callback_data=ref)
    deliver(client, webhook(statuses=[told]))
    again = carry(way, Words("Two boats"), key, at=at + timedelta(minutes=1))

    assert failed.problem is not None
    assert (failed.problem.after or timedelta(0)) >= whatsapp.doubt
    assert again.receipt is not None
    assert again.receipt.number == "wamid.new"
    assert len([one for one in meta.calls if "Two boats" in one.body.decode()]) == 1
