"""Web Push: words to a browser by its maker's service, which cannot read them."""

import json
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from titian.channels import Health, Rate, Receipt, Trouble, Undelivered, Words
from titian.channels.books import health_of
from titian.channels.envelopes import ReadFailed, authorisation, from_base64, sealed
from titian.channels.wire import Answer, ask
from titian.kernel import clock

KIND = "push"
KEPT = timedelta(hours=24)
"""So long the service keeps the words for a phone that is off."""
rate = Rate(a_second=50, at_once=100)
KINDS = {
    "notice": _("A notice is waiting for you."),
    "card": _("Safety words are waiting for you."),
    "roll": _("A roll call: open Titian now."),
    "incident": _("An emergency: open Titian now."),
    "ask": _("A request is waiting for you."),
    "promise": _("A promise is waiting for you."),
}
ANYTHING = _("Something is waiting for you.")
"""All that a locked screen shows: what kind it is, and never a word of it."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where one browser is reached, and the keys only it can open with."""

    endpoint: str
    public: bytes
    secret: bytes
    language: str = "id"

    @property
    def origin(self) -> str:
        """The push service itself."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"


def send(address: str, words: Words, key: UUID) -> Receipt:
    """Hand the words to the browser's push service, or raise ``Undelivered``.

    The address is the subscription as the browser wrote it in JSON, with the language
    of its owner. What goes is the kind of the words and what they are about; the words
    are fetched by whoever opens them. A repeat under the same key takes the first
    one's place while that still waits (``Topic``).
    """
    to = subscription(address)
    headers = {
        "Authorization": authorisation(
            to.origin,
            settings.VAPID["private"],
            settings.VAPID["subject"],
            at=clock.real_time(),
        ),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEPT.total_seconds())),
        "Topic": key.hex,
        "Urgency": "high" if words.is_urgent else "normal",
    }
    answer = ask(to.endpoint, _body(to, words, key), headers=headers)
    if answer.status >= 300:
        raise _undelivered(answer)
    return Receipt(answer.headers.get("location", "") or str(key))


def health() -> Health:
    """How the push services have been."""
    return health_of(KIND)


def is_on() -> bool:
    """Whether the house has a key by which push services know it."""
    return bool(settings.VAPID["private"] and settings.VAPID["subject"])


def subscription(written: str) -> Subscription:
    """What the browser wrote down; ``Undelivered`` if it leads anywhere but to a push
    service the house knows: a subscription is a stranger's word for where to call.
    """
    try:
        said: dict[str, Any] = json.loads(written)
        keys = said["keys"]
        found = Subscription(
            str(said["endpoint"]),
            from_base64(keys["p256dh"]),
            from_base64(keys["auth"]),
            str(said.get("language", "id")),
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise Undelivered(Trouble.NO_SUCH_ADDRESS, "unreadable") from problem
    if not any(fnmatchcase(found.origin, one) for one in settings.PUSH_SERVICES):
        raise Undelivered(Trouble.NO_SUCH_ADDRESS, f"unknown service {found.origin}")
    return found


def _body(to: Subscription, words: Words, key: UUID) -> bytes:
    language = to.language if to.language in dict(settings.LANGUAGES) else "id"
    with override(language):
        sentence = str(KINDS.get(words.kind, ANYTHING))
    said = {
        "kind": words.kind,
        "about": words.about,
        "say": sentence,
        "language": language,
        "key": str(key),
    }
    try:
        return sealed(
            json.dumps(said, ensure_ascii=False).encode(), to.public, to.secret
        )
    except ReadFailed as problem:
        raise Undelivered(Trouble.NO_SUCH_ADDRESS, str(problem)) from problem


def _undelivered(answer: Answer) -> Undelivered:
    if answer.status in {404, 410}:  # the browser has left
        return Undelivered(Trouble.NO_SUCH_ADDRESS, answer.detail)
    if answer.status == 429:
        return Undelivered(Trouble.TOO_FAST, answer.detail, after=answer.retry_after)
    if answer.status in {401, 403}:
        return Undelivered(Trouble.SETUP, answer.detail)
    if answer.status >= 500:
        return Undelivered(Trouble.NO_ANSWER, answer.detail, after=answer.retry_after)
    return Undelivered(Trouble.REFUSED, answer.detail)
