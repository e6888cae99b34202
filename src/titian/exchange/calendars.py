"""Calendars: an invitation as a file that calendars read, and the answers they give.

What of RFC 5545 and RFC 5546 an invitation needs: REQUEST, a REQUEST of a later
sequence, CANCEL, and the REPLY of one guest. Nothing here knows a database.
"""

import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from enum import StrEnum
from hashlib import sha256

from django.conf import settings

OURS = re.compile(r"bilateral-(\d{1,18})\.([0-9a-f]{16})@\S+", re.IGNORECASE)
LINE = 75
LARGEST = 100_000
"""Bytes of an answer that is read; no calendar writes a longer one."""


class Method(StrEnum):
    """What a calendar is to do with it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    REPLY = "REPLY"


class Answer(StrEnum):
    """What a guest's calendar says (PARTSTAT)."""

    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One hour for one guest: a later ``sequence`` takes the place of an earlier."""

    method: Method
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    attendee: str
    stamped_at: datetime
    is_private: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What a guest's calendar answered, and to which version."""

    uid: str
    sequence: int
    attendee: str
    answer: Answer


def uid_of(bilateral_id: int) -> str:
    """By what calendars know the hour: nobody makes one up who has not been invited."""
    return f"bilateral-{bilateral_id}.{_mark(bilateral_id)}@{_domain()}"


def bilateral_in(uid: str) -> int | None:
    """The request a ``uid`` of ours is of; ``None`` if it is not ours."""
    found = OURS.fullmatch(uid.strip())
    if found is None:
        return None
    number = int(found[1])
    same = hmac.compare_digest(found[2].lower(), _mark(number))
    return number if same else None


def organiser() -> str:
    """Where the answers go: the address that letters of the house come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or "titian@localhost"


def written(one: Invitation) -> bytes:
    """The invitation as a calendar file, in UTC, lines folded at 75 octets."""
    is_off = one.method == Method.CANCEL
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Titian//Bilaterals//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        f"METHOD:{one.method}",
        "BEGIN:VEVENT",
        f"UID:{one.uid}",
        f"SEQUENCE:{one.sequence}",
        f"DTSTAMP:{_utc(one.stamped_at)}",
        f"DTSTART:{_utc(one.starts_at)}",
        f"DTEND:{_utc(one.ends_at)}",
        f"SUMMARY:{_escaped(one.summary)}",
        f"LOCATION:{_escaped(one.location)}",
        f"STATUS:{'CANCELLED' if is_off else 'CONFIRMED'}",
        f"CLASS:{'PRIVATE' if one.is_private else 'PUBLIC'}",
        f"ORGANIZER:mailto:{_address(organiser())}",
        _attendee(one.attendee, is_off=is_off),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def reply_in(content: bytes) -> Reply | None:
    """The answer a calendar wrote; ``None`` for anything that is not one answer.

    Of one guest, about one hour: what answers for several is for a person to read.
    """
    if len(content) > LARGEST:
        return None
    found: dict[str, list[tuple[str, str]]] = {}
    depth: list[str] = []
    for name, parameters, value in _properties(content):
        if name == "BEGIN":
            depth.append(value.upper())
        elif name == "END" and depth:
            depth.pop()
        elif depth in (["VCALENDAR"], ["VCALENDAR", "VEVENT"]):
            found.setdefault(name, []).append((parameters, value))
    return _reply(found)


def _reply(found: dict[str, list[tuple[str, str]]]) -> Reply | None:
    single = {name: each[0] for name, each in found.items() if len(each) == 1}
    if not {"METHOD", "UID", "ATTENDEE"} <= single.keys():
        return None
    if single["METHOD"][1].strip().upper() != Method.REPLY or "RECURRENCE-ID" in found:
        return None
    said = re.search(r";PARTSTAT=\"?([A-Z-]+)\"?", single["ATTENDEE"][0].upper())
    sequence = single.get("SEQUENCE", ("", "0"))[1].strip()
    if said is None or said[1] not in set(Answer) or not sequence.isdecimal():
        return None
    address = re.sub(r"(?i)^mailto:", "", single["ATTENDEE"][1].strip())
    return Reply(
        single["UID"][1].strip(),
        min(int(sequence[:9]), 2**31),
        address.lower(),
        Answer(said[1]),
    )


def _properties(content: bytes) -> Iterator[tuple[str, str, str]]:
    """Name, parameters as they stand, value; folded lines made whole again."""
    text = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for line in re.sub(r"\n[ \t]", "", text).split("\n"):
        found = re.match(r'([A-Za-z0-9-]+)((?:;[^":]*(?:"[^"]*"[^":]*)*)?):(.*)', line)
        if found:
            yield found[1].upper(), found[2], found[3]


def _attendee(address: str, *, is_off: bool) -> str:
    asked = "" if is_off else ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
    return f"ATTENDEE;ROLE=REQ-PARTICIPANT{asked}:mailto:{_address(address)}"


def _address(address: str) -> str:
    """An address that ends no line and begins no other property."""
    return re.sub(r"[\x00-\x20\x7f]", "", address)


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return re.sub(r"\r\n|\r|\n", r"\\n", text).replace("\x00", "")


def _folded(line: str) -> str:
    """At most 75 octets a line, no letter cut in two."""
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += octets
    return "\r\n".join(pieces)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _mark(bilateral_id: int) -> str:
    said = f"ics:bilateral:{bilateral_id}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()[:16]


def _domain() -> str:
    return organiser().rpartition("@")[2] or "titian"
