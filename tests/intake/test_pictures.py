"""Pictures and papers that come by WhatsApp: fetched later, checked, or counted."""

from hashlib import sha256
from typing import Any

from django.test import Client

from tests.api.test_feed import feed
from tests.channels.servers import Answer, Call, Provider, says
from tests.intake.payloads import (
    ZOE,
    deliver,
    message,
    webhook,
)
from tests.loop.stories import all_done
from tests.web.pressing import seen_by
from tests.world import NOON, World
from titian.intake.models import Incoming
from titian.kernel import documents
from titian.kernel.clock import real_time
from titian.kernel.consequences import carry_out, claim
from titian.kernel.models import Consequence, Document
from titian.loop.models import Ask


def picture(digest: str = "") -> bytes:
    return webhook(
        message(
            kind="image",
            id="2754859441498128",
            mime_type="image/jpeg",
            sha256=digest,
            caption="The broken rudder",
        )
    )


def media(content: bytes, *, digest: str = "", status: int = 200) -> Any:
    """Meta as it keeps one file."""

    def answer(call: Call) -> Answer:
        if call.path == "/2754859441498128":
            where = f"http://{call.headers['host']}/file"
            whole = {"url": where, "mime_type": "image/jpeg", "sha256": digest}
            return says(status, {"messaging_product": "whatsapp", **whole})
        return status, {}, content

    return answer


def test_a_picture_is_fetched_and_kept_with_its_words(
    meta: Provider, client: Client, world: World
) -> None:
    content = b"\xff\xd8 rudder"
    meta.answer = media(content, digest=sha256(content).hexdigest())
    deliver(client, picture())
    assert meta.calls == []  # the webhook waits for nothing

    all_done(world, NOON)

    incoming = Incoming.objects.get()
    assert Ask.objects.get().words == "The broken rudder"
    assert documents.content_of(incoming.papers.get()) == content
    assert incoming.media == []
    assert {call.headers["authorization"] for call in meta.calls} == {"Bearer sesame"}


def test_once_it_is_here_the_phone_hears_of_it_and_offers_it(
    meta: Provider, client: Client, world: World
) -> None:
    content = b"\xff\xd8 rudder"
    meta.answer = media(content, digest=sha256(content).hexdigest())
    deliver(client, picture())
    before = feed(seen_by("marco"))

    all_done(world, NOON)

    after = feed(seen_by("marco"), since=before["cursor"])
    [[number, name]] = after["asks"][0]["papers"]
    assert (before["asks"][0]["papers"], name) == ([], Document.objects.get().name)
    assert Document.objects.get().pk == number


def test_a_picture_without_words_has_its_name(meta: Provider, client: Client) -> None:
    deliver(
        client,
        webhook(
            message(
                kind="document",
                id="1",
                mime_type="application/pdf",
                filename="plan.pdf",
            )
        ),
    )

    assert Ask.objects.get().words == "📎 plan.pdf"


def test_while_meta_is_away_the_picture_waits_and_costs_no_attempt(
    meta: Provider, client: Client, world: World
) -> None:
    meta.answer = media(b"", status=500)
    deliver(client, picture())

    all_done(world, NOON)

    owed = Consequence.objects.get(handler="titian.intake.fetching.fetch")
    assert (owed.done_at, owed.attempts) == (None, 0)
    assert len(Incoming.objects.get().media) == 1


def test_a_picture_that_was_changed_on_the_way_is_not_kept(
    meta: Provider, client: Client, world: World
) -> None:
    meta.answer = media(b"other", digest=sha256(b"rudder").hexdigest())
    deliver(client, picture())

    all_done(world, NOON)

    assert Incoming.objects.get().papers.count() == 0


def test_a_picture_that_is_gone_is_counted(
    meta: Provider, client: Client, world: World
) -> None:
    meta.answer = media(b"", status=404)
    deliver(client, picture())

    all_done(world, NOON)

    incoming = Incoming.objects.get()
    assert (incoming.left_out, incoming.media) == (1, [])


def test_an_unknown_senders_picture_is_fetched_too(
    meta: Provider, client: Client
) -> None:
    meta.answer = media(b"rudder")
    one = message(
        sender=ZOE, kind="image", id="2754859441498128", mime_type="image/png"
    )
    deliver(client, webhook(one))

    while owed := claim(None, at=real_time()):
        carry_out(owed)

    assert Incoming.objects.get().papers.count() == 1
