"""One server for both: live streams on the event loop, pages on a fixed thread pool."""

import gc
import sys
from typing import Any, cast

from django.conf import settings

# isort: off
from titian.wsgi import application as pages  # wakes Django: first
from titian.web.bridge import OnThreads
from titian.web.live.stream import Receive, Scope, Send, live

# isort: on

gc.freeze()  # what is loaded now stays for good: never look through it again
gc.set_threshold(2_000, 10, 10)
# Who writes gives the interpreter away at each statement, and all others wait for her
# commit: she has it back within half a millisecond, not five.
sys.setswitchinterval(0.0005)

on_threads = OnThreads(cast("Any", pages), threads=settings.WEB_THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Route one connection."""
    if scope["type"] == "lifespan":
        await _live_through(receive, send)
    elif scope["type"] != "http":
        raise ValueError(scope["type"])
    elif scope["path"] == "/live" or scope["path"].startswith("/live/"):
        await live(scope, receive, send)
    else:
        await on_threads(scope, receive, send)


async def _live_through(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
