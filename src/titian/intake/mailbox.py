"""The mailbox, read over IMAP: each letter once, and never marked as read by us."""

import imaplib
import logging
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email.utils import parseaddr
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
)

from titian.intake import bounces, invitations, mail
from titian.intake.commands import receive
from titian.intake.models import Mailbox
from titian.kernel import clock

log = logging.getLogger(__name__)

TIMEOUT = 20
EVERY_SECONDS = 30.0
AT_ONCE = 100
FIRST_LOOK = timedelta(days=7)
"""A mailbox that is new to us is read so far back."""
LARGEST = 40 * 1024 * 1024


class Unreadable(OSError):
    """The server said no."""


def poll(url: str, *, at: datetime) -> int:
    """Read what is new in the mailbox; how many letters were read.

    Stops at the first letter that the house cannot keep just now (its database is
    away) and begins there next time. Raises ``OSError`` if the server is away or
    refuses: the mailbox's row says since when.
    """
    box, _made = Mailbox.objects.get_or_create(digest=_digest(url))
    try:
        with _opened(url) as (server, validity):
            if validity != box.validity:
                box.validity, box.last = validity, 0
            fresh = _fresh(server, box, at)
            for uid in fresh:
                take(_fetched(server, uid), at=at)
                box.last = uid
                box.save()
    except (OSError, imaplib.IMAP4.error) as problem:
        Mailbox.objects.filter(pk=box.pk).update(
            failures=box.failures + 1, detail=repr(problem)[:300]
        )
        raise Unreadable(str(problem)) from problem
    box.read_at, box.failures, box.detail = at, 0, ""
    box.save()
    return len(fresh)


def take(raw: bytes, *, at: datetime) -> None:
    """One letter: a report on ours, a machine's word, or somebody's words."""
    try:
        _take(raw, at)
    except (OperationalError, InterfaceError):  # the database is away: come back
        raise
    except Exception as problem:  # badly made letters break readers in new ways
        log.warning("a letter could not be read: %r", problem)
        receive(mail.unreadable(raw, problem, at=at), at=at)


def _take(raw: bytes, at: datetime) -> None:
    letter = mail.read(raw)
    if bounces.is_report(letter):
        bounces.take(letter, at=at)
        return
    message = mail.message_of(letter, raw, authserv=settings.MAIL_AUTHSERV, at=at)
    is_meant = not mail.is_automatic(letter) or invitations.is_an_answer(message)
    if is_meant and message.sender != _our_address():
        receive(message, at=at)


def watch(stop: threading.Event) -> None:
    """Read the mailbox until told to stop; each failure is written down."""
    while not stop.is_set():
        close_old_connections()
        with suppress(OSError, DatabaseError):
            poll(settings.IMAP_URL, at=clock.real_time())
        stop.wait(EVERY_SECONDS)


@contextmanager
def _opened(url: str) -> Iterator[tuple[imaplib.IMAP4, int]]:
    """The folder, opened to be read only, and the validity of its numbers."""
    parts = urlsplit(url)
    server = _connected(parts.scheme, parts.hostname or "", parts.port)
    try:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        status, _count = server.select(_quoted(folder), readonly=True)
        if status != "OK":
            raise Unreadable(f"no folder {folder}")
        said = server.response("UIDVALIDITY")[1]
        yield server, int(said[0] or 0)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()
        with suppress(OSError):
            server.shutdown()


def _connected(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    if scheme == "imaps":
        secure = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, port or 993, ssl_context=secure, timeout=TIMEOUT)
    server = imaplib.IMAP4(host, port or 143, timeout=TIMEOUT)
    if "STARTTLS" in server.capabilities:
        server.starttls(ssl.create_default_context())
    return server


def _fresh(server: imaplib.IMAP4, box: Mailbox, at: datetime) -> list[int]:
    """The numbers after the last one read, in order, not too many at once."""
    if box.last:
        wanted = ["UID", f"{box.last + 1}:*"]
    else:
        wanted = ["SINCE", (at - FIRST_LOOK).strftime("%d-%b-%Y")]
    status, found = server.uid("SEARCH", *wanted)
    if status != "OK":
        raise Unreadable("SEARCH")
    uids = sorted(int(one) for one in (found[0] or b"").split())
    return [uid for uid in uids if uid > box.last][:AT_ONCE]  # "n:*" names one always


def _fetched(server: imaplib.IMAP4, uid: int) -> bytes:
    """The whole letter; of one that is larger than we keep, its beginning."""
    wanted = f"(BODY.PEEK[]<0.{LARGEST}>)"
    status, found = server.uid("FETCH", str(uid), wanted)
    parts = [one[1] for one in found if isinstance(one, tuple)]
    if status != "OK" or not parts:
        raise Unreadable(f"FETCH {uid}")
    return bytes(parts[0])


def _quoted(folder: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", folder) + '"'


def _digest(url: str) -> str:
    parts = urlsplit(url)
    named = f"{parts.username}@{parts.hostname}:{parts.port}{parts.path}"
    return sha256(named.encode()).hexdigest()


def _our_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
