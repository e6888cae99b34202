"""Columns that many sheets share."""

from titian.exchange import cells
from titian.exchange.sheets.declaration import Column
from titian.people.models import Member

BASIS = Column(
    "basis",
    cells.one_of(["fact", "estimate", "synthetic"]),
    headers=("dasar",),
)
SOURCE = Column("source", headers=("sumber",), at_most=300)
NOTE = Column("note", headers=("catatan", "keterangan", "ket", "remarks"))
PARTY_AT_EVENT = Column(
    "party",
    cells.delegation,
    "delegation_id",
    headers=("delegation", "delegasi", "kode delegasi", "delegation code"),
    is_needed=True,
)
GROUP = Column(
    "group",
    cells.one_of([group.value for group in Member.Group]),
    headers=("sub group", "kelompok", "subkelompok"),
)
LEVELS = [
    "head_of_state",
    "head_of_government",
    "eu_president",
    "special_envoy",
    "minister",
    "io_head",
    "other_guest",
]
