"""Rules of both sides in plain words. Its columns: docs/spec/rules.md."""

from titian.exchange import cells
from titian.exchange.known import Known
from titian.exchange.reasons import Refused
from titian.exchange.sheets.declaration import Before, Column, Sheet, Values
from titian.exchange.sheets.shared_columns import BASIS, SOURCE
from titian.rules.commands.registration import register_articles
from titian.rules.models import Item, Stance, Whose
from titian.rules.queries import is_understood


def audience(text: str, known: Known) -> str:
    """Whom it concerns, in the words of ``applies_to``."""
    if not is_understood(text):
        raise Refused("bad_audience")
    return text


def _is_replaced_by_a_known_rule(number: int, values: Values, before: Before) -> None:
    """The rule that takes its place stands above, or is there already."""
    known = before.known.rules
    successor = values.get("replaced_by")
    if successor and successor not in known:
        raise Refused("unknown_rule", "replaced_by", value=successor)
    known.add(values["topic"])


RULES = Sheet(
    "rules",
    (
        Column("topic", headers=("topik",), is_needed=True, at_most=60),
        Column("text_en", headers=("text",), is_needed=True),
        Column("text_id", headers=("teks",)),
        Column("whose", cells.one_of(list(Whose.values)), headers=("milik",)),
        Column("side", cells.one_of(["guest", "host", "both"]), headers=("pihak",)),
        Column("jurisdiction", headers=("wilayah",), at_most=80),
        Column("valid_from", cells.day, headers=("berlaku dari",)),
        Column("valid_to", cells.day, headers=("berlaku sampai",)),
        Column("replaced_by", headers=("diganti oleh",), at_most=60),
        Column("subject", headers=("perihal",), at_most=40),
        Column("stance", cells.one_of(list(Stance.values)), headers=("sikap",)),
        Column("limit", cells.decimal, headers=("batas",)),
        Column("unit", headers=("satuan",), at_most=20),
        Column("permit", cells.one_of(list(Item.values)), headers=("izin",)),
        Column("lead_days", cells.number, headers=("hari sebelum",)),
        Column("words", headers=("kata",), at_most=400),
        Column("owner", cells.team, "owner_id", headers=("penjaga",)),
        Column("review_on", cells.day, headers=("ditinjau",)),
        Column("authority", headers=("penerbit",), at_most=200),
        Column("for", audience, "audience", headers=("untuk",), at_most=120),
        BASIS,
        SOURCE,
    ),
    register_articles,
    key=("topic",),
    checks=(_is_replaced_by_a_known_rule,),
)
