"""Small files, as people would send them."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

from tests.world import NOON, World
from titian.exchange.commands import accept, preview
from titian.exchange.models import Import


def csv_file(*rows: Sequence[str], sign: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue().encode()


def xlsx_file(*rows: Sequence[str], merged: Sequence[tuple[int, ...]] = ()) -> bytes:
    """A workbook; ``merged`` are (row, first column, last column), counted from 0."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)
        for row_number, first, last in merged:
            words = rows[row_number][first]
            sheet.merge_range(row_number, first, row_number, last, words)
    return out.getvalue()


def previewed(
    world: World, sheet: str, content: bytes, name: str = "list.csv"
) -> Import:
    return preview(content, name, sheet, world.event.pk, actor=world.wati, at=NOON)


def accepted(world: World, sheet: str, content: bytes) -> Import:
    return accept(previewed(world, sheet, content).pk, actor=world.wati, at=NOON)


def codes(one: Import) -> list[str]:
    return [refused["code"] for refused in one.refused]
