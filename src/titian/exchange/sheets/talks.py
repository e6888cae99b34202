"""Meetings, agreements and their lines."""

from itertools import zip_longest
from typing import Any

from titian.exchange import cells
from titian.exchange.known import Known
from titian.exchange.sheets.declaration import Column, Sheet, Values
from titian.exchange.sheets.programme import end_of, in_order
from titian.exchange.sheets.shared_columns import BASIS, PARTY_AT_EVENT, SOURCE
from titian.talks.commands.registration import (
    register_agreements,
    register_deliverables,
    register_meetings,
)

OF_THE_HOUR = (
    "code",
    "starts_at",
    "ends_at",
    "place_id",
    "precision",
    "basis",
    "source",
)
HELD = {"held", "minuted", "approved"}
HOUR_STATES = {**dict.fromkeys(HELD, "finished"), "cancelled": "cancelled"}


def _meeting(values: Values, known: Known) -> dict[str, Any]:
    """The hour, named after its two sides, and the substance."""
    hour = {name: values[name] for name in OF_THE_HOUR if name in values}
    hour.setdefault("ends_at", hour["starts_at"])
    sides = values["party_a_id"], values["party_b_id"]
    for language in ("en", "id"):
        names = " – ".join(known.name_of(side, language) for side in sides)
        hour[f"title_{language}"] = names[:200]
    state = values.get("state", "planned")
    if values["starts_at"] > known.now and state in HELD:
        state = "planned"  # loaded at an hour at which it was still to come
    hour["state"] = HOUR_STATES.get(state, "planned")
    meeting = {"party_a_id": sides[0], "party_b_id": sides[1], "state": state}
    meeting |= {n: values[n] for n in ("basis", "source", "note") if n in values}
    agenda = zip_longest(
        values.get("agenda_en", ()), values.get("agenda_id", ()), fillvalue=""
    )
    return {"activity": hour, "meeting": meeting, "agenda": list(agenda)}


MEETINGS = Sheet(
    "meetings",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=20),
        Column("party_a", cells.delegation, "party_a_id", is_needed=True),
        Column("party_b", cells.delegation, "party_b_id", is_needed=True),
        Column(
            "start",
            cells.day_or_instant,
            "starts_at",
            headers=("mulai",),
            is_needed=True,
        ),
        Column("end", end_of, "ends_at", headers=("selesai",)),
        Column("place", cells.place, "place_id", headers=("tempat",)),
        Column(
            "status",
            cells.one_of(["planned", "held", "minuted", "approved", "cancelled"]),
            "state",
            headers=("keadaan",),
        ),
        Column("precision", cells.one_of(["minute", "day"])),
        Column("agenda_en", cells.several, headers=("agenda",)),
        Column("agenda_id", cells.several),
        Column("note", headers=("catatan",), at_most=400),
        BASIS,
        SOURCE,
    ),
    register_meetings,
    key=("code",),
    makes=_meeting,
    checks=(in_order,),
)
AGREEMENTS = Sheet(
    "agreements",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=20),
        PARTY_AT_EVENT,
        Column("number", headers=("nomor",), at_most=60),
        Column(
            "kind",
            cells.one_of(["hosting", "sponsor", "rider", "cost_sharing", "mou"]),
            headers=("jenis",),
        ),
        Column("title_en", headers=("title",), is_needed=True, at_most=200),
        Column("title_id", headers=("judul",), at_most=200),
        Column("signed_on", cells.day, headers=("ditandatangani",)),
        Column("valid_from", cells.day, headers=("berlaku dari",)),
        Column("valid_to", cells.day, headers=("berlaku sampai",)),
        BASIS,
    ),
    register_agreements,
    key=("code",),
)
DELIVERABLES = Sheet(
    "deliverables",
    (
        Column(
            "agreement",
            cells.agreement,
            "agreement_id",
            headers=("perjanjian",),
            is_needed=True,
        ),
        Column("line", cells.number, headers=("baris",), is_needed=True),
        Column("clause_en", headers=("clause",), at_most=400),
        Column("clause_id", headers=("pasal",), at_most=400),
        Column("direction", cells.one_of(["ours", "theirs"]), is_needed=True),
        Column("what_en", headers=("what",), is_needed=True, at_most=200),
        Column("what_id", headers=("apa",), at_most=200),
        Column("quantity", cells.decimal, headers=("jumlah",)),
        Column("unit_en", headers=("unit",), at_most=40),
        Column("unit_id", headers=("satuan",), at_most=40),
        Column("due", cells.instant, "due_at", headers=("tenggat",), is_needed=True),
        Column("evidence", field="evidence_kind", headers=("bukti",), at_most=12),
        Column("handled_by", cells.team, "handled_by_id", headers=("tim",)),
        Column("handler", cells.person, "handler_id", headers=("penanggung jawab",)),
        Column("effect_en", headers=("effect",), at_most=200),
        Column("effect_id", headers=("akibat",), at_most=200),
    ),
    register_deliverables,
    key=("agreement", "line"),
)
