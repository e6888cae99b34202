"""How the channels are: a line each for the operator."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError

from titian import connector
from titian.briefing.models import Device
from titian.briefing.reaching import push_key
from titian.channels import Health
from titian.channels.books import is_on
from titian.channels.envelopes import private_key
from titian.connector.wire import is_safe
from titian.intake.models import Incoming, Mailbox
from titian.kernel import clock


def examine() -> Iterator[tuple[str, str]]:
    """Each channel, and what is wrong with it if anything is; off is not wrong."""
    at = clock.real_time()
    try:
        for kind, path in settings.CHANNELS.items():
            yield _examined(kind, path, at)
        yield from _phones()
        yield _mailbox(at)
        yield _machine()
        waiting = Incoming.objects.waiting().count()
        yield f"messages that came in: {waiting} wait for a coordinator", ""
    except DatabaseError as problem:
        yield "channels", str(problem).splitlines()[0]


def _examined(kind: str, path: str, at: datetime) -> tuple[str, str]:
    if not is_on(kind):
        return f"channel {kind}: off", ""
    health: Health = import_module(path).health()
    name = f"channel {kind}: on, {_lately(health, at)}"
    return name, _missing(kind) or _ailing(health, at)


def _lately(health: Health, at: datetime) -> str:
    if health.last_success_at is None:
        return "not used yet"
    return f"last success {_ago(at, health.last_success_at)}"


def _ailing(health: Health, at: datetime) -> str:
    if not health.failures:
        return ""
    rests = ""
    if health.paused_until is not None and health.paused_until > at:
        left = int((health.paused_until - at).total_seconds())
        rests = f", rests for {left} s"
    said = f"{health.trouble} ({health.detail})"
    return f"{health.failures} failures in a row{rests}: {said}"


def _missing(kind: str) -> str:
    """What is half set up: words would go out and nothing could come back."""
    if kind == "whatsapp" and not settings.WHATSAPP["secret"]:
        return "TITIAN_WHATSAPP_APP_SECRET is not set: no message comes in"
    if kind == "sms" and not settings.SMS["secret"]:
        return "TITIAN_SMS_SECRET is not set: no message comes in"
    if kind == "sms" and not _is_safe(settings.SMS["api"]):
        return "TITIAN_SMS_URL is not https"
    if kind == "push":
        return _key_problem(settings.VAPID["private"])
    return ""


def _phones() -> Iterator[tuple[str, str]]:
    """How many browsers are told; they subscribe over https alone."""
    if not is_on("push"):
        return
    rows = Device.objects.in_use()
    other = rows.exclude(made_with=push_key()).count()
    name = f"phones to be told by push: {rows.count() - other}"
    if not settings.SECURE:
        name += " (TITIAN_HTTPS is not 1: no browser subscribes)"
    problem = f"{other} more were subscribed under another VAPID key" if other else ""
    yield name, problem


def _key_problem(written: str) -> str:
    try:
        private_key(written)
    except ValueError:
        return "TITIAN_VAPID_PRIVATE is no key: 32 bytes in base64url"
    return ""


def _is_safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1"}


def _mailbox(at: datetime) -> tuple[str, str]:
    if not settings.IMAP_URL:
        return "mailbox: off", ""
    box = Mailbox.objects.order_by("-pk").first()
    if box is None:
        return "mailbox: on, not read yet", ""
    read = f"read {_ago(at, box.read_at)}" if box.read_at else "never read"
    problem = f"{box.failures} failures in a row: {box.detail}" if box.failures else ""
    return f"mailbox: on, {read}", problem


def _machine() -> tuple[str, str]:
    """The connector that proposes words; what is half set up is a problem."""
    named = settings.CONNECTOR
    if not named["url"]:
        return "connector: off", ""
    name = f"connector: {named['kind']}"
    if named["kind"] not in connector.KINDS:
        kinds = " or ".join(connector.KINDS)
        return name, f"TITIAN_CONNECTOR_KIND is not {kinds}"
    if not is_safe(named["url"]):
        return name, "TITIAN_CONNECTOR_URL is not https, or names a user"
    if named["kind"] == "openai" and not named["model"]:
        return name, "TITIAN_CONNECTOR_MODEL is not set"
    return f"{name} at {urlsplit(named['url']).hostname}", ""


def _ago(at: datetime, then: datetime) -> str:
    minutes = max(0, int((at - then).total_seconds() // 60))
    return f"{minutes} min ago" if minutes < 120 else f"{minutes // 60} h ago"
