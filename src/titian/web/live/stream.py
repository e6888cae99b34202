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
RECHECK_SECONDS = 60.0
"""A stream outlives a logout by no more than this, however much there is to tell."""
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
        await tell_all(scope, listener, leaving, send)
    finally:
        hub.leave(listener)
        leaving.cancel()


async def tell_all(
    scope: Scope, listener: Subscriber, leaving: "asyncio.Task[None]", send: Send
) -> None:
    """News as it comes and beats between, until one side ends it or it may no more."""
    leaving.add_done_callback(lambda _left: listener.woken.set())
    clock = asyncio.get_running_loop().time
    ask_again = clock() + RECHECK_SECONDS
    while not leaving.done() and not listener.is_lost:
        if clock() >= ask_again:
            if not await _in_thread(still_hears, scope, listener):
                return
            ask_again = clock() + RECHECK_SECONDS
        if news := listener.taken():
            await _put(send, news)
        elif not await _woken(listener, beat_of(scope)):
            await _put(send, b"event: beat\ndata: \n\n")


async def _woken(listener: Subscriber, seconds: float) -> bool:
    """Whether there is something to do before the next heartbeat."""
    try:
        async with asyncio.timeout(seconds):
            await listener.woken.wait()
    except TimeoutError:
        return False
    return True


def still_hears(scope: Scope, listener: Subscriber) -> bool:
    """Whether the listener is still somebody; from now on it hears what it now may."""
    now = _identify(scope)
    if now is None:
        return False
    listener.topics, listener.seats = now.topics, now.seats
    return True


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
