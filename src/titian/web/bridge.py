"""From the event loop to the threads of pages and back, with one change of hands.

a2wsgi hands over an answer's head, each of its pieces and its end one by one, and the
thread waits for the event loop each time. Most answers are one piece: here they come
back with the end of the call itself. What comes in many pieces still goes at once.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, cast

from a2wsgi.wsgi import Body, build_environ

from titian.web.live.stream import Message, Receive, Scope, Send

type Pages = Callable[[Any, Callable[..., Any]], Iterable[bytes]]


class OnThreads:
    """The pages as an ASGI application on a fixed number of threads."""

    def __init__(self, pages: Pages, *, threads: int) -> None:
        self._pages = pages
        self._threads = ThreadPoolExecutor(threads, "pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; raises what the pages raise."""
        loop = asyncio.get_running_loop()
        asked = build_environ(cast("Any", scope), await _body(loop, receive))
        answer = Answer(loop, send)
        work = partial(copy_context().run, answer.fill, self._pages, asked)
        await loop.run_in_executor(self._threads, work)
        for message in answer.waiting:
            await send(message)


async def _body(loop: asyncio.AbstractEventLoop, receive: Receive) -> Body:
    """What was sent along: its first part is here before a thread is taken."""
    first = await receive()
    body = Body(loop, cast("Any", receive))
    body.buffer.extend(first.get("body", b""))
    body._has_more = first.get("more_body", False)
    return body


class Answer:
    """What the pages say, on its way back."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self.waiting: list[Message] = []
        self._loop, self._send = loop, send

    def fill(self, pages: Pages, asked: object) -> None:
        """Call the pages, on a thread; the last piece is left ``waiting``."""
        pieces = pages(asked, self._begin)
        try:
            for piece in pieces:
                if self.waiting and "body" in self.waiting[-1]:
                    self._send_on()
                self._add(piece)
        finally:
            getattr(pieces, "close", lambda: None)()
        if not self.waiting or "body" not in self.waiting[-1]:
            self._add(b"")
        self.waiting[-1]["more_body"] = False

    def _begin(
        self, status: str, headers: list[tuple[str, str]], _error: Any = None
    ) -> Callable[[bytes], None]:
        lines = [
            (name.strip().lower().encode("latin1"), value.strip().encode("latin1"))
            for name, value in headers
        ]
        code = int(status.split(" ", 1)[0])
        self.waiting.append(
            {"type": "http.response.start", "status": code, "headers": lines}
        )
        return self._add

    def _add(self, piece: bytes) -> None:
        self.waiting.append(
            {"type": "http.response.body", "body": piece, "more_body": True}
        )

    def _send_on(self) -> None:
        """Give away what is there, no faster than the reader takes it."""
        messages, self.waiting = self.waiting, []
        asyncio.run_coroutine_threadsafe(self._sent(messages), self._loop).result()

    async def _sent(self, messages: list[Message]) -> None:
        for message in messages:
            await self._send(message)
