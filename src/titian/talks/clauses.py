"""Two versions of one text held against each other, clause by clause. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from titian.loop.comparing import Segment, segments_of

NUMBERED = re.compile(r"^\s*(\d+(?:\.\d+)*)[.)]?\s+(.*)$", re.DOTALL)
ALIKE = 0.6
"""Words shared, from 0 to 1, above which a clause is the same under a new number."""


class Change(StrEnum):
    """What became of a clause between two versions."""

    SAME = "same"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    ADDED = "added"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its number as written, and its words."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One clause in two versions: no ``before`` if it is new, no ``after`` if gone."""

    change: Change
    before: Clause | None
    after: Clause | None
    segments: Sequence[Segment] = field(default=())

    @property
    def number(self) -> str:
        """Its number now, else the one it had."""
        return (self.after or self.before or Clause("", "")).number


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text: one a paragraph, numbered as written, else by place.

    >>> clauses_of("1. Oars.\\n\\nTowels are\\ndry.")
    [Clause(number='1', words='Oars.'), Clause(number='2', words='Towels are dry.')]
    """
    found: list[Clause] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        if not paragraph.strip():
            continue
        numbered = NUMBERED.match(paragraph)
        number, words = numbered.groups() if numbered else ("", paragraph)
        found.append(Clause(number or str(len(found) + 1), " ".join(words.split())))
    return found


def compared(before: Sequence[Clause], after: Sequence[Clause]) -> list[Row]:
    """Each clause of ``after`` in its order, with what it was, and what is gone.

    A clause is the same one if its words are, else if its number is and its words are
    alike, else if its words are most alike among those left. O(n²) words compared for
    the clauses whose words changed.
    """
    pairs = _paired(before, after)
    rows: list[Row] = []
    told: set[int] = set()
    for place, clause in enumerate(after):
        rows += _taken(before, pairs, told, upto=pairs.get(place))
        old = pairs.get(place)
        rows.append(_row(before[old] if old is not None else None, clause))
    rows += _taken(before, pairs, told, upto=None, rest=True)
    return rows


def _paired(before: Sequence[Clause], after: Sequence[Clause]) -> dict[int, int]:
    """Place after → place before, each used once."""
    pairs: dict[int, int] = {}
    rules: tuple[Callable[[Clause, Clause], bool], ...] = (
        lambda old, new: old.words == new.words and old.number == new.number,
        lambda old, new: old.words == new.words,
        lambda old, new: old.number == new.number and _likeness(old, new) > ALIKE / 2,
    )
    for is_same in rules:
        for place, new in enumerate(after):
            free = (i for i in range(len(before)) if i not in pairs.values())
            if place not in pairs:
                old = next((i for i in free if is_same(before[i], new)), None)
                if old is not None:
                    pairs[place] = old
    for place, new in enumerate(after):
        if place not in pairs:
            left = [i for i in range(len(before)) if i not in pairs.values()]
            best = max(left, key=lambda i: _likeness(before[i], new), default=None)
            if best is not None and _likeness(before[best], new) >= ALIKE:
                pairs[place] = best
    return pairs


def _likeness(old: Clause, new: Clause) -> float:
    one, other = old.words.casefold().split(), new.words.casefold().split()
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _taken(
    before: Sequence[Clause],
    pairs: dict[int, int],
    told: set[int],
    *,
    upto: int | None,
    rest: bool = False,
) -> Iterator[Row]:
    """What is gone and stood before the clause that comes next, once."""
    kept = set(pairs.values())
    end = len(before) if rest else upto or 0
    for place in range(end):
        if place not in kept and place not in told:
            told.add(place)
            yield Row(
                Change.TAKEN, before[place], None, (("taken", before[place].words),)
            )


def _row(old: Clause | None, new: Clause) -> Row:
    if old is None:
        return Row(Change.ADDED, None, new, (("added", new.words),))
    if old.words == new.words:
        change = Change.SAME if old.number == new.number else Change.RENUMBERED
        return Row(change, old, new, (("same", new.words),))
    return Row(Change.CHANGED, old, new, tuple(segments_of(old.words, new.words)))
