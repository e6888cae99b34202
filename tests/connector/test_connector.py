"""A machine proposes: it is asked one origin only, and says clearly when it cannot."""

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from tests.channels.servers import Answer, Call, Provider, provider, says
from titian import connector
from titian.connector import NoProposal, Problem, Sound, Wanted
from titian.connector.wire import LARGEST, is_safe

WORDS = "二艘の船が必要です"
WANTED = Wanted("translation", WORDS, "ja", "id")


def connect(
    settings: Settings, url: str, kind: str = "libretranslate", hears: str = ""
) -> None:
    said = {"url": url, "kind": kind, "key": "k-1", "model": "small", "hears": hears}
    settings.CONNECTOR = said


def translates(call: Call) -> Answer:
    return says(200, {"translatedText": "Kami perlu dua perahu"})


def completes(call: Call) -> Answer:
    return says(200, {"choices": [{"message": {"content": " Dua perahu \n"}}]})


def problem_of(settings: Settings, answer: Any, kind: str = "openai") -> Problem:
    with provider(lambda call: answer) as machine:
        connect(settings, machine.address, kind)
        with pytest.raises(NoProposal) as refused:
            connector.propose(WANTED)
    return refused.value.problem


def test_it_is_off_by_default(settings: Settings) -> None:
    assert (connector.is_on(), connector.wishes()) == (False, [])
    with pytest.raises(NoProposal) as refused:
        connector.propose(WANTED)
    assert refused.value.problem == Problem.OFF


def test_libretranslate_is_spoken_to_as_it_asks(settings: Settings) -> None:
    with provider(translates) as machine:
        connect(settings, machine.address)
        assert connector.propose(WANTED) == "Kami perlu dua perahu"

    [call] = machine.calls
    assert (call.method, call.path) == ("POST", "/translate")
    assert call.json == {
        "q": WORDS,
        "source": "ja",
        "target": "id",
        "format": "text",
        "api_key": "k-1",
    }


@pytest.mark.parametrize("wish", ["translation", "summary", "draft"])
def test_a_chat_machine_gets_the_words_as_material(
    settings: Settings, wish: str
) -> None:
    with provider(completes) as machine:
        connect(settings, f"{machine.address}/v1/", "openai")
        said = connector.propose(Wanted(wish, WORDS, "ja", "id"))

    [call] = machine.calls
    assert (said, call.path) == ("Dua perahu", "/v1/chat/completions")
    assert call.headers["authorization"] == "Bearer k-1"
    assert call.json["model"] == "small"
    assert [one["role"] for one in call.json["messages"]] == ["system", "user"]
    assert call.json["messages"][1]["content"] == WORDS
    assert WORDS not in call.json["messages"][0]["content"]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (says(401), Problem.REFUSED),
        (says(404), Problem.REFUSED),
        (says(429), Problem.BUSY),
        (says(503), Problem.SILENT),
        (says(200, ["no object"]), Problem.UNREADABLE),
        (says(200, {"choices": []}), Problem.UNREADABLE),
        (says(200, {"choices": [{"message": {"content": None}}]}), Problem.UNREADABLE),
        (says(200, {"choices": [{"message": {"content": " "}}]}), Problem.UNREADABLE),
        (says(200, {"padding": "x" * LARGEST}), Problem.UNREADABLE),
        ((200, {}, b"not json"), Problem.UNREADABLE),
    ],
)
def test_what_goes_wrong_has_a_sentence(
    settings: Settings, answer: Answer, problem: Problem
) -> None:
    assert problem_of(settings, answer) == problem
    assert str(problem.label).endswith(".")


def test_sent_elsewhere_it_does_not_go(settings: Settings) -> None:
    with provider(completes) as elsewhere:
        moved = says(307, Location=f"{elsewhere.address}/translate")
        assert problem_of(settings, moved) == Problem.REFUSED

    assert elsewhere.calls == []


def test_nobody_there_is_silence(settings: Settings) -> None:
    with provider(translates) as machine:
        gone = machine.address
    connect(settings, gone)

    with pytest.raises(NoProposal) as refused:
        connector.propose(WANTED)
    assert refused.value.problem == Problem.SILENT


def test_too_long_words_are_not_given_away(settings: Settings) -> None:
    machine: Provider
    with provider(translates) as machine:
        connect(settings, machine.address)
        with pytest.raises(NoProposal):
            connector.propose(Wanted("translation", "x" * 4001, "", "id"))

    assert machine.calls == []


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://machine.example", True),
        ("http://127.0.0.1:5000", True),
        ("http://machine.example", False),
        ("http://169.254.169.254", False),
        ("file:///etc/passwd", False),
        ("https://user:secret@machine.example", False),
        ("", False),
    ],
)
def test_words_travel_over_https_or_not_off_this_machine(url: str, safe: bool) -> None:
    assert is_safe(url) is safe


def test_over_a_bare_line_nothing_is_asked(settings: Settings) -> None:
    connect(settings, "http://machine.example")

    with pytest.raises(NoProposal) as refused:
        connector.propose(WANTED)
    assert refused.value.detail == "TITIAN_CONNECTOR_URL is not https"


NOTE = Sound("audio/ogg; codecs=opus", b"OggS\x00\xff\xd8", "ja")


def hears(call: Call) -> Answer:
    return says(200, {"text": " Kami perlu dua perahu \n"})


def test_a_voice_note_goes_alone_and_without_a_name(settings: Settings) -> None:
    with provider(hears) as machine:
        connect(settings, f"{machine.address}/v1", "openai", hears="ear-1")
        assert connector.transcribe(NOTE) == "Kami perlu dua perahu"

    [call] = machine.calls
    assert call.path == "/v1/audio/transcriptions"
    assert call.headers["authorization"] == "Bearer k-1"
    assert call.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'filename="note.ogg"' in call.body
    assert NOTE.content in call.body
    assert b'name="model"\r\n\r\near-1\r\n' in call.body
    assert b'name="language"\r\n\r\nja\r\n' in call.body


@pytest.mark.parametrize(
    ("kind", "ear", "problem"),
    [
        ("openai", "", Problem.DEAF),
        ("libretranslate", "ear-1", Problem.DEAF),
    ],
)
def test_a_machine_that_does_not_listen_gets_no_voice(
    settings: Settings, kind: str, ear: str, problem: Problem
) -> None:
    with provider(hears) as machine:
        connect(settings, machine.address, kind, hears=ear)
        with pytest.raises(NoProposal) as refused:
            connector.transcribe(NOTE)

    assert (refused.value.problem, machine.calls) == (problem, [])


def test_a_transcript_without_text_is_no_transcript(settings: Settings) -> None:
    with provider(lambda call: says(200, {"segments": []})) as machine:
        connect(settings, machine.address, "openai", hears="ear-1")
        with pytest.raises(NoProposal) as refused:
            connector.transcribe(NOTE)

    assert refused.value.problem == Problem.UNREADABLE
