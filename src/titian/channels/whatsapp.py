"""WhatsApp, by Meta's Cloud API: free words within a day, a template after it."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from titian.channels import (
    Attachment,
    Choice,
    Health,
    Rate,
    Receipt,
    Template,
    Trouble,
    Undelivered,
    Words,
)
from titian.channels.books import health_of, is_window_open
from titian.channels.wire import Answer, post_file, post_json
from titian.kernel import clock
from titian.kernel.numbers import international

KIND = "whatsapp"
LONGEST, LONGEST_VALUE, LONGEST_ASKED = 4096, 1000, 1024
rate = Rate(a_second=60, at_once=60)
doubt = timedelta(seconds=45)
"""So long after no answer, or a 500, Meta may still tell us that it has sent."""

WINDOW_CLOSED = 131047
NO_SUCH = frozenset({131026, 131021, 131030})
SLOWER = frozenset({4, 80007, 130429, 131048, 131056})
OURS = frozenset(
    {0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, 133010, *range(200, 300)}
)
LATER = frozenset({1, 2, 131000, 131016, 131057, 133004})
"""Error codes of the Cloud API by what they mean to us; all others are refusals."""


def send(address: str, words: Words, key: UUID) -> Receipt:
    """Hand the words over, or raise ``Undelivered``.

    Within 24 hours of the person's last message in her own words and with files; later
    as a template that Meta has approved: the words' own, or the house's with the words
    as its one value. The key comes back with every status of the last piece: only when
    that is sent have the words gone.
    """
    to = international(address)
    if not to:
        raise Undelivered(Trouble.NO_SUCH_ADDRESS)
    if not is_window_open(KIND, to, clock.real_time()):
        return _send_template(to, words, key)
    try:
        return _send_freely(to, words, key)
    except _Closed:  # Meta's clock has the last word
        return _send_template(to, words, key)


def health() -> Health:
    """How Meta has been."""
    return health_of(KIND)


def is_on() -> bool:
    """Whether there is a number to send from and a token to send with."""
    return bool(settings.WHATSAPP["number"] and settings.WHATSAPP["token"])


def authorisation() -> dict[str, str]:
    """The header by which Meta knows us."""
    return {"Authorization": f"Bearer {settings.WHATSAPP['token']}"}


def undelivered(error: Mapping[str, Any], status: int = 400) -> Undelivered:
    """What an error of the Cloud API means to us; ``status`` where it names no code."""
    code, detail = error.get("code"), f"{error.get('code')} {error.get('message', '')}"
    if code in NO_SUCH:
        return Undelivered(Trouble.NO_SUCH_ADDRESS, detail)
    if code == WINDOW_CLOSED:
        return Undelivered(Trouble.NO_WINDOW, detail)
    if code in SLOWER or status == 429:
        return Undelivered(Trouble.TOO_FAST, detail)
    if code in LATER or status >= 500:
        return Undelivered(Trouble.NO_ANSWER, detail)
    ours = code in OURS or status in {401, 403}
    return Undelivered(Trouble.SETUP if ours else Trouble.REFUSED, detail)


def error_of(answer: Answer) -> Mapping[str, Any]:
    """What Meta says is wrong; nothing if it is somebody else who answers."""
    error = answer.json.get("error")
    return error if isinstance(error, dict) else {}


class _Closed(Exception):
    """We thought that the window was open, and Meta says that it is not."""


def _send_freely(to: str, words: Words, key: UUID) -> Receipt:
    first, *more = _parts(words)
    context = {"context": {"message_id": words.answers}} if words.answers else {}
    receipt = _post(to, None if more else key, {**first, **context})
    for part in more:
        _post(to, key if part is more[-1] else None, part)
    return receipt


def _parts(words: Words) -> list[dict[str, Any]]:
    said = "\n\n".join(filter(None, [words.subject, words.text]))
    pieces = [said[n : n + LONGEST] for n in range(0, len(said), LONGEST)]
    texts: list[dict[str, Any]] = [
        {"type": "text", "text": {"preview_url": False, "body": piece}}
        for piece in pieces
    ]
    if words.choices and len(said) <= LONGEST_ASKED:
        texts = [_question(said, words.choices)]
    return [*texts, *(_file(one) for one in words.attachments)]


def _question(said: str, choices: Sequence[Choice]) -> dict[str, Any]:
    """Three buttons at most, of twenty letters each: Meta takes no more."""
    buttons = [
        {"type": "reply", "reply": {"id": one.code, "title": one.title[:20]}}
        for one in choices[:3]
    ]
    asked = {"type": "button", "body": {"text": said}, "action": {"buttons": buttons}}
    return {"type": "interactive", "interactive": asked}


def _file(file: Attachment) -> dict[str, Any]:
    """A file is given first, and then named in a message."""
    fields = {"messaging_product": "whatsapp", "type": file.media_type}
    answer = post_file(_url("media"), fields, file, headers=authorisation())
    number = str(answer.json.get("id", ""))
    if answer.status >= 300 or not number:
        raise undelivered(error_of(answer), answer.status)
    kind = file.media_type.partition("/")[0]
    if file.media_type in {"image/jpeg", "image/png"} or kind in {"audio", "video"}:
        return {"type": kind, kind: {"id": number}}
    document = {"id": number, "filename": file.name}
    return {"type": "document", "document": document}


def _send_template(to: str, words: Words, key: UUID) -> Receipt:
    template = words.template or _house_template(words)
    values = [{"type": "text", "text": _value(one)} for one in template.values]
    body = [{"type": "body", "parameters": values}] if values else []
    said = {
        "name": template.name,
        "language": {"code": template.language},
        "components": body,
    }
    try:
        return _post(to, key, {"type": "template", "template": said})
    except _Closed as problem:
        raise Undelivered(Trouble.NO_WINDOW, str(problem)) from problem


def _house_template(words: Words) -> Template:
    """``name:language``: one template whose one value are the words themselves."""
    name, _sep, language = settings.WHATSAPP["template"].partition(":")
    if not name:
        raise Undelivered(Trouble.NO_WINDOW)
    said = " · ".join(filter(None, [words.subject, words.text]))
    return Template(name, language or "id", (said,))


def _value(said: str) -> str:
    """Meta takes no line breaks and no wide gaps within a template's value."""
    flat = re.sub(r"\s+", " ", said).strip()
    return flat if len(flat) <= LONGEST_VALUE else f"{flat[: LONGEST_VALUE - 1]}…"


def _post(to: str, key: UUID | None, said: Mapping[str, Any]) -> Receipt:
    whole = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": to.removeprefix("+"),
        **({"biz_opaque_callback_data": str(key)} if key else {}),
        **said,
    }
    answer = post_json(_url("messages"), whole, headers=authorisation())
    if answer.status >= 300:
        raise _refusal(answer)
    match answer.json.get("messages"):
        case [{"id": number}, *_rest]:
            return Receipt(str(number))
    return Receipt("")


def _refusal(answer: Answer) -> Exception:
    error = error_of(answer)
    if error.get("code") == WINDOW_CLOSED:
        return _Closed(str(error.get("message", "")))
    problem = undelivered(error, answer.status)
    return Undelivered(problem.trouble, problem.detail, after=answer.retry_after)


def _url(what: str) -> str:
    return f"{settings.WHATSAPP['api']}/{settings.WHATSAPP['number']}/{what}"
