"""``/intake/``: where providers call. No session, no cookie: a signature, or
a number that only its receiver has, or nothing."""

import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.renderers import BaseRenderer

from titian.channels import push
from titian.channels.deliveries import note
from titian.intake import sms, whatsapp
from titian.intake.signatures import is_signed, is_signed_at
from titian.kernel import clock

LARGEST = 3 * 1024 * 1024
"""Meta's webhooks are at most this large."""

type Taker = Callable[[Mapping[str, Any]], int]


class Plain(BaseRenderer):
    """The words themselves: Meta wants its challenge back as it came."""

    media_type = "text/plain"

    def render(self, request: Any, data: Any, *, response_status: int) -> str:
        """``data`` as it stands; of a refusal, its sentence."""
        return data if isinstance(data, str) else str(data.get("detail", ""))


doors = NinjaAPI(
    title="Intake",
    version="1",
    auth=None,
    docs_url=None,
    openapi_url=None,
    urls_namespace="intake",
    renderer=Plain(),
)


@doors.get("/whatsapp")
def verify(request: Any) -> str:
    """Meta asks once whether it calls the right house; the challenge is the answer."""
    asked = request.GET
    expected = _switched_on(settings.WHATSAPP["verify"])
    given = asked.get("hub.verify_token", "").encode()
    is_ours = hmac.compare_digest(expected.encode(), given)
    if asked.get("hub.mode") != "subscribe" or not is_ours:
        raise HttpError(403, "no")
    return str(asked.get("hub.challenge", ""))[:200]


@doors.post("/whatsapp")
def take_whatsapp(request: Any) -> str:
    """Messages and states; told twice, or out of order, they change nothing."""
    secret = _switched_on(settings.WHATSAPP["secret"])
    content = _content(request)
    if not is_signed(secret, content, request.headers.get("X-Hub-Signature-256", "")):
        raise HttpError(403, "no")
    return _taken(content, lambda said: whatsapp.take(said, at=clock.real_time()))


@doors.post("/sms")
def take_sms(request: Any) -> str:
    """Messages and reports of an SMS gateway."""
    secret, now = _switched_on(settings.SMS["secret"]), clock.real_time()
    content, headers = _content(request), request.headers
    signature = headers.get("X-Titian-Signature", "")
    stamp = headers.get("X-Titian-Timestamp", "")
    if not is_signed_at(secret, content, signature, stamp, at=now):
        raise HttpError(403, "no")
    return _taken(content, lambda said: sms.take(said, at=now))


@doors.post("/push")
def take_push(request: Any) -> str:
    """A phone says that it rang, by the number that went to that phone alone."""
    try:
        ref = UUID(str(json.loads(_content(request)).get("key", "")))
    except (ValueError, AttributeError):
        raise HttpError(400, "no number") from None
    noted = note(push.KIND, "deliver", ref=ref, at=clock.real_time())
    return f"{int(noted is not None)}"


def _switched_on(secret: str) -> str:
    """The secret; without one there is no such door."""
    if not secret:
        raise HttpError(404, "no")
    return secret


def _content(request: Any) -> bytes:
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        raise HttpError(413, "too large")
    return bytes(request.body)


def _taken(content: bytes, take: Taker) -> str:
    """Signed, so it is the provider's: what we cannot read it would only send again."""
    try:
        said = json.loads(content)
    except ValueError:
        raise HttpError(400, "no JSON") from None
    if not isinstance(said, dict):
        raise HttpError(400, "no object")
    return f"{take(said)}"
