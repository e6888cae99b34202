"""SMS, by any gateway that speaks the one shape that docs/spec/channels.md sets out."""

from uuid import UUID

from django.conf import settings

from titian.channels import Health, Rate, Receipt, Trouble, Undelivered, Words
from titian.channels.books import health_of
from titian.channels.wire import Answer, post_json
from titian.kernel.numbers import international

KIND = "sms"
LONGEST = 670
"""Ten parts of Unicode text; what is longer is cut, and says so by three dots."""
NO_SUCH = frozenset({"invalid_number", "unknown_number", "blocked_number", "opted_out"})
rate = Rate(a_second=10, at_once=20)


def send(address: str, words: Words, key: UUID) -> Receipt:
    """Hand the words to the gateway, or raise ``Undelivered``.

    The key goes with them twice: as ``Idempotency-Key``, under which the gateway sends
    once, and as ``reference``, which comes back with the report.
    """
    to = international(address)
    if not to:
        raise Undelivered(Trouble.NO_SUCH_ADDRESS)
    said = {
        "to": to,
        "from": settings.SMS["sender"],
        "text": _short(words),
        "reference": str(key),
    }
    headers = {
        "Authorization": f"Bearer {settings.SMS['token']}",
        "Idempotency-Key": str(key),
    }
    answer = post_json(settings.SMS["api"], said, headers=headers)
    if answer.status >= 300 and answer.status != 409:  # 409: it has it already
        raise _undelivered(answer)
    return Receipt(str(answer.json.get("id", "")))


def health() -> Health:
    """How the gateway has been."""
    return health_of(KIND)


def is_on() -> bool:
    """Whether there is a gateway."""
    return bool(settings.SMS["api"])


def _short(words: Words) -> str:
    said = "\n".join(filter(None, [words.subject, words.text]))
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _undelivered(answer: Answer) -> Undelivered:
    if answer.status in {401, 402, 403, 404}:
        return Undelivered(Trouble.SETUP, answer.detail)
    if answer.status == 429:
        return Undelivered(Trouble.TOO_FAST, answer.detail, after=answer.retry_after)
    if answer.status in {408, 425} or answer.status >= 500 or answer.status < 400:
        return Undelivered(Trouble.NO_ANSWER, answer.detail, after=answer.retry_after)
    gone = answer.json.get("code") in NO_SUCH
    return Undelivered(
        Trouble.NO_SUCH_ADDRESS if gone else Trouble.REFUSED, answer.detail
    )
