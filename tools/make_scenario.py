"""Fill a scenario folder with invented people, cars and estimated ways.

``python3 tools/make_scenario.py`` reads the folder's own lists (parties, delegations,
places, ``named_people.csv``) and ``names.toml`` beside this file, and writes
``people.csv``, ``focal_points.csv``, ``vehicles.csv`` and the computed part of
``travel_times.csv``. The same seed gives the same bytes. Standard library only.
"""

import csv
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from estimated_ways import all_ways
from invented_names import Name, Names, folded

type Row = dict[str, str]

HERE = Path(__file__).resolve().parent
SCENARIO = HERE.parent / "src/titian/scenarios/g20-bali-2022"
SEED = 20221114

PEOPLE = [
    "code",
    "party",
    "role",
    "given",
    "family",
    "display",
    "native",
    "honorific",
    "title_en",
    "languages",
    "phone",
    "email",
    "synthetic",
    "basis",
    "source",
]
FOCAL_POINTS = [
    "party",
    "person",
    "kind",
    "channel",
    "hours_from",
    "hours_to",
    "authority_en",
    "authority_id",
    "valid_from",
    "valid_to",
    "basis",
    "source",
]
VEHICLES = [
    "plate",
    "class",
    "seats",
    "energy",
    "driver",
    "permit",
    "party",
    "basis",
    "source",
]
TRAVEL_TIMES = ["from", "to", "minutes", "condition", "basis", "source"]

# What the people of a party do: role, title, weight.
OFFICIALS = (
    ("delegate", "Adviser", 24),
    ("delegate", "Counsellor", 12),
    ("delegate", "Desk officer", 12),
    ("delegate", "Interpreter", 6),
    ("delegate", "Protocol assistant", 6),
    ("media", "Reporter", 9),
    ("media", "Camera operator", 7),
    ("security", "Security officer", 13),
    ("advance", "Advance team", 5),
    ("crew", "Aircrew", 6),
)
CALLINGS: Mapping[str, Sequence[tuple[str, str, int]]] = {
    "state": OFFICIALS,
    "organisation": (
        ("delegate", "Adviser", 8),
        ("delegate", "Economist", 6),
        ("delegate", "Programme officer", 6),
        ("media", "Press officer", 1),
        ("security", "Security officer", 2),
    ),
    "media": (
        ("media", "Reporter", 5),
        ("media", "Camera operator", 3),
        ("media", "Photographer", 2),
        ("media", "Producer", 2),
    ),
    "sponsor": (("delegate", "Account manager", 2), ("delegate", "Technician", 3)),
    "speaker": (("delegate", "Assistant", 1),),
    "artist": (("artist", "Musician", 5), ("artist", "Dancer", 4)),
}
KINDS = {"state": "DLO", "organisation": "DAO", "media": "MLO"}
CHANNELS = ("phone", "whatsapp", "email", "link")
AUTHORITY = (
    (
        "Logistics, rooms and cars of the whole party",
        "Logistik, kamar, dan mobil seluruh rombongan",
    ),
    (
        "Everything but the programme of the head of delegation",
        "Semua hal kecuali acara ketua delegasi",
    ),
    (
        "Accreditation and names; other matters after asking back",
        "Akreditasi dan nama; hal lain setelah bertanya dahulu",
    ),
)
# Channels that have run out: a liaison desk must see them in red.
RUN_OUT = {"VRN": "2022-11-14T12:00:00+08:00", "RGT": "2022-11-13T18:00:00+08:00"}
# Class, seats, energy, permit, how many (classes as reported for the summit).
CARS = (
    ("Genesis Electrified G80 long wheelbase", 4, "electric", "sticker A", 8),
    ("Genesis Electrified G80", 4, "electric", "sticker A", 10),
    ("Hyundai Ioniq 5", 4, "electric", "sticker A", 14),
    ("Lexus UX 300e", 4, "electric", "sticker B", 8),
    ("Toyota bZ4X", 4, "electric", "sticker B", 8),
    ("Wuling Air ev Long Range", 3, "electric", "sticker B", 6),
    ("Electric bus", 28, "electric", "sticker C", 4),
    ("Toyota HiAce", 12, "petrol", "sticker C", 2),
)
LENT = {0: "SLY", 1: "SLY", 8: "VRN", 9: "SLY", 18: "VRN"}


