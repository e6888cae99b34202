"""The rundown as it was printed, and who sits where."""

from datetime import datetime, timedelta
from typing import Any

from titian.exchange import cells
from titian.exchange.known import Known
from titian.exchange.reasons import Refused
from titian.exchange.sheets.declaration import Before, Column, Sheet, Values
from titian.exchange.sheets.shared_columns import (
    BASIS,
    GROUP,
    PARTY_AT_EVENT,
    SOURCE,
)
from titian.programme.commands.registration import (
    register_activities,
    register_placings,
)
from titian.programme.models.seating import SEAT_AT_MOST, same_words

EVERYBODY = {"all", "semua", "delegates", "leaders", "delegasi", "pemimpin"}


def end_of(text: str, known: Known) -> datetime:
    """An instant; of a day alone, its last minute."""
    found = cells.day_or_instant(text, known)
    is_day = len(text) == len("2022-11-14")
    return found + timedelta(days=1, minutes=-1) if is_day else found


def in_order(number: int, values: Values, before: Before) -> None:
    """Nothing ends before it starts."""
    if values.get("ends_at") and values["ends_at"] < values["starts_at"]:
        raise Refused("ends_before_start", "end")


def _participants(text: str, known: Known) -> dict[str, Any]:
    """Codes of delegations, or a word for everybody, kept as it was said."""
    words = cells.several(text, known)
    if all(word.isupper() for word in words):
        return {"delegations": cells.delegations(text, known)}
    if not EVERYBODY.isdisjoint(word.casefold() for word in words):
        return {"is_for_all": True, "audience": text[:60]}
    return {"audience": text[:60]}


def _activity(values: Values, known: Known) -> dict[str, Any]:
    row = {name: value for name, value in values.items() if name != "participants"}
    row.setdefault("ends_at", row["starts_at"])
    return {**row, **values.get("participants", {})}


PROGRAMME = Sheet(
    "programme",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=20),
        Column("kind", headers=("jenis",), at_most=20),
        Column("title_en", headers=("title",), is_needed=True, at_most=200),
        Column("title_id", headers=("judul", "acara"), at_most=200),
        Column(
            "start",
            cells.day_or_instant,
            "starts_at",
            headers=("mulai",),
            is_needed=True,
        ),
        Column("end", end_of, "ends_at", headers=("selesai",)),
        Column("place", cells.place, "place_id", headers=("tempat",)),
        Column("participants", _participants, headers=("peserta",)),
        GROUP,
        Column("official", cells.yes, "is_official", headers=("resmi",)),
        Column("private", cells.yes, "is_private", headers=("pribadi",)),
        Column("precision", cells.one_of(["minute", "day"]), headers=("ketelitian",)),
        Column("dress_en", headers=("dress",), at_most=120),
        Column("dress_id", headers=("busana",), at_most=120),
        Column("contact", cells.team, "contact_id", headers=("kontak",)),
        BASIS,
        SOURCE,
        Column("note", headers=("catatan",), at_most=300),
    ),
    register_activities,
    key=("code",),
    makes=_activity,
    checks=(in_order,),
)


def _tidy(text: str, known: Known) -> str:
    return " ".join(text.split())


def for_who_takes_part(number: int, values: Values, before: Before) -> None:
    """A seat at an item is for who takes part in it, of the delegation named."""
    known, delegation = before.known, values["delegation_id"]
    invited = known.invited[values["activity_id"]]
    if invited is not None and delegation not in invited:
        raise Refused("takes_no_part", "party")
    person = values.get("person_id")
    if person and (delegation, person) not in known.members:
        raise Refused("no_member", "person")


def on_a_free_seat(number: int, values: Values, before: Before) -> None:
    """Nobody sits on another's lap: neither of the rows above nor of those placed."""
    seats = before.known.seats
    item, delegation = values["activity_id"], values["delegation_id"]
    who = (delegation, values.get("person_id"))
    seat = (item, same_words(values["seat"]))
    if seats.get(seat, who) != who:
        other = before.known.delegation_names[seats[seat][0]]
        raise Refused("seat_taken", "seat", other=other)
    for former in [key for key, by in seats.items() if (key[0], by) == (item, who)]:
        del seats[former]
    seats[seat] = who


def _placing(values: Values, known: Known) -> dict[str, Any]:
    """A file with a seat and no side says that there is none."""
    row = {name: value for name, value in values.items() if name != "person_id"}
    person = values.get("person_id")
    row["member_id"] = (
        known.members[values["delegation_id"], person] if person else None
    )
    return {"side": "", **row}


PLACINGS = Sheet(
    "placings",
    (
        Column(
            "item",
            cells.activity,
            "activity_id",
            headers=("activity", "kode acara", "acara", "kegiatan"),
            is_needed=True,
        ),
        PARTY_AT_EVENT,
        Column("person", cells.person, "person_id", headers=("orang", "kode orang")),
        Column(
            "seat",
            _tidy,
            headers=("kursi", "tempat duduk", "table"),
            is_needed=True,
            at_most=SEAT_AT_MOST,
        ),
        Column("side", _tidy, headers=("door", "pintu", "sisi"), at_most=SEAT_AT_MOST),
    ),
    register_placings,
    key=("item", "party", "person"),
    makes=_placing,
    checks=(for_who_takes_part, on_a_free_seat),
)
