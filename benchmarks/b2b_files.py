"""Instances of business-to-business meetings (Bofill et al., CP 2014), and answers."""

import re
from dataclasses import dataclass
from pathlib import Path

from titian.planning.bilaterals import (
    EVER,
    Leader,
    Meeting,
    Plan,
    Problem,
    Room,
    Rules,
    Span,
)

FAIR = 2  # nobody has more breaks than this above who has fewest
MORNING, AFTERNOON = 1, 2


@dataclass(frozen=True, slots=True)
class Instance:
    """One file, all numbers its own: from 1 on."""

    name: str
    leaders: int
    tables: int
    slots: int
    morning: int
    asked: tuple[tuple[int, int, int], ...]  # two sides, and the time of day
    forbidden: tuple[frozenset[int], ...]  # by leader
    fixed: tuple[int, ...]  # by meeting: its slot, or 0

    def problem(self) -> Problem:
        """The same for the planning core."""
        free = [
            tuple(Span(s - 1, s) for s in range(1, self.slots + 1) if s not in never)
            for never in self.forbidden
        ]
        return Problem(
            (self.slots,),
            tuple(Leader(str(at), 4, hours) for at, hours in enumerate(free, 1)),
            tuple(Room(str(at), 2) for at in range(1, self.tables + 1)),
            tuple(self._meeting(at) for at in range(len(self.asked))),
            rules=Rules(spread=FAIR),
        )

    def _meeting(self, at: int) -> Meeting:
        one, other, time = self.asked[at]
        slot = self.fixed[at] if at < len(self.fixed) else 0
        hours = {
            MORNING: (Span(0, self.morning),),
            AFTERNOON: (Span(self.morning, self.slots),),
        }.get(time, EVER)
        within = (Span(slot - 1, slot),) if slot else hours
        return Meeting(str(at + 1), (str(one), str(other)), within=within, weight=1)

    def schedule(self, plan: Plan) -> list[list[int]]:
        """Meeting, slot, table: in the numbers of the file, by meeting."""
        return [[int(h.meeting), h.start + 1, int(h.room)] for h in plan.held]


def read(path: Path) -> Instance:
    """The instance in a file, in English or Catalan; ValueError if it is none."""
    text = path.read_text("latin1")
    rows = re.search(r"(?:requested|demanades)\s*=\s*\[\|(.*?)\|\s*\]", text, re.S)
    if not rows:
        raise ValueError(f"{path}: nobody asks for a meeting.")
    asked = [_numbers(row) for row in rows[1].split("|") if _numbers(row)]
    leaders = _one(text, "nBusiness|nEmpreses")
    slots = _one(text, "nTotalSlots|nFrangesTotal")
    sets = re.search(r"(?:forbidden|prohibides)\s*=\s*\[(.*?)\]\s*;", text, re.S)
    never = [_set(one) for one in re.findall(SET, sets[1])] if sets else []
    fixed = re.search(r"(?:fixat|fixed)\s*=\s*\[([^|]*?)\]", text, re.S)
    return Instance(
        path.stem,
        leaders,
        _one(text, "nTables|nTaules"),
        slots,
        _one(text, "nMorningSlots|nFrangesMati"),
        tuple((a, b, rest[0] if rest else 3) for a, b, *rest in asked),
        tuple((never + [frozenset()] * leaders)[:leaders]),
        tuple(_numbers(fixed[1])) if fixed else (),
    )


SET = r"\{[^}]*\}|\d+\s*\.\.\s*\d+"


def _one(text: str, names: str) -> int:
    found = re.search(rf"\b(?:{names})\s*=\s*(\d+)", text)
    if not found:
        raise ValueError(f"Expected one of {names}.")
    return int(found[1])


def _numbers(text: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", text)]


def _set(text: str) -> frozenset[int]:
    found = _numbers(text)
    whole = range(found[0], found[1] + 1) if ".." in text else found
    return frozenset(whole)
