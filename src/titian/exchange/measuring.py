"""How large a workbook becomes once it is opened: measured before anybody opens it.

A small file may unpack to anything, and one stray cell in the last corner of a sheet
makes a table of it that no machine holds. Whoever opens it finds out too late.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from titian.exchange.reasons import Unreadable
from titian.kernel.archives import DAMAGED

ROWS_AT_MOST = 200_000
CELLS_AT_MOST = 4_000_000
UNPACKED_AT_MOST = 400 * 1024 * 1024
PIECE = 1 << 20
WORKBOOK = "xl/workbook.xml"
OTHER_KINDS = frozenset({"xl/workbook.bin", "content.xml"})
"""Of kinds that the reader would open as well, and that nobody has measured."""
PLACE = re.compile(r"([A-Za-z]{0,7})(\d{1,9})")
"""Of a cell its letters and its row; of a row the number alone."""


def require_fit(content: bytes) -> None:
    """Make sure the workbook may be opened.

    Raises ``Unreadable`` for a broken archive, one that is no XLSX, one that unpacks
    to too much, and one whose sheets reach too far.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_small(archive)
            _require_kind(archive)
            cells = sum(_cells_of(archive, part) for part in archive.infolist())
    except Unreadable:
        raise
    except DAMAGED:
        raise Unreadable("broken_workbook") from None
    if cells > CELLS_AT_MOST:
        raise Unreadable("too_many_rows", limit=ROWS_AT_MOST)


def _require_kind(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if WORKBOOK not in names or OTHER_KINDS & names:
        raise Unreadable("broken_workbook")


def _require_small(archive: zipfile.ZipFile) -> None:
    if sum(part.file_size for part in archive.infolist()) > UNPACKED_AT_MOST:
        raise Unreadable("too_large")


def _cells_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The cells of the table that this part would become; of no table, none.

    It is read to its end all the same: what it says of its size may be a lie.
    """
    reach = _Reach()
    with archive.open(part) as file:
        if part.filename.endswith(".xml"):
            reach.follow(file)
        while file.read(PIECE):
            pass
    return reach.row * reach.column


@dataclass(slots=True)
class _Reach:
    """The furthest row and column at which a part has a cell.

    A row or a cell that does not say where it is comes after the last.
    """

    row: int = 0
    column: int = 0
    here: tuple[int, int] = (0, 0)

    def follow(self, file: IO[bytes]) -> None:
        """Read as far as it is XML; what follows the first slip is read by nobody."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        try:
            parser.ParseFile(file)
        except expat.ExpatError:
            return

    def _start(self, name: str, given: dict[str, str]) -> None:
        row, column = self.here
        said = PLACE.fullmatch(given.get("r", ""))
        local = name.rpartition(":")[2]
        if local == "row":
            self.here = (int(said[2]) if said else row + 1, 0)
        elif local == "c":
            self.here = (row, column + 1)
            if said:
                self.here = (int(said[2]), _column(said[1]))
        self.row = max(self.row, self.here[0])
        self.column = max(self.column, self.here[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
