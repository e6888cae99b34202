"""Letters as machines and bad programs write them, and letters that came back."""

from uuid import uuid4

import pytest

from tests.intake.imap import Box
from tests.intake.letters import bounce, letter
from tests.intake.reading import number_of_last_mail_to, read
from tests.world import NOON, World
from titian.channels import Address, Words, email
from titian.channels.carrying import carry
from titian.channels.models import Delivery
from titian.intake.models import Incoming, Mailbox
from titian.kernel import documents
from titian.kernel.models import Entry
from titian.loop.models import Ask

INGRID = "ingrid@example.org"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"Subject": "Automatic reply: Boats"},
        {"Subject": "Balasan otomatis: Perahu"},
        {"From": "titian@localhost"},
    ],
)
def test_a_machines_answer_is_nobodys_word(
    world: World, box: Box, headers: dict[str, str]
) -> None:
    assert read(box, letter(**headers)) is None
    assert Mailbox.objects.get().last == 1


def test_what_a_list_sends_on_is_still_somebodys_word(world: World, box: Box) -> None:
    read(box, letter(List_Id="<rowers.example.org>", Precedence="list"))

    assert Ask.objects.count() == 1


def test_what_was_enclosed_is_kept(world: World, box: Box) -> None:
    one = letter()
    one.add_attachment(
        b"%PDF", maintype="application", subtype="pdf", filename="../../plan.pdf"
    )

    incoming = read(box, one)

    assert incoming is not None
    paper = incoming.papers.get()
    assert (paper.name, paper.media_type) == ("plan.pdf", "application/pdf")
    assert documents.content_of(paper) == b"%PDF"


def test_a_file_that_is_too_large_takes_no_words_with_it(
    world: World, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LARGEST", 10)
    one = letter()
    one.add_attachment(b"%PDF" * 9, maintype="application", subtype="pdf")

    incoming = read(box, one)

    assert incoming is not None
    assert (incoming.state, incoming.left_out) == ("taken", 1)


def test_words_without_end_are_kept_whole(world: World, box: Box) -> None:
    long = "boats " * 2000

    incoming = read(box, letter(long))

    assert incoming is not None and incoming.ask is not None
    assert incoming.ask.words.endswith("…")
    whole = documents.content_of(incoming.papers.get()).decode()
    assert whole.split() == long.split()


def test_a_page_is_read_as_words(world: World, box: Box) -> None:
    one = letter()
    one.clear_content()
    one.set_content(
        "<head><style>p{}</style></head><p>Two&nbsp;boats</p><div>at six</div>",
        subtype="html",
    )

    read(box, one)

    assert Ask.objects.get().words.split() == ["Two", "boats", "at", "six"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00garbage",
        b"From: Ingrid <ingrid@example.org>\nContent-Type: text/plain; charset=klingon"
        b"\n\nTwo boats",
        b"From: Ingrid <ingrid@example.org>\nContent-Type: multipart/mixed; boundary=x"
        b"\n\n--y\n\nTwo boats",
        b"From: Ingrid <ingrid@example.org>\nMessage-ID: <\x00>\n\nTwo\x00 boats",
        b"From: =?utf-8?B?////?= <ingrid@example.org>\nDate: yesterday\n\nTwo boats",
    ],
)
def test_a_badly_made_letter_is_kept_and_stops_no_other(
    world: World, box: Box, raw: bytes
) -> None:
    box.put(raw)

    read(box, letter())

    assert Incoming.objects.count() == 2
    assert Ask.objects.filter(words="We need two boats at six.").exists()


@pytest.mark.parametrize("action", ["failed", "delayed"])
def test_a_letter_that_came_back_is_a_delivery_that_failed(
    world: World, box: Box, action: str
) -> None:
    receipt = carry([Address("email", INGRID)], Words("In hand"), uuid4(), at=NOON)
    assert receipt.receipt is not None

    box.put(bounce(receipt.receipt.number, INGRID, action=action).as_bytes())
    read(box)

    delivery = Delivery.objects.get()
    failed = action == "failed"
    assert delivery.state == ("failed" if failed else "sent")
    assert Entry.objects.filter(verb="delivery.failed").count() == failed
    assert Incoming.objects.count() == 0


def test_a_forged_bounce_fails_nothing(world: World, box: Box) -> None:
    """Eve knows the number of her own letter, and claims that Ingrid's came back."""
    key = uuid4()
    for name in ("ingrid", "eve"):
        carry([Address("email", f"{name}@example.org")], Words("Yes"), key, at=NOON)
    hers = number_of_last_mail_to("eve@example.org")

    box.put(bounce(hers, INGRID).as_bytes())
    box.put(bounce(email.number_of(INGRID, uuid4()), INGRID).as_bytes())
    read(box)

    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_a_letter_may_stand_in_its_subject(world: World, box: Box) -> None:
    read(box, letter("", Subject="Two boats at six, please"))

    assert Ask.objects.get().words == "Two boats at six, please"
