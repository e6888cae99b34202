"""Files in: bytes become tables of text, with the row numbers people see."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from titian.exchange.formulas import unshielded
from titian.exchange.letters import decoded
from titian.exchange.measuring import CELLS_AT_MOST, ROWS_AT_MOST, require_fit
from titian.exchange.reasons import Unreadable
from titian.kernel.documents import LARGEST

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 40

type Span = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands: ``number`` counts from 1, as a spreadsheet shows it."""

    number: int
    cells: list[str]
    is_cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One worksheet, or one text file."""

    title: str
    lines: list[Line]
    encoding: str = ""
    merged: list[Span] = field(default_factory=list)


def read(content: bytes, name: str) -> list[Table]:
    """The tables in the file, read by what it is and not by what it is called.

    Raises ``Unreadable``, whose text is a sentence for the person, for a file that is
    too large, empty, damaged, half written or in letters that cannot be read.
    """
    if len(content) > LARGEST:
        raise Unreadable("too_large")
    if not content.strip(b"\0 \r\n\t"):
        raise Unreadable("empty_file")
    if content.startswith(b"PK"):
        return _workbook(content)
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable("unknown_format", name=name)
    return [_text(content, name)]


def _text(content: bytes, name: str) -> Table:
    text, encoding = decoded(content)
    rows = list(_records(text, _delimiter(text)))
    if len(rows) > ROWS_AT_MOST:
        raise Unreadable("too_many_rows", limit=ROWS_AT_MOST)
    lines = [Line(number, cells) for number, cells in enumerate(rows, start=1)]
    if lines and not text.endswith(("\n", "\r")):
        lines[-1] = Line(lines[-1].number, lines[-1].cells, is_cut_off=True)
    return Table(name, lines, encoding)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Records with clean cells; a quotation mark left open is a file half written."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield [unshielded(cell.strip()) for cell in cells]
            if number > ROWS_AT_MOST:
                return
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise Unreadable("half_written", row=number + 1) from None
        rest = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for again, cells in enumerate(rest, start=1):
            if again > number:
                yield [unshielded(cell.strip()) for cell in cells]


def _delimiter(text: str) -> str:
    """The sign that cuts the first rows into the most equal pieces."""
    return max(DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, sign: str) -> int:
    reader = csv.reader(io.StringIO(text[:60_000], newline=""), delimiter=sign)
    widths: list[int] = []
    try:
        for _turn in range(SAMPLE_ROWS):
            widths.append(len(next(reader)))
    except (StopIteration, csv.Error):
        pass
    return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)


def _workbook(content: bytes) -> list[Table]:
    require_fit(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_sheet(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except Unreadable:
        raise
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile):
        raise Unreadable("broken_workbook") from None


def _sheet(sheet: CalamineSheet) -> Table:
    if sheet.height > ROWS_AT_MOST or sheet.height * sheet.width > CELLS_AT_MOST:
        raise Unreadable("too_many_rows", limit=ROWS_AT_MOST)
    rows = sheet.to_python(skip_empty_area=False)
    lines = [
        Line(number, [written(cell) for cell in cells])
        for number, cells in enumerate(rows, start=1)
    ]
    return Table(sheet.name, lines, "xlsx", list(sheet.merged_cell_ranges or ()))


def written(cell: object) -> str:
    """A spreadsheet's cell as the text a person would have typed."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            whole = cell.hour == cell.minute == cell.second == 0
            return cell.date().isoformat() if whole else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case timedelta():
            minutes = int(cell.total_seconds()) // 60
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            return str(cell).strip()
