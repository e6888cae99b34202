"""Routing rules, and promises already given."""

from typing import Any

from titian.exchange import cells
from titian.exchange.known import Known
from titian.exchange.sheets.declaration import Column, Sheet, Values
from titian.exchange.sheets.shared_columns import PARTY_AT_EVENT
from titian.loop.commands.registration import register_promises, register_topics
from titian.people.models.party import GUESTS


def _keywords(text: str, known: Known) -> list[str]:
    """In small letters, with their accents: "thé" must not become "the"."""
    return [word.casefold() for word in cells.several(text, known)]


def _kinds(text: str, known: Known) -> list[str]:
    """Kinds of party between semicolons."""
    read = cells.one_of(list(GUESTS))
    return [read(kind, known) for kind in cells.several(text, known)]


def _topic(values: Values, known: Known) -> dict[str, Any]:
    """Keywords of all languages are one list; a topic without a name has its code's."""
    row = {name: value for name, value in values.items() if name not in KEYWORDS}
    row["keywords"] = [word for name in KEYWORDS for word in values.get(name, ())]
    row.setdefault("name_en", row["code"].replace("_", " ").replace("-", " "))
    return row


KEYWORDS = ("keywords_en", "keywords_id", "keywords_other")
ROUTING = Sheet(
    "routing",
    (
        Column("order", cells.number, headers=("urutan",), is_needed=True),
        Column("topic", field="code", headers=("topik",), is_needed=True, at_most=40),
        Column("team", cells.team, "team_id", headers=("tim",), is_needed=True),
        Column("weight", cells.one_of(["routine", "exact"]), headers=("bobot",)),
        Column("informed", cells.several, headers=("tembusan",)),
        Column("serves", _kinds, headers=("melayani",)),
        *(Column(name, _keywords) for name in KEYWORDS),
        Column("answer_minutes", cells.number, headers=("menit jawaban",)),
        Column("name_en", headers=("name",), at_most=120),
        Column("name_id", headers=("nama",), at_most=120),
    ),
    register_topics,
    key=("topic",),
    makes=_topic,
)
PROMISES = Sheet(
    "promises",
    (
        PARTY_AT_EVENT,
        Column("direction", cells.one_of(["ours", "theirs"]), headers=("arah",)),
        Column("words", headers=("janji", "promise"), is_needed=True, at_most=300),
        Column("owner_team", cells.team, "owner_team_id", headers=("tim",)),
        Column("owner_person", cells.person, "owner_person_id", headers=("orang",)),
        Column("made", cells.instant, "made_at", headers=("dibuat",), is_needed=True),
        Column("due", cells.instant, "due_at", headers=("tenggat",), is_needed=True),
        Column("state", cells.one_of(["open", "kept", "broken"]), headers=("keadaan",)),
        Column("settled", cells.instant, "settled_at"),
        Column("settled_words", at_most=300),
    ),
    register_promises,
    key=("party", "direction", "words"),
)
