"""Mail: an address, words, and a number by which a second delivery is recognised."""

import hmac
import re
import smtplib
from collections.abc import Iterable
from email.utils import parseaddr
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives

from titian.channels import Health, Rate, Receipt, Trouble, Undelivered, Words
from titian.channels.books import health_of

KIND = "email"
rate = Rate(a_second=50, at_once=100)
ICS = "text/calendar"
FULL = (b"5.2.2", b"quota", b"full")
OURS = re.compile(r"<?([0-9a-f]{32})\.([0-9a-f]{16})@[^>\s]+>?")


def send(address: str, words: Words, key: UUID) -> Receipt:
    """Hand the words to the mail server, or raise ``Undelivered``.

    A repeat under the same key carries the same Message-ID, which mailboxes fold.
    """
    number = number_of(address, key)
    try:
        _letter(address, words, number).send()
    except ValueError as problem:  # line breaks in an address, or none at all
        raise Undelivered(Trouble.NO_SUCH_ADDRESS, str(problem)) from problem
    except OSError as problem:  # of which every refusal by a mail server is one
        raise _undelivered(problem) from problem
    return Receipt(number)


def health() -> Health:
    """How the mail server has been."""
    return health_of(KIND)


def is_on() -> bool:
    """Always: without a mail server, letters lie as files in the data folder."""
    return True


def number_of(address: str, key: UUID) -> str:
    """The Message-ID: who answers to it has read the letter to that address."""
    return f"<{key.hex}.{_mark(address, key)}@{_domain()}>"


def key_of(number: str, address: str) -> UUID | None:
    """The key in a Message-ID of ours to that address; ``None`` if it is not ours."""
    found = OURS.fullmatch(number.strip())
    if found is None:
        return None
    key = UUID(found[1])
    same = hmac.compare_digest(found[2], _mark(address, key))
    return key if same else None


def _letter(address: str, words: Words, number: str) -> EmailMessage:
    subject, headers = " ".join(words.subject.split()), _headers(words, number)
    calendars = [one for one in words.attachments if one.media_type.startswith(ICS)]
    attached = [
        (one.name, one.content, one.media_type)
        for one in words.attachments
        if one not in calendars
    ]
    if not words.html and not calendars:
        return EmailMessage(
            subject, words.text, to=[address], headers=headers, attachments=attached
        )
    letter = EmailMultiAlternatives(
        subject, words.text, to=[address], headers=headers, attachments=attached
    )
    if words.html:
        letter.attach_alternative(words.html, "text/html")
    for one in calendars:  # the last form of the same words is the one a calendar takes
        letter.attach_alternative(one.content.decode(), one.media_type)
    return letter


def _headers(words: Words, number: str) -> dict[str, str]:
    headers = {"Message-ID": number, "Auto-Submitted": "auto-generated"}
    if words.about:  # all letters about one thing hang together
        headers["References"] = f"<{_root(words.about)}@{_domain()}>"
    if words.answers:
        headers["In-Reply-To"] = words.answers
        earlier = headers.get("References", "")
        headers["References"] = f"{earlier} {words.answers}".strip()
    if words.leave:
        headers["List-Unsubscribe"] = f"<{words.leave}>"
        if words.leave.startswith("https:"):
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _undelivered(problem: OSError) -> Undelivered:
    match problem:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            return _of_recipient(refused.values())
        case smtplib.SMTPAuthenticationError() | smtplib.SMTPNotSupportedError():
            trouble = Trouble.SETUP
        case smtplib.SMTPSenderRefused(smtp_code=code) if code >= 500:
            trouble = Trouble.SETUP
        case smtplib.SMTPDataError(smtp_code=code) if code >= 500:
            trouble = Trouble.REFUSED
        case _:
            trouble = Trouble.NO_ANSWER
    return Undelivered(trouble, f"{type(problem).__name__} {problem}")


def _of_recipient(answers: Iterable[tuple[int, bytes]]) -> Undelivered:
    code, said = next(iter(answers))
    detail = f"{code} {said.decode('utf-8', 'replace')}"
    if code == 421:
        return Undelivered(Trouble.NO_ANSWER, detail)
    full = code == 552 or any(word in said.lower() for word in FULL)
    if code < 500 or full:
        return Undelivered(Trouble.BUSY, detail)
    refused = b"5.7." in said
    return Undelivered(Trouble.REFUSED if refused else Trouble.NO_SUCH_ADDRESS, detail)


def _mark(address: str, key: UUID) -> str:
    said = f"mail:{key}:{address.strip().lower()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()[:16]


def _root(about: str) -> str:
    said = f"about:{about}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()[:24]


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "titian"
