"""A scenario: a folder of lists, what was done before, and what the world sends."""

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from titian.exchange.letters import decoded

SHIPPED = Path(__file__).resolve().parents[1] / "scenarios"
FILE = "scenario.toml"


class NoScenario(ValueError):
    """There is no such scenario, or it cannot be understood; says which and where."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a scenario's history or of its world."""

    number: int
    at: datetime
    act: str
    by: str
    ref: str
    party: str
    args: dict[str, Any]
    key: UUID


@dataclass(frozen=True, slots=True)
class Scenario:
    """What ``scenario.toml`` says, and the folder it stands in."""

    folder: Path
    code: str
    traits: dict[str, Any]
    reads: datetime | None
    speed: float
    order: tuple[str, ...]
    history_name: str
    world_name: str

    def content(self, sheet: str) -> bytes:
        """The bytes of a list; ``NoScenario`` if it is not there.

        ``home-rules/rules`` is a list of a folder beside the scenarios, for several.
        """
        path = (SHIPPED if "/" in sheet else self.folder) / f"{sheet}.csv"
        try:
            return path.read_bytes()
        except OSError:
            raise NoScenario(f"{path} cannot be read.") from None

    def history(self) -> list[Told]:
        """What people did before the evening began, in the order of time."""
        return self._told(self.history_name, "act", "history")

    def world(self) -> list[Told]:
        """What the world sends, in the order of time."""
        return self._told(self.world_name, "kind", "world")

    def _told(self, name: str, act: str, what: str) -> list[Told]:
        path = self.folder / name
        if not name or not path.exists():
            return []
        text, _encoding = decoded(path.read_bytes())
        rows = csv.DictReader(io.StringIO(text, newline=""))
        found = [
            _line(self.code, what, number, row, row.get(act, ""))
            for number, row in enumerate(rows, start=2)
        ]
        return sorted(found, key=lambda one: one.at)


def find(code_or_path: str | Path) -> Scenario:
    """The shipped scenario with this code, or the one in this folder."""
    folder = Path(code_or_path)
    if not (folder / FILE).exists():
        folder = SHIPPED / str(code_or_path)
    if not (folder / FILE).exists():
        raise NoScenario(
            f"There is no scenario “{code_or_path}”. Shipped: {', '.join(shipped())}."
        )
    try:
        said = tomllib.loads((folder / FILE).read_text("utf-8"))
        return _scenario(folder, said)
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise NoScenario(f"{folder / FILE} cannot be understood: {error}.") from None


def shipped() -> Iterator[str]:
    """The codes of the scenarios that come with the house."""
    for path in sorted(SHIPPED.glob(f"*/{FILE}")):
        yield path.parent.name


def _scenario(folder: Path, said: dict[str, Any]) -> Scenario:
    reads = said.get("clock_reads")
    return Scenario(
        folder=folder,
        code=said["code"],
        traits={
            "kind": said["kind"],
            "name_en": said["name_en"],
            "name_id": said.get("name_id", ""),
            "starts_on": _day(said.get("starts_on")),
            "ends_on": _day(said.get("ends_on")),
            "zone": said["zone"],
            "cities": said.get("cities", []),
            "languages": said.get("languages", []),
        },
        reads=_instant(reads) if reads else None,
        speed=float(said.get("clock_speed", 1)),
        order=tuple(said["order"]),
        history_name=said.get("history", "history.csv"),
        world_name=said.get("world", "world.csv"),
    )


def _day(said: date | str | None) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else said


def _instant(said: datetime | str) -> datetime:
    found = datetime.fromisoformat(said) if isinstance(said, str) else said
    if found.tzinfo is None:
        raise ValueError(f"{said} has no offset")
    return found


def _line(code: str, what: str, number: int, row: dict[str, str], act: str) -> Told:
    try:
        args = json.loads(row.get("args") or "{}")
        at = _instant(row["at"])
    except (KeyError, ValueError) as error:
        raise NoScenario(f"Row {number} of {what}: {error}.") from None
    return Told(
        number=number,
        at=at,
        act=act,
        by=row.get("by") or "",
        ref=row.get("ref") or "",
        party=row.get("party") or "",
        args=args,
        key=uuid5(NAMESPACE_OID, f"titian:{code}:{what}:{number}:{row['at']}:{act}"),
    )
