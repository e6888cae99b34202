"""The bridge between the event loop and the threads of the pages."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import Any

import pytest

from titian.web.bridge import OnThreads

type Begin = Callable[..., Any]
SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/api/acts",
    "query_string": b"since=1",
    "http_version": "1.1",
    "headers": [(b"cookie", b"a=b"), (b"content-length", b"8")],
}
PARTS = ({"body": b"half", "more_body": True}, {"body": b"half", "more_body": False})


def answered(
    pages: Callable[[Any, Begin], Iterable[bytes]],
    seen: list[MutableMapping[str, Any]] | None = None,
) -> list[MutableMapping[str, Any]]:
    """The messages the server is given for one request in two parts."""
    sent = [] if seen is None else seen
    parts = iter(PARTS)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", **next(parts)}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(OnThreads(pages, threads=1)(SCOPE, receive, send))
    return sent


def test_an_answer_of_one_piece_is_a_head_and_a_body_that_ends_it() -> None:
    def pages(asked: Any, begin: Begin) -> list[bytes]:
        begin("200 OK", [("Content-Type", "text/plain")])
        return [asked["HTTP_COOKIE"].encode()]

    head, body = answered(pages)

    assert head["status"] == 200
    assert head["headers"] == [(b"content-type", b"text/plain")]
    assert (body["body"], body["more_body"]) == (b"a=b", False)


def test_an_answer_without_a_body_ends_too() -> None:
    def pages(_asked: Any, begin: Begin) -> list[bytes]:
        begin("304 Not Modified", [])
        return []

    head, body = answered(pages)

    assert head["status"] == 304
    assert (body["body"], body["more_body"]) == (b"", False)


def test_of_many_pieces_the_first_is_sent_before_the_last_is_made() -> None:
    sent: list[MutableMapping[str, Any]] = []
    sent_before_the_last = []

    def pages(_asked: Any, begin: Begin) -> Iterator[bytes]:
        begin("200 OK", [])
        yield b"first"
        yield b"second"
        sent_before_the_last.append([one.get("body") for one in sent])
        yield b"last"

    answered(pages, sent)

    assert sent_before_the_last == [[None, b"first"]]
    bodies = [(one["body"], one["more_body"]) for one in sent[1:]]
    assert bodies == [(b"first", True), (b"second", True), (b"last", False)]


def test_what_is_sent_in_parts_is_read_whole() -> None:
    def pages(asked: Any, begin: Begin) -> list[bytes]:
        begin("200 OK", [])
        return [asked["wsgi.input"].read()]

    assert answered(pages)[1]["body"] == b"halfhalf"


def test_a_file_that_breaks_in_the_middle_is_closed_and_never_looks_whole() -> None:
    closed = []

    class Broken:
        def __iter__(self) -> Iterator[bytes]:
            yield b"first"
            yield b"second"
            raise OSError("the disk is gone")

        def close(self) -> None:
            closed.append(True)

    def pages(_asked: Any, begin: Begin) -> Broken:
        begin("200 OK", [])
        return Broken()

    sent: list[MutableMapping[str, Any]] = []
    with pytest.raises(OSError, match="the disk is gone"):
        answered(pages, sent)

    assert closed == [True]
    assert all(one["more_body"] for one in sent[1:])
