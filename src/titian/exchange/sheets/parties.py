"""Parties, their delegations, and what is known of their coming."""

from typing import Any

from titian.exchange import cells
from titian.exchange.known import Known
from titian.exchange.sheets.declaration import Column, Sheet, Values
from titian.exchange.sheets.shared_columns import (
    BASIS,
    LEVELS,
    NOTE,
    PARTY_AT_EVENT,
    SOURCE,
)
from titian.people.commands.registration import (
    register_delegations,
    register_participation,
    register_parties,
    register_reported,
)
from titian.people.models import Delegation, Party


def _delegation(values: Values, known: Known) -> dict[str, Any]:
    """The delegation, with its head and a companion as people of their own."""
    row = {name: value for name, value in values.items() if name not in PEOPLE}
    code = known.party_code(values["party_id"])
    for role, column in (("head", "head_name"), ("companion", "companion")):
        if (name := values.get(column)) and "(" not in name:  # "(no name reported)"
            row[role] = {
                "code": known.code_of(values["party_id"], name)
                or f"{code}-{role.upper()}",
                "party_id": values["party_id"],
                "display": name,
                "title": _title(values) if role == "head" else "",
                "basis": values.get("basis", "fact"),
                "source": values.get("source", ""),
            }
    return row


def _title(values: Values) -> str:
    """Of the head, as a person's row keeps it: in English if it is known."""
    return str(values.get("head_title_en") or values.get("head_title_id", ""))


def _reported(values: Values, known: Known) -> dict[str, Any]:
    return {"delegation_id": None, **values}


PEOPLE = {"head_name", "companion"}
PARTIES = Sheet(
    "parties",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=20),
        Column(
            "kind",
            cells.one_of(list(Party.Kind.values)),
            headers=("jenis",),
            is_needed=True,
        ),
        Column(
            "name_en",
            headers=("name", "english name", "nama inggris"),
            is_needed=True,
            at_most=200,
        ),
        Column("name_id", headers=("nama", "nama indonesia"), at_most=200),
        Column("iso2", headers=("iso",), at_most=2),
        Column("languages", cells.several, headers=("bahasa",)),
        BASIS,
        SOURCE,
        NOTE,
    ),
    register_parties,
    key=("code",),
)
DELEGATIONS = Sheet(
    "delegations",
    (
        Column(
            "party",
            cells.party,
            "party_id",
            headers=("delegation", "delegasi", "kode delegasi"),
            is_needed=True,
        ),
        Column("category", headers=("kategori",), at_most=40),
        Column("level", cells.one_of(LEVELS), headers=("tingkat",), is_needed=True),
        Column("head_name", headers=("head", "nama ketua", "ketua"), at_most=200),
        Column("head_title_en", headers=("head_title",), at_most=120),
        Column("head_title_id", headers=("jabatan ketua", "jabatan"), at_most=120),
        Column("companion", headers=("spouse", "pendamping"), at_most=200),
        Column("attendance", headers=("kehadiran",), at_most=12),
        Column("protocol_group", cells.number, headers=("kelompok protokol",)),
        Column("expected", cells.number, headers=("jumlah", "heads")),
        NOTE,
        BASIS,
        SOURCE,
    ),
    register_delegations,
    key=("party",),
    makes=_delegation,
)
PARTICIPATION = Sheet(
    "participation",
    (
        PARTY_AT_EVENT,
        Column(
            "status",
            cells.one_of(list(Delegation.Status.values)),
            headers=("keadaan",),
            is_needed=True,
        ),
        Column("level", cells.one_of(LEVELS), headers=("tingkat",), is_needed=True),
        Column(
            "on", cells.day, "stated_on", headers=("date", "tanggal"), is_needed=True
        ),
        Column("document", headers=("dokumen", "surat"), at_most=300),
        BASIS,
        SOURCE,
    ),
    register_participation,
    key=("party", "on", "status"),
)
REPORTED = Sheet(
    "reported",
    (
        Column("party", cells.delegation, "delegation_id", headers=("delegasi",)),
        Column("about", headers=("tentang",), is_needed=True, at_most=120),
        Column("value", headers=("nilai",), is_needed=True, at_most=200),
        Column("source", headers=("sumber",), is_needed=True, at_most=300),
        Column("taken", cells.yes, "is_taken", headers=("dipakai",)),
        Column("why_en", headers=("why",), at_most=400),
        Column("why_id", headers=("alasan",), at_most=400),
    ),
    register_reported,
    key=("party", "about", "value", "source"),
    makes=_reported,
)
