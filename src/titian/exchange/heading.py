"""Finding the header: titles above it, two rows under merged cells, said again."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from titian.exchange.reading import Line, Table
from titian.exchange.sheets.declaration import Column, Sheet

LOOKED_THROUGH = 40  # rows: further down there is data, not a header


@dataclass(frozen=True, slots=True)
class Heading:
    """Which cell holds which column, and where the data begin."""

    table: Table
    places: dict[str, int]
    row: int
    width: int

    def lines(self) -> Iterator[Line]:
        """The data: no empty rows, no header said again, no line of a single cell."""
        header = [plain(cell) for cell in self.table.lines[self.row - 1].cells]
        for line in self.table.lines[self.row :]:
            filled = [cell for cell in line.cells if cell]
            if not filled or [plain(cell) for cell in line.cells] == header:
                continue
            if len(filled) == 1 and len(self.places) > 2:  # a section, a footer
                continue
            yield line

    def values(self, line: Line) -> dict[str, str]:
        """The row's cells by the names of our columns; what is missing is empty."""
        cells = line.cells
        return {
            name: cells[at] if at < len(cells) else ""
            for name, at in self.places.items()
        }


def find(tables: Sequence[Table], sheet: Sheet) -> Heading | None:
    """The first row of any table that names all the columns ``sheet`` needs."""
    best: Heading | None = None
    for table in tables:
        for heading in _candidates(table, sheet):
            if best is None or len(heading.places) > len(best.places):
                best = heading
    return best


def plain(words: str) -> str:
    """``words`` as headers are compared: no case, no accents, no signs."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(c for c in apart if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", kept).strip()


def _candidates(table: Table, sheet: Sheet) -> Iterator[Heading]:
    needed = {column.name for column in sheet.columns if column.is_needed}
    for line in table.lines[:LOOKED_THROUGH]:
        places = _places(_names(table, line), sheet.columns)
        if places and needed <= places.keys():
            yield Heading(table, places, line.number, len(line.cells))


def _names(table: Table, line: Line) -> list[tuple[str, ...]]:
    """What each cell of the row may be called; under a merged cell, also by that."""
    above = _spread(table, line.number - 1)
    names = []
    for at, cell in enumerate(line.cells):
        top = above[at] if at < len(above) else ""
        spellings = (cell, f"{top} {cell}", top if not cell else "")
        names.append(tuple(dict.fromkeys(s for s in map(plain, spellings) if s)))
    return names


def _spread(table: Table, number: int) -> list[str]:
    """The cells of row ``number`` with merged ones repeated over their span."""
    if number < 1 or not table.merged:
        return []
    cells = list(table.lines[number - 1].cells)
    for (top, left), (bottom, right) in table.merged:
        if top <= number - 1 <= bottom and right - left < len(cells) - 1:
            for at in range(left, min(right + 1, len(cells))):
                cells[at] = table.lines[top].cells[left]
    return cells


def _places(
    names: Sequence[tuple[str, ...]], columns: Sequence[Column]
) -> dict[str, int]:
    """Each column's cell: the longer name wins, then the further left."""
    found: dict[str, int] = {}
    for column in columns:
        wanted = {plain(header) for header in (column.name, *column.headers)}
        fitting = [
            (-max(len(s) for s in spellings if _latin(s) in wanted or s in wanted), at)
            for at, spellings in enumerate(names)
            if any(_latin(s) in wanted or s in wanted for s in spellings)
        ]
        if fitting:
            found[column.name] = min(fitting)[1]
    return found


def _latin(words: str) -> str:
    """The part in Latin letters: “Family name 姓” is known by its first half."""
    return " ".join(re.findall(r"[a-z0-9]+", words))
