"""Where reported facts come from."""

from titian.exchange.sheets.declaration import Column, Sheet
from titian.kernel.commands import register_sources

SOURCES = Sheet(
    "sources",
    (
        Column("key", headers=("kunci",), is_needed=True, at_most=80),
        Column("address", headers=("alamat", "url"), at_most=500),
        Column("title", headers=("judul",), at_most=300),
    ),
    register_sources,
    key=("key",),
)
