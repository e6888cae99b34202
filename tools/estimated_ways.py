"""How long a way takes when nobody has reported it."""

import math
from collections.abc import Iterable

type Row = dict[str, str]

ROAD_FACTOR, KM_AN_HOUR, START_MINUTES = 1.6, 30, 2
EARTH_KM = 6371
COMPUTED = f"computed: straight line x {ROAD_FACTOR}, {KM_AN_HOUR} km/h"
BACK = "the same way back"


def all_ways(places: Iterable[Row], ways: Iterable[Row]) -> list[Row]:
    """What was noted stays; every other way between two places is computed."""
    places = [place for place in places if place["lat"]]
    noted = [row for row in ways if row["condition"] not in (COMPUTED, BACK)]
    back = [_back(row) for row in noted if row["condition"] == "usual daytime"]
    known = {(row["from"], row["to"]) for row in [*noted, *back]}
    computed = [
        _way(one, other)
        for one in places
        for other in places
        if one is not other and (one["code"], other["code"]) not in known
    ]
    return [*noted, *back, *computed]


def _back(row: Row) -> Row:
    return {
        **row,
        "from": row["to"],
        "to": row["from"],
        "condition": BACK,
        "basis": "estimate",
        "source": "",
    }


def _way(one: Row, other: Row) -> Row:
    minutes = START_MINUTES + _km(one, other) * ROAD_FACTOR / KM_AN_HOUR * 60
    return {
        "from": one["code"],
        "to": other["code"],
        "minutes": str(math.ceil(minutes)),
        "condition": COMPUTED,
        "basis": "estimate",
    }


def _km(one: Row, other: Row) -> float:
    """The great circle between two places (haversine, Earth as a sphere)."""
    lat_a, lon_a, lat_b, lon_b = (
        math.radians(float(place[key]))
        for place in (one, other)
        for key in ("lat", "lon")
    )
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))
