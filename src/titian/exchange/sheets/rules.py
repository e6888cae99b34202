"""Rules in plain words."""

from titian.exchange import cells
from titian.exchange.sheets.declaration import Column, Sheet
from titian.exchange.sheets.shared_columns import BASIS, SOURCE
from titian.rules.commands.registration import register_articles

RULES = Sheet(
    "rules",
    (
        Column("topic", headers=("topik",), is_needed=True, at_most=60),
        Column("text_en", headers=("text",), is_needed=True),
        Column("text_id", headers=("teks",)),
        Column("side", headers=("pihak",), at_most=20),
        Column("jurisdiction", headers=("wilayah",), at_most=80),
        Column("valid_from", cells.day, headers=("berlaku dari",)),
        Column("valid_to", cells.day, headers=("berlaku sampai",)),
        Column("authority", headers=("penerbit",), at_most=200),
        Column("for", field="audience", headers=("untuk",), at_most=120),
        BASIS,
        SOURCE,
    ),
    register_articles,
    key=("topic",),
)
