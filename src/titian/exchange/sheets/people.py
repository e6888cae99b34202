"""People: delegates and their ends of the channel, and who sits at which desk."""

from typing import Any

from titian.exchange import cells
from titian.exchange.known import Known
from titian.exchange.reasons import Refused
from titian.exchange.sheets.declaration import Before, Column, Sheet, Values
from titian.exchange.sheets.shared_columns import BASIS, PARTY_AT_EVENT, SOURCE
from titian.people.commands.registration import (
    register_focal_points,
    register_people,
    register_seats,
)
from titian.people.models import Member


def _group(text: str, known: Known) -> str:
    """The sub-group of a delegate; a role of the house (driver, desk) names none.

    Any other word is refused: its person would be on no list of the delegation.
    """
    word = text.casefold().replace(" ", "_")
    group = GROUPS.get(word, word)
    if group in OF_THE_HOUSE:
        return ""
    if group not in Member.Group.values:
        raise Refused("bad_choice", choices=", ".join(Member.Group.values))
    return group


def names_differ(number: int, values: Values, before: Before) -> None:
    """Two people of one party may share a name, if anything tells them apart; where
    nothing does, it is one person under two codes, and the second is refused.
    """
    if not (name := values.get("display")):
        return
    who = tuple(values.get(trait) for trait in TRAITS)
    if first := before.same("name", who, number):
        raise Refused("same_name", "display", value=name, other=first)


def _person(values: Values, known: Known) -> dict[str, Any]:
    """A name given in parts only is displayed as given and family name."""
    if values.get("display") or not (values.get("given") or values.get("family")):
        return dict(values)
    parts = (values.get("given", ""), values.get("family", ""))
    return {**values, "display": " ".join(part for part in parts if part)}


TRAITS = ("party_id", "display", "native", "title", "group", "phone", "email")
GROUPS = {
    "ketua": "head",
    "head_of_delegation": "head",
    "pasangan": "spouse",
    "partner": "spouse",
    "delegasi": "delegate",
    "anggota": "delegate",
    "tim_pendahulu": "advance",
    "pers": "media",
    "wartawan": "media",
    "pengamanan": "security",
    "keamanan": "security",
    "awak": "crew",
    "focal": "focal_point",
    "interpreter": "delegate",
    "speaker": "delegate",
    "artist": "delegate",
}
OF_THE_HOUSE = ("driver", "pengemudi", "sopir", "desk", "pos", "coordinator")
NAMES = (
    Column(
        "given", headers=("given name", "first name", "nama depan", "名"), at_most=120
    ),
    Column(
        "family",
        headers=("family name", "surname", "nama keluarga", "姓"),
        at_most=120,
    ),
    Column("display", headers=("name", "nama", "nama lengkap"), at_most=200),
    Column("native", headers=("native name", "nama asli"), at_most=200),
)
REACH = (
    Column(
        "phone", cells.phone, headers=("telepon", "no hp wa", "no hp", "hp"), at_most=40
    ),
    Column("email", cells.email, headers=("e mail", "surel")),
)
PEOPLE = Sheet(
    "people",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=40),
        Column(
            "party",
            cells.party,
            "party_id",
            headers=("delegation", "delegasi"),
            is_needed=True,
        ),
        Column("role", _group, "group", headers=("group", "peran", "kelompok")),
        *NAMES,
        Column("honorific", headers=("sapaan", "title"), at_most=40),
        Column("title_en", field="title", headers=("position", "jabatan"), at_most=160),
        Column("languages", cells.spoken, headers=("bahasa",)),
        *REACH,
        BASIS,
        SOURCE,
    ),
    register_people,
    key=("code",),
    makes=_person,
    checks=(names_differ,),
)
FOCAL_POINTS = Sheet(
    "focal_points",
    (
        PARTY_AT_EVENT,
        Column("person", cells.person, "person_id", headers=("orang",), is_needed=True),
        Column("kind", cells.one_of(["DLO", "DAO", "MLO", "CR"]), headers=("jenis",)),
        Column("channel", headers=("saluran",), at_most=20),
        Column("hours_from", cells.hour, headers=("jam dari",)),
        Column("hours_to", cells.hour, headers=("jam sampai",)),
        Column("authority_en", headers=("authority",), at_most=200),
        Column("authority_id", headers=("wewenang",), at_most=200),
        Column("valid_from", cells.day_or_instant, headers=("berlaku dari",)),
        Column("valid_to", cells.day_or_instant, headers=("berlaku sampai",)),
    ),
    register_focal_points,
    key=("party", "person", "kind"),
)
TEAMS = Sheet(
    "teams",
    (
        Column("team", cells.team, "team_id", headers=("tim",), is_needed=True),
        Column("person", cells.person, "person_id", headers=("orang",), is_needed=True),
        Column(
            "role",
            cells.one_of(["coordinator", "lead", "desk", "spokesperson", "auditor"]),
            headers=("peran",),
            is_needed=True,
        ),
        Column("desk_from", cells.hour, headers=("jam dari",)),
        Column("desk_to", cells.hour, headers=("jam sampai",)),
    ),
    register_seats,
    key=("team", "person", "role"),
)
