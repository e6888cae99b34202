"""What Meta tells us: messages from people, and what became of ours."""

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError

from titian.channels import Trouble, whatsapp
from titian.channels.deliveries import note, note_taken
from titian.intake.commands import receive
from titian.intake.message import Media, Message, Paper

log = logging.getLogger(__name__)

MOVES = {"delivered": "deliver", "read": "read", "played": "read", "failed": "fail"}
"""``sent`` says what our receipt has said, unless Meta gave us none."""
FILES = ("image", "video", "audio", "document", "sticker")

type Said = Mapping[str, Any]


def take(payload: Said, *, at: datetime) -> int:
    """Take up one webhook, its signature checked before; how many things it told.

    A message comes once however often it is told; a state that is older than what is
    known changes nothing. One part that cannot be read stops no other.
    """
    told = 0
    for value in _values(payload):
        names = _names(value)
        for said in _rows(value, "messages"):
            _receive(said, names, at)
            told += 1
        for said in _rows(value, "statuses"):
            told += _note(said, at)
    return told


def _receive(said: Said, names: Mapping[str, str], at: datetime) -> None:
    try:
        receive(message_of(said, names, at=at), at=at)
    except (OperationalError, InterfaceError):  # the database is away: tell us again
        raise
    except Exception as problem:  # what breaks us once would break us for ever
        log.exception("a message could not be read")
        raw = json.dumps(said).encode()
        message = Message(
            whatsapp.KIND,
            _number(said),
            "",
            "",
            at,
            papers=[Paper("message.json", "application/json", raw)],
            unreadable=repr(problem)[:200],
        )
        receive(message, at=at)


def _number(said: Said) -> str:
    """Meta's number, or the message's own digest."""
    digest = sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return str(said.get("id") or digest).replace("\x00", "")


def message_of(said: Said, names: Mapping[str, str], *, at: datetime) -> Message:
    """One of Meta's messages; what has no words and no file that we know is kept as
    it came, to be looked at by a person.
    """
    sender = str(said.get("from") or said.get("from_user_id") or "")
    words, media, unreadable = _content(said)
    context = said.get("context")
    reaction, choice = said.get("reaction"), _choice(said)
    answers = [
        str(row[name])
        for row, name in ((context, "id"), (reaction, "message_id"))
        if isinstance(row, Mapping) and row.get(name)
    ]
    return Message(
        channel=whatsapp.KIND,
        number=_number(said),
        sender=f"+{sender}" if sender.isdecimal() else sender,
        name=names.get(sender, ""),
        words=words,
        came_at=_moment(said, at),
        answers=answers,
        media=media,
        unreadable=unreadable,
        is_slight=said.get("type") == "reaction"
        or choice.startswith(("ask:", "copy:")),
        choice=choice,
    )


def _values(payload: Said) -> Iterator[Said]:
    """The parts that are about our own number."""
    for entry in _rows(payload, "entry"):
        for change in _rows(entry, "changes"):
            value = change.get("value")
            if not isinstance(value, Mapping) or change.get("field") != "messages":
                continue
            metadata = value.get("metadata")
            ours = isinstance(metadata, Mapping) and (
                str(metadata.get("phone_number_id", "")) == settings.WHATSAPP["number"]
            )
            if ours:
                yield value


def _rows(said: Said, name: str) -> list[Said]:
    rows = said.get(name)
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, Mapping)]


def _names(value: Said) -> dict[str, str]:
    """What people call themselves there, by their number."""
    found = {}
    for contact in _rows(value, "contacts"):
        profile = contact.get("profile")
        if isinstance(profile, Mapping):
            number = str(contact.get("wa_id") or contact.get("user_id") or "")
            found[number] = str(profile.get("name", ""))[:200]
    return found


def _content(said: Said) -> tuple[str, list[Media], str]:
    """The words, the files, and what it is if it is neither."""
    kind = str(said.get("type", ""))
    body = said.get(kind)
    if kind == "contacts":
        return _cards(_rows(said, "contacts")), [], ""
    if not isinstance(body, Mapping):
        return "", [], f"{kind or 'no type'}: {sorted(said)}"[:200]
    if kind in FILES and body.get("id"):
        caption = str(body.get("caption", ""))
        return caption, [_file(kind, body)], ""
    words = _words(kind, body)
    return words, [], "" if words else f"{kind}: {sorted(body)}"[:200]


def _words(kind: str, body: Said) -> str:
    match kind:
        case "text":
            return str(body.get("body", ""))
        case "button":
            return str(body.get("text", ""))
        case "reaction":
            return str(body.get("emoji", ""))
        case "interactive":
            chosen = body.get(str(body.get("type", "")))
            return str(chosen.get("title", "")) if isinstance(chosen, Mapping) else ""
        case "location":
            where = [body.get("name"), body.get("address")]
            point = f"{body.get('latitude')}, {body.get('longitude')}"
            return "📍 " + ", ".join([*(str(one) for one in where if one), point])
    return ""


def _choice(said: Said) -> str:
    """The code of the button that was tapped, if it was one."""
    match said:
        case {"interactive": {"button_reply": {"id": code}}}:
            return str(code)
        case {"button": {"payload": code}}:
            return str(code)
    return ""


def _cards(cards: list[Said]) -> str:
    lines = []
    for card in cards:
        name = card.get("name")
        said = str(name.get("formatted_name", "")) if isinstance(name, Mapping) else ""
        phones = [str(one.get("phone", "")) for one in _rows(card, "phones")]
        lines.append(" ".join(filter(None, [said, *phones])))
    return "\n".join(f"👤 {line}" for line in lines if line)


def _file(kind: str, body: Said) -> Media:
    media_type = str(body.get("mime_type", "")).split(";")[0].strip()
    name = str(body.get("filename") or f"{kind}.{media_type.rpartition('/')[2]}")
    return Media(str(body["id"]), name[:200], media_type, str(body.get("sha256", "")))


def _note(said: Said, at: datetime) -> bool:
    state = str(said.get("status", ""))
    ref, number = _key(said.get("biz_opaque_callback_data")), str(said.get("id", ""))
    if state == "sent" and ref is not None:
        return note_taken(whatsapp.KIND, ref, number, at=_moment(said, at))
    move = MOVES.get(state)
    if move is None:
        return False
    trouble, detail = None, ""
    if move == "fail":
        problem = whatsapp.undelivered(next(iter(_rows(said, "errors")), {}))
        trouble, detail = problem.trouble, problem.detail
    delivery = note(
        whatsapp.KIND,
        move,
        at=_moment(said, at),
        ref=ref,
        number=number,
        trouble=trouble or (Trouble.REFUSED if move == "fail" else None),
        detail=detail,
    )
    return delivery is not None


def _key(said: object) -> UUID | None:
    try:
        return UUID(str(said)) if said else None
    except ValueError:
        return None


def _moment(said: Said, at: datetime) -> datetime:
    """Meta's second; never later than now."""
    stamp = str(said.get("timestamp", ""))
    if not stamp.isdecimal() or len(stamp) > 11:
        return at
    return min(datetime.fromtimestamp(int(stamp), UTC), at)
