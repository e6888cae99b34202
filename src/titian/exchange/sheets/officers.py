"""Officers, whom they accompany, and what each level is entitled to."""

from datetime import datetime
from typing import Any

from titian.exchange import cells
from titian.exchange.known import Known
from titian.exchange.reasons import Refused
from titian.exchange.sheets.declaration import Before, Column, Sheet, Values
from titian.exchange.sheets.people import NAMES, REACH
from titian.exchange.sheets.shared_columns import (
    BASIS,
    GROUP,
    LEVELS,
    PARTY_AT_EVENT,
    SOURCE,
)
from titian.people.commands.registration import (
    register_assignments,
    register_entitlements,
    register_officers,
)

PERSONAL = {
    "given",
    "family",
    "display",
    "native",
    "languages",
    "phone",
    "email",
    "basis",
}
APART = {"leader", "absences"}


def _absences(text: str, known: Known) -> list[tuple[datetime, datetime]]:
    """Spans between semicolons, each as start/end."""
    spans = []
    for piece in cells.several(text, known):
        start, _, end = piece.partition("/")
        spans.append((cells.instant(start, known), cells.instant(end, known)))
    if any(end <= start for start, end in spans):
        raise Refused("bad_instant")
    return spans


def _officer(values: Values, known: Known) -> dict[str, Any]:
    """The person and the officer are two rows with one code."""
    rest = {
        name: value
        for name, value in values.items()
        if name not in PERSONAL and name not in APART
    }
    person = {name: value for name, value in values.items() if name in PERSONAL}
    person["code"] = values["code"]
    apart = {name: values[name] for name in APART if name in values}
    return {"person": person, "officer": rest, **apart}


def one_guest_each(number: int, values: Values, before: Before) -> None:
    """An officer is primary of one delegation only, in the file and as things stand."""
    if values.get("role", "primary") != "primary":
        return
    officer = values["officer_id"]
    if first := before.same("primary", officer, number):
        raise Refused("officer_taken", "officer", other=first)
    held = before.known.primaries.get(officer)
    if held and held[0] != values["delegation_id"]:
        raise Refused("officer_holds", "officer", other=held[1])


OFFICERS = Sheet(
    "officers",
    (
        Column("code", headers=("kode", "kode lo"), is_needed=True, at_most=20),
        *NAMES,
        Column("gender", headers=("l p", "sex"), at_most=1),
        Column("languages", cells.spoken, headers=("bahasa",)),
        Column("licence", cells.yes, "has_licence", headers=("sim",)),
        Column("vetted_on", cells.day, headers=("lolos pemeriksaan",)),
        Column("trained_on", cells.day, headers=("dilatih",)),
        Column("home", cells.place, "home_id", headers=("rumah",)),
        Column("unit", headers=("asal",), at_most=120),
        *REACH,
        Column("clearance", cells.number),
        Column("experience", cells.number, headers=("pengalaman",)),
        Column("leader", headers=("ketua regu",)),
        Column("unavailable", _absences, "absences", headers=("tidak bisa",)),
        BASIS,
    ),
    register_officers,
    key=("code",),
    makes=_officer,
)
ASSIGNMENTS = Sheet(
    "assignments",
    (
        Column(
            "officer",
            cells.officer,
            "officer_id",
            headers=("lo", "kode lo"),
            is_needed=True,
        ),
        PARTY_AT_EVENT,
        Column("role", cells.one_of(["primary", "relief"]), headers=("peran",)),
        GROUP,
        Column("from", cells.day_or_instant, "starts_at", headers=("dari",)),
        Column("to", cells.day_or_instant, "ends_at", headers=("sampai",)),
        Column("consent", cells.one_of(["asked", "agreed", "declined"])),
    ),
    register_assignments,
    key=("officer", "party"),
    checks=(one_guest_each,),
)
ENTITLEMENTS = Sheet(
    "entitlements",
    (
        Column("level", cells.one_of(LEVELS), headers=("tingkat",), is_needed=True),
        Column("officers", cells.number),
        Column("guarded_from", cells.hour, is_needed=True),
        Column("guarded_to", cells.hour, is_needed=True),
        Column("cars", cells.number, headers=("mobil",)),
        Column("car_class", headers=("kelas mobil",), at_most=80),
        Column("nights", cells.number, headers=("malam",)),
        BASIS,
        SOURCE,
    ),
    register_entitlements,
    key=("level",),
)
