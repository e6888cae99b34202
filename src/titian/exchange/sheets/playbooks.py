"""Templates of steps: the master timeline, checklists, emergencies, and contacts."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from titian.exchange import cells
from titian.exchange.known import Known
from titian.exchange.reasons import Refused
from titian.exchange.sheets.declaration import Before, Column, Sheet, Values
from titian.exchange.sheets.shared_columns import BASIS, SOURCE
from titian.loop.commands.playbook_lists import (
    register_contacts,
    register_lines,
    register_playbooks,
)
from titian.loop.models import (
    Alarm,
    Anchor,
    Contact,
    Playbook,
    PlaybookLine,
    Showing,
)

type Waits = Mapping[tuple[str, str], tuple[str, ...]]
"""By template and code, the codes that a line waits for."""

UNITS = {"mo": 30 * 1440, "w": 7 * 1440, "d": 1440, "h": 60, "m": 1}
SPAN = re.compile(r"(?P<sign>[+-]?)(?P<n>\d{1,6})(?P<unit>mo|w|d|h|m)", re.ASCII)


def span(text: str, known: Known) -> timedelta:
    """-18mo, -3w, +5d, -3h or 15m; a month is thirty days."""
    match = SPAN.fullmatch(text.strip())
    if match is None:
        raise Refused("bad_span")
    minutes = int(match["n"]) * UNITS[match["unit"]]
    return timedelta(minutes=-minutes if match["sign"] == "-" else minutes)


def playbook(text: str, known: Known) -> str:
    """The code of one of the event's templates."""
    if text not in known.playbooks:
        raise Refused("unknown_playbook")
    return text


def _waits_for_known_lines(number: int, values: Values, before: Before) -> None:
    """A step waits for such as stand above it or are there, and never in a circle.

    A row that says nothing of it leaves what its line waits for.
    """
    playbook, code = values["playbook"], values["code"]
    waits = before.known.waits
    wanted = values.get("depends_on", waits.get((playbook, code), ()))
    for one in wanted:
        if one == code or (playbook, one) not in waits:
            raise Refused("unknown_step", "depends_on", value=one)
        if code in _behind(one, playbook, waits):
            raise Refused("in_circle", "depends_on", value=one)
    waits[playbook, code] = tuple(wanted)


def _behind(code: str, playbook: str, waits: Waits) -> set[str]:
    """All that a step waits for, near and far."""
    found: set[str] = set()
    ahead = [code]
    while ahead:
        for one in waits.get((playbook, ahead.pop()), ()):
            if one not in found:
                found.add(one)
                ahead.append(one)
    return found


def _line(values: Values, known: Known) -> dict[str, Any]:
    """A new line takes no time unless it says so; one that is there keeps its own."""
    row = dict(values)
    if (row["playbook"], row["code"]) not in known.lines:
        row.setdefault("takes", timedelta(0))
    return row


PLAYBOOKS = Sheet(
    "playbooks",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=40),
        Column(
            "kind",
            cells.one_of(list(Playbook.Kind.values)),
            headers=("jenis",),
            is_needed=True,
        ),
        Column("alarm", cells.one_of(list(Alarm.values))),
        Column("name_en", headers=("name",), is_needed=True, at_most=120),
        Column("name_id", headers=("nama",), at_most=120),
        Column("card_en", headers=("card",)),
        Column("card_id", headers=("kartu",)),
        BASIS,
        SOURCE,
    ),
    register_playbooks,
    key=("code",),
)
LINES = Sheet(
    "playbook_lines",
    (
        Column("playbook", playbook, headers=("daftar",), is_needed=True, at_most=40),
        Column("code", headers=("kode",), is_needed=True, at_most=20),
        Column("what_en", headers=("what",), is_needed=True, at_most=200),
        Column("what_id", headers=("apa",), at_most=200),
        Column(
            "anchor",
            cells.one_of(list(Anchor.values)),
            headers=("jangkar",),
            is_needed=True,
        ),
        Column("offset", span, headers=("jarak",), is_needed=True),
        Column("takes", span, headers=("lama",)),
        Column("owner", cells.party, "owner_id", headers=("tim", "team")),
        Column(
            "role", cells.one_of(list(PlaybookLine.Role.values)), headers=("peran",)
        ),
        Column("evidence", cells.one_of(list(Showing.values)), headers=("bukti",)),
        Column("depends_on", cells.several, headers=("menunggu",)),
        Column("done", cells.instant, "done_at", headers=("selesai",)),
        Column("done_words", at_most=300),
        SOURCE,
    ),
    register_lines,
    key=("playbook", "code"),
    makes=_line,
    checks=(_waits_for_known_lines,),
)
CONTACTS = Sheet(
    "contacts",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=40),
        Column(
            "kind",
            cells.one_of(list(Contact.Kind.values)),
            headers=("jenis",),
            is_needed=True,
        ),
        Column("alarms", cells.several),
        Column("name_en", headers=("name",), is_needed=True, at_most=120),
        Column("name_id", headers=("nama",), at_most=120),
        Column("phone", cells.phone, headers=("telepon",)),
        Column("note_en", headers=("note",), at_most=200),
        Column("note_id", headers=("catatan",), at_most=200),
        BASIS,
        SOURCE,
    ),
    register_contacts,
    key=("code",),
)
