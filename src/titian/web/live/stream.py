"""The address ``/live``: server-sent events, outside Django's request threads."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.db import close_old_connections, connection

from titian.kernel.numbers import row_number
from titian.web.live import listeners
from titian.web.live.hub import Subscriber, hub

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

threads = ThreadPoolExecutor(2, "live")
RECHECK_BEATS = 8
"""A stream outlives a logout: every so many heartbeats it is asked again."""
BEAT_SECONDS = (2.0, 15.0)
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def live(scope: Scope, receive: Receive, send: Send) -> None:
    """Send what the listener may hear until it leaves; 403 if it may hear nothing."""
    listener = await _in_thread(_identify, scope)
    if listener is None:
        await _refuse(send)
        return
    hub.join(listener)  # first listen, then replay: what comes twice has the same id
    leaving = asyncio.create_task(_until_disconnect(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _put(send, b"retry: 2000\n\n: here\n\n")
        for news in await _in_thread(_missed, listener, cursor_of(scope)):
            await _put(send, news)
        await _stream(scope, listener, leaving, send)
    finally:
        hub.leave(listener)
        leaving.cancel()


async def _stream(
    scope: Scope, listener: Subscriber, leaving: "asyncio.Task[None]", send: Send
) -> None:
    leaving.add_done_callback(lambda _left: listener.woken.set())
    beats = 0
    while not leaving.done() and not listener.is_lost:
        if news := listener.taken():
            await _put(send, news)
        elif not await _woken(listener, beat_of(scope)):
            beats += 1
            if not await _still(scope, beats):
                return
            await _put(send, b"event: beat\ndata: \n\n")


async def _woken(listener: Subscriber, seconds: float) -> bool:
    """Whether there is something to do before the next heartbeat."""
    try:
        async with asyncio.timeout(seconds):
            await listener.woken.wait()
    except TimeoutError:
        return False
    return True


async def _still(scope: Scope, beats: int) -> bool:
    if beats % RECHECK_BEATS:
        return True
    return await _in_thread(_identify, scope) is not None


async def _put(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 403, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _until_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _in_thread(function: Callable[..., Any], *args: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(
        threads, _with_connection, function, *args
    )


def _with_connection(function: Callable[..., Any], *args: Any) -> Any:
    close_old_connections()
    try:
        return function(*args)
    finally:
        if connection.vendor == "postgresql":  # back to the pool
            connection.close()


def _identify(scope: Scope) -> Subscriber | None:
    if scope["path"].startswith("/live/g/"):
        return listeners.by_link(scope["path"].removeprefix("/live/g/").strip("/"))
    cookies = SimpleCookie(_header(scope, b"cookie"))
    session = cookies.get(settings.SESSION_COOKIE_NAME)
    return listeners.by_session(session.value) if session else None


def _missed(listener: Subscriber, since: int | None) -> list[bytes]:
    return [] if since is None else listeners.missed(listener, since)


def cursor_of(scope: Scope) -> int | None:
    """What the page has seen: the browser's word first, then the page's own."""
    for word in (_header(scope, b"last-event-id"), _asked(scope, "since")):
        if (number := row_number(word)) is not None:
            return number
    return None


def beat_of(scope: Scope) -> float:
    """How often the page wants a sign of life; a wall notices silence in seconds."""
    asked = row_number(_asked(scope, "beat"))
    low, high = BEAT_SECONDS
    return high if asked is None else min(max(float(asked), low), high)


def _asked(scope: Scope, name: str) -> str:
    words: dict[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"))
    return words.get(name, [""])[0]


def _header(scope: Scope, name: bytes) -> str:
    return dict(scope["headers"]).get(name, b"").decode("latin-1")  # type: ignore[no-any-return]
