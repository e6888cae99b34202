"""A letter as it came: whose, what it answers, what is new in it, what was enclosed."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from html.parser import HTMLParser

from titian.intake.message import Message, Paper

NUMBER = re.compile(r"<[^<>\s\x00]+>")
QUOTED = re.compile(
    r"^\s*(>|On .{4,200}wrote:\s*$|Pada .{4,200}menulis:\s*$|-{2,}\s*(Original Message|"
    r"Pesan Asli|Forwarded message|Pesan terusan)\s*-{2,}|_{20,}\s*$|"
    r"(From|Dari):\s.+<.+@.+>)",
    re.IGNORECASE,
)
INTRODUCED = re.compile(
    r"^\s*(On|Pada) .{4,200}(wrote|menulis):\s*$", re.IGNORECASE | re.DOTALL
)
AWAY = re.compile(
    r"^\s*(auto(matic)? ?-?reply|out of (the )?office|balasan otomatis|"
    r"tidak di kantor|di luar kantor)",
    re.IGNORECASE,
)
BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote"})
SILENT = frozenset({"style", "script", "head", "title"})


def read(raw: bytes) -> EmailMessage:
    """The letter behind the bytes, however badly it is made."""
    return message_from_bytes(raw, policy=policy.default)


def is_automatic(letter: EmailMessage) -> bool:
    """Whether a machine wrote it by itself: nobody waits for an answer."""
    said = str(letter.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    bulk = str(letter.get("Precedence", "")).strip().lower()
    return (
        said != "no"
        or bulk == "auto_reply"
        or any(name in letter for name in ("X-Autoreply", "X-Autorespond"))
        or str(letter.get("Return-Path", "")).strip() == "<>"
        or AWAY.match(str(letter.get("Subject", ""))) is not None
    )


def message_of(
    letter: EmailMessage, raw: bytes, *, authserv: str, at: datetime
) -> Message:
    """The letter as a message; its number is its Message-ID, or its bytes' digest.

    With ``authserv``, our own mail server's name, only what that server says passed
    (DMARC, DKIM or SPF) is vouched for; without, nobody says anything either way.
    """
    name, sender = _sender(letter)
    subject = str(letter.get("Subject", ""))
    numbers = NUMBER.findall(str(letter.get("Message-ID", "")))
    return Message(
        channel="email",
        number=numbers[0] if numbers else f"<{sha256(raw).hexdigest()}@no.number>",
        sender=sender,
        name=name,
        subject=subject,
        words=_words(letter) or subject,
        came_at=_written_at(letter, at),
        answers=_answers(letter),
        papers=list(_papers(letter)),
        is_vouched=not authserv or _is_vouched(letter, authserv),
    )


def unreadable(raw: bytes, problem: Exception, *, at: datetime) -> Message:
    """What no reader could read, kept as it came."""
    digest = sha256(raw).hexdigest()
    return Message(
        channel="email",
        number=f"<{digest}@unreadable>",
        sender="",
        words="",
        came_at=at,
        papers=[Paper("letter.eml", "message/rfc822", raw)],
        is_vouched=False,
        unreadable=repr(problem)[:200],
    )


def without_quotes(said: str) -> str:
    """What is new in an answer: the letter without the one it quotes below.

    >>> without_quotes("Three, please.\\n\\nOn Mon, Titian wrote:\\n> How many?")
    'Three, please.'
    >>> without_quotes("Three.\\nOn Mon, the desk <a@b.example>\\nwrote:\\n> ?")
    'Three.'
    >>> without_quotes("> How many?\\nThree.")
    '> How many?\\nThree.'
    """
    lines = said.replace("\r\n", "\n").rstrip().split("\n")
    kept = list(lines)
    for place, line in enumerate(lines):
        rest = [one for one in lines[place + 1 :] if one.strip()]
        is_tail = not line.lstrip().startswith(">") or all(
            one.lstrip().startswith(">") for one in rest
        )
        two = f"{line} {rest[0]}" if rest else line  # a long one is broken in two
        if (QUOTED.match(line) or INTRODUCED.match(two)) and is_tail:
            kept = lines[:place]
            break
    return "\n".join(kept).strip() or said.strip()


def _sender(letter: EmailMessage) -> tuple[str, str]:
    found = getaddresses([str(letter.get("From", ""))])
    name, address = found[0] if found else ("", "")
    return name[:200], address.strip().lower()[:254]


def _answers(letter: EmailMessage) -> list[str]:
    nearest = NUMBER.findall(str(letter.get("In-Reply-To", "")))
    before = NUMBER.findall(str(letter.get("References", "")))
    return list(dict.fromkeys([*nearest, *reversed(before)]))[:50]


def _written_at(letter: EmailMessage, at: datetime) -> datetime:
    try:
        written = parsedate_to_datetime(str(letter.get("Date", "")))
    except ValueError:
        return at
    return min(written, at) if written.tzinfo is not None else at


def _is_vouched(letter: EmailMessage, authserv: str) -> bool:
    """The first word is our server's: what stands below it anybody may have written."""
    said = letter.get_all("Authentication-Results", [])
    first = str(said[0]) if said else ""
    named, _sep, results = first.partition(";")
    mine = named.split()[:1] == [authserv]
    verdicts = dict(re.findall(r"\b(dmarc|dkim|spf)=(\w+)", results))
    if "dmarc" in verdicts and verdicts["dmarc"] != "none":
        return mine and verdicts["dmarc"] == "pass"
    return mine and "pass" in (verdicts.get("dkim"), verdicts.get("spf"))


def _words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain", "html"))
    if body is None:
        return ""
    text = _text(body)
    is_page = body.get_content_type() == "text/html"
    return without_quotes(_from_page(text) if is_page else text)


def _text(part: MIMEPart) -> str:
    """The text whatever its letters are called: no word is lost for a wrong name."""
    try:
        said = part.get_content()
    except (LookupError, UnicodeError, ValueError):
        content = part.get_payload(decode=True)
        said = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return said if isinstance(said, str) else ""


def _papers(letter: EmailMessage) -> Iterator[Paper]:
    body = letter.get_body(("plain", "html"))
    for part in _leaves(letter):
        if part is body or part.get_content_maintype() == "multipart":
            continue
        name = part.get_filename() or ""
        is_words = part.get_content_maintype() == "text" and not _is_calendar(part)
        if not name and is_words:
            continue  # the other form of the same words
        content = _content(part)
        if content:
            kind = part.get_content_type()
            yield Paper(_plain(name) or kind.replace("/", "."), kind, content)


def _is_calendar(part: EmailMessage) -> bool:
    """An answer of a calendar is beside the words, whatever it is called."""
    return part.get_content_type() == "text/calendar"


def _leaves(letter: EmailMessage) -> Iterable[EmailMessage]:
    """Every part, but not the parts of a letter that is itself enclosed."""
    if letter.get_content_maintype() != "multipart":
        return [letter]
    parts = [part for part in letter.iter_parts() if isinstance(part, EmailMessage)]
    return [leaf for part in parts for leaf in _leaves(part)]


def _content(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_content()
        return inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _plain(name: str) -> str:
    """A file's name without the folders somebody put before it."""
    return re.split(r"[/\\]", name)[-1].replace("\x00", "")[:200]


class _Page(HTMLParser):
    """The words of a page, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.silent += tag in SILENT
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(re.sub(r"\s+", " ", data))


def _from_page(page: str) -> str:
    reader = _Page()
    reader.feed(page)
    lines = "".join(reader.said).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()
