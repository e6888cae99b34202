"""WhatsApp by the Cloud API's documented requests and answers."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from tests.channels.servers import Answer, Call, Provider, provider, says
from titian.channels import Attachment, Template, Trouble, Undelivered, Words, whatsapp
from titian.channels.books import note_heard
from titian.kernel import clock

pytestmark = pytest.mark.django_db
INGRID = "+62 812-0000-1111"
WAMID = "wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI1RjQyNUE3NEYxMzAzMzQ5MkEA"
TAKEN = {
    "messaging_product": "whatsapp",
    "contacts": [{"input": "6281200001111", "wa_id": "6281200001111"}],
    "messages": [{"id": WAMID}],
}
KEY = UUID("8b1f4a52-24f6-4a56-9dfd-3f1f3a2f3b11")


def refusal(code: int, status: int = 400, **headers: str) -> Answer:
    """An error as the Cloud API words it."""
    error = {
        "message": f"(#{code}) Something",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": "Something"},
        "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
    }
    return says(status, {"error": error}, **headers)


@pytest.fixture
def meta(settings: Settings) -> Iterator[Provider]:
    with provider(lambda _call: says(200, TAKEN)) as meta:
        settings.WHATSAPP = {
            "api": meta.address,
            "number": "106540352242922",
            "token": "sesame",
            "template": "",
        }
        yield meta


def wrote(ago: timedelta = timedelta(minutes=1)) -> None:
    """Ingrid wrote to us so long ago."""
    note_heard("whatsapp", "+6281200001111", clock.real_time() - ago)


def refused() -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        whatsapp.send(INGRID, Words("Two"), KEY)
    return caught.value


def test_within_a_day_the_words_go_as_they_are(meta: Provider) -> None:
    wrote()

    receipt = whatsapp.send(INGRID, Words("Boats 4 and 7", "A-0001"), KEY)

    [call] = meta.calls
    assert (call.method, call.path) == ("POST", "/106540352242922/messages")
    assert call.headers["authorization"] == "Bearer sesame"
    assert call.json == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "6281200001111",
        "biz_opaque_callback_data": str(KEY),
        "type": "text",
        "text": {"preview_url": False, "body": "A-0001\n\nBoats 4 and 7"},
    }
    assert receipt.number == WAMID


def test_an_answer_stands_below_what_it_answers(meta: Provider) -> None:
    wrote()

    whatsapp.send(INGRID, Words("Yes", answers="wamid.ABC"), KEY)

    assert meta.calls[0].json["context"] == {"message_id": "wamid.ABC"}


def test_after_a_day_only_an_approved_template_goes(meta: Provider) -> None:
    wrote(timedelta(hours=24))
    words = Words("Two", template=Template("ask_moved", "en", ("A-0001", "in hand")))

    whatsapp.send(INGRID, words, KEY)

    assert meta.calls[0].json["template"] == {
        "name": "ask_moved",
        "language": {"code": "en"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "A-0001"},
                    {"type": "text", "text": "in hand"},
                ],
            }
        ],
    }


def test_the_house_has_a_template_for_all_words(
    meta: Provider, settings: Settings
) -> None:
    settings.WHATSAPP = {**settings.WHATSAPP, "template": "word_from_host:en"}

    whatsapp.send(INGRID, Words("Boats\n4    and\t7", "A-0001"), KEY)

    template = meta.calls[0].json["template"]
    assert template["language"] == {"code": "en"}
    [value] = template["components"][0]["parameters"]
    assert value["text"] == "A-0001 · Boats 4 and 7"


def test_without_window_and_template_nothing_is_even_asked(meta: Provider) -> None:
    assert refused().trouble == Trouble.NO_WINDOW
    assert meta.calls == []


def test_when_meta_says_the_window_is_shut_the_template_goes(
    meta: Provider, settings: Settings
) -> None:
    wrote()
    settings.WHATSAPP = {**settings.WHATSAPP, "template": "word"}
    meta.answer = lambda call: (
        refusal(131047) if call.json["type"] == "text" else says(200, TAKEN)
    )

    whatsapp.send(INGRID, Words("Two"), KEY)

    assert [call.json["type"] for call in meta.calls] == ["text", "template"]


@pytest.mark.parametrize(
    ("code", "status", "trouble"),
    [
        (131026, 400, Trouble.NO_SUCH_ADDRESS),
        (131051, 400, Trouble.REFUSED),
        (132001, 404, Trouble.REFUSED),
        (190, 401, Trouble.SETUP),
        (131031, 403, Trouble.SETUP),
        (130429, 429, Trouble.TOO_FAST),
        (131056, 400, Trouble.TOO_FAST),
        (131000, 500, Trouble.NO_ANSWER),
        (131016, 503, Trouble.NO_ANSWER),
    ],
)
def test_metas_codes_are_told_apart(
    meta: Provider, code: int, status: int, trouble: Trouble
) -> None:
    wrote()
    meta.answer = lambda _call: refusal(code, status)

    problem = refused()

    assert problem.trouble == trouble
    assert str(code) in problem.detail


def test_the_wait_that_meta_asks_for_is_kept(meta: Provider) -> None:
    wrote()
    meta.answer = lambda _call: refusal(130429, 429, Retry_After="90")

    assert refused().after == timedelta(seconds=90)


def test_a_page_instead_of_an_answer_is_no_answer(meta: Provider) -> None:
    wrote()
    meta.answer = lambda _call: (502, {}, b"<html>Bad gateway</html>")

    assert refused().trouble == Trouble.NO_ANSWER


def test_files_are_given_first_and_follow_the_words(meta: Provider) -> None:
    wrote()

    def answer(call: Call) -> Answer:
        return says(200, {"id": "1234"} if call.path.endswith("/media") else TAKEN)

    meta.answer = answer
    files = (
        Attachment("pier.jpg", "image/jpeg", b"\xff\xd8\x00"),
        Attachment("plan.pdf", "application/pdf", b"%PDF"),
    )

    whatsapp.send(INGRID, Words("Here", attachments=files), KEY)

    first, second, *said = meta.calls
    assert b'filename="pier.jpg"' in first.body
    assert b"\xff\xd8\x00" in first.body
    assert b'filename="plan.pdf"' in second.body
    assert [call.json["type"] for call in said] == ["text", "image", "document"]
    assert said[2].json["document"] == {"id": "1234", "filename": "plan.pdf"}


def test_long_words_go_in_parts_and_none_is_lost(meta: Provider) -> None:
    wrote()
    said = "boats " * 1500

    whatsapp.send(INGRID, Words(said), KEY)

    assert "".join(call.json["text"]["body"] for call in meta.calls) == said


def test_no_number_is_no_address(meta: Provider) -> None:
    with pytest.raises(Undelivered) as caught:
        whatsapp.send("ask Marco", Words("Two"), uuid4())

    assert caught.value.trouble == Trouble.NO_SUCH_ADDRESS


def test_our_token_does_not_follow_a_turn(meta: Provider) -> None:
    wrote()
    meta.answer = lambda call: (
        (302, {"Location": f"{meta.address}/elsewhere"}, b"")
        if call.path.endswith("/messages")
        else says(200, TAKEN)
    )

    refused()

    assert [call.path for call in meta.calls] == ["/106540352242922/messages"]


def test_it_is_off_until_number_and_token_are_there(settings: Settings) -> None:
    assert not whatsapp.is_on()