def read(name: str) -> list[Row]:
    with (SCENARIO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with (SCENARIO / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


class Maker:
    """The rows that are drawn, one list after the other."""

    def __init__(self) -> None:
        self.rnd = random.Random(SEED)
        self.parties = {row["code"]: row for row in read("parties")}
        self.delegations = read("delegations")
        self.named = read("named_people")
        self.names = Names(self.rnd, (row["display"] for row in self.named))
        self.phones = iter(range(1, 10_000))

    def people(self) -> Iterator[Row]:
        """The named ones, then each party filled up to its number of heads."""
        yield from self.named
        for delegation in self.delegations:
            yield from self._party(delegation)
        already: set[str] = set()
        for number in range(1, sum(car[4] for car in CARS) + 1):
            yield self._driver(number, already)

    def _party(self, delegation: Row) -> Iterator[Row]:
        party = delegation["party"]
        own = [row for row in self.named if row["party"] == party]
        already = {folded(row["display"]) for row in own}
        here = len(own)
        if not any(row["role"] == "focal_point" for row in own):
            yield self._focal(party, already)
            here += 1
        for number in range(1, int(delegation["expected"]) - here + 1):
            yield self._filler(party, number, already)

    def _row(self, code: str, party: str, name: Name, **more: str) -> Row:
        return {
            "code": code,
            "party": party,
            "given": name.given,
            "family": name.family,
            "display": name.display,
            "native": name.native,
            "synthetic": "yes",
            "basis": "synthetic",
            **more,
        }

    def _focal(self, party: str, already: set[str]) -> Row:
        name = self.names.draw(self.names.pool_for(party), already)
        return self._row(
            f"{party}-F01",
            party,
            name,
            role="focal_point",
            honorific=self.rnd.choice(["Mr", "Ms"]),
            title_en="Focal point",
            languages=self._tongues(party, "B2"),
            phone=f"+999 000 {next(self.phones):04}",
            email=f"{party.lower()}.focal@example.org",
        )

    def _filler(self, party: str, number: int, already: set[str]) -> Row:
        pool = self.names.pool_for(party)
        callings = CALLINGS[self.parties[party]["kind"]]
        role, title, _ = self.rnd.choices(callings, [c[2] for c in callings])[0]
        level = self.rnd.choice(["B1", "B2", "B2", "C1"])
        return self._row(
            f"{party}-{number:04}",
            party,
            self.names.draw(pool, already),
            role=role,
            title_en=title,
            languages=self._tongues(party, level),
        )

    def _tongues(self, party: str, english: str) -> str:
        """The party's first language, and some English."""
        own = self.parties[party]["languages"].split(";")[0] or "en"
        return "en:C2" if own == "en" else f"{own}:C2;en:{english}"

    def _driver(self, number: int, already: set[str]) -> Row:
        name = self.names.draw(self.rnd.choice(["bali", "bali", "id"]), already)
        english = self.rnd.choice(["A2", "A2", "B1", "B1", "B2"])
        extra = self.rnd.choice(["", "", "", "", ";ja:A2", ";zh:A2", ";fr:A1"])
        return self._row(
            f"TRN-D{number:02}",
            "TRN",
            name,
            role="driver",
            title_en="Driver",
            languages=f"id:C2;en:{english}{extra}",
            phone=f"+62 899 0000 2{number:03}",
        )

    def focal_points(self, people: Iterable[Row]) -> Iterator[Row]:
        """One end of a channel for each party at the event."""
        by_party = {p["party"]: p for p in people if p["role"] == "focal_point"}
        for delegation in self.delegations:
            yield self._channel(by_party[delegation["party"]])

    def _channel(self, person: Row) -> Row:
        party = person["party"]
        english, indonesian = self.rnd.choice(AUTHORITY)
        return {
            "party": party,
            "person": person["code"],
            "kind": KINDS.get(self.parties[party]["kind"], "CR"),
            "channel": "phone" if party == "ARN" else self.rnd.choice(CHANNELS),
            "hours_from": "07:00",
            "hours_to": self.rnd.choice(["21:00", "22:00", "23:00"]),
            "authority_en": english,
            "authority_id": indonesian,
            "valid_from": "2022-11-07T00:00:00+08:00",
            "valid_to": RUN_OUT.get(party, "2022-11-18T18:00:00+08:00"),
            "basis": "synthetic",
        }

    def vehicles(self) -> Iterator[Row]:
        """Cars with invented plates, each with its driver."""
        classes = [car for car in CARS for _ in range(car[4])]
        for at, (name, seats, energy, permit, _) in enumerate(classes):
            yield {
                "plate": f"DK {9001 + at} TTN",
                "class": name,
                "seats": str(seats),
                "energy": energy,
                "driver": f"TRN-D{at + 1:02}",
                "permit": permit,
                "party": LENT.get(at, ""),
                "basis": "synthetic",
            }


def main() -> int:
    maker = Maker()
    people = list(maker.people())
    write("people", PEOPLE, people)
    write("focal_points", FOCAL_POINTS, maker.focal_points(people))
    write("vehicles", VEHICLES, maker.vehicles())
    write("travel_times", TRAVEL_TIMES, all_ways(read("places"), read("travel_times")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
