"""Places, and the minutes between them."""

from titian.exchange import cells
from titian.exchange.sheets.declaration import Column, Sheet
from titian.exchange.sheets.shared_columns import BASIS, SOURCE
from titian.places.commands import register_places, register_travel_times

PLACES = Sheet(
    "places",
    (
        Column("code", headers=("kode",), is_needed=True, at_most=40),
        Column("name", headers=("nama", "tempat"), is_needed=True, at_most=200),
        Column(
            "kind",
            cells.one_of(
                {
                    "airport": "airport",
                    "hotel": "hotel",
                    "venue": "venue",
                    "hospital": "hospital",
                    "other": "other",
                    "bandara": "airport",
                    "gedung": "venue",
                    "rumah_sakit": "hospital",
                    "lainnya": "other",
                }
            ),
            headers=("jenis",),
        ),
        Column("area", headers=("wilayah",), at_most=120),
        Column("lat", cells.degrees, headers=("latitude", "lintang")),
        Column("lon", cells.degrees, headers=("longitude", "bujur")),
        Column("accuracy_m", cells.number, headers=("ketelitian m",)),
        Column("zone", headers=("zona", "timezone"), at_most=40),
        BASIS,
        SOURCE,
    ),
    register_places,
    key=("code",),
)
TRAVEL_TIMES = Sheet(
    "travel_times",
    (
        Column("from", cells.place, "origin_id", headers=("dari",), is_needed=True),
        Column("to", cells.place, "destination_id", headers=("ke",), is_needed=True),
        Column("minutes", cells.number, headers=("menit",), is_needed=True),
        Column("condition", headers=("keadaan",), at_most=200),
        BASIS,
        SOURCE,
    ),
    register_travel_times,
    key=("from", "to", "condition"),
)
