"""The lists of the shipped summit, read as plain text."""

import csv
from datetime import datetime
from functools import cache
from pathlib import Path

type Row = dict[str, str]

ROOT = Path(__file__).resolve().parents[2]
BALI = ROOT / "src/titian/scenarios/g20-bali-2022"
LISTS = sorted(path.stem for path in BALI.glob("*.csv"))
NOW = datetime.fromisoformat("2022-11-14T19:40:00+08:00")


@cache
def rows(name: str) -> list[Row]:
    with (BALI / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def keys(name: str, column: str) -> set[str]:
    return {row[column] for row in rows(name)}


def invented_parties() -> set[str]:
    return {row["code"] for row in rows("parties") if row["basis"] == "synthetic"}
