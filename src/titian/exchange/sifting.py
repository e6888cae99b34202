"""Good rows from bad ones: each cell read, each row checked, each reason kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from titian.exchange.heading import Heading
from titian.exchange.known import Known
from titian.exchange.reasons import Refused
from titian.exchange.sheets.declaration import Before, Column, Sheet
from titian.kernel.models import Event


class Sifting:
    """One reading of one file.

    ``good`` are rows as they stand in the file, ``made`` what the command is given,
    ``refused`` the others: row, column, code, details and the values themselves.
    """

    def __init__(self, sheet: Sheet, event: Event) -> None:
        self.good: list[dict[str, Any]] = []
        self.made: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []
        self._sheet = sheet
        self._known = Known(event)
        self._before = Before(self._known)
        self._key = _key_columns(sheet)

    def of_table(self, heading: Heading) -> Self:
        """Read a table from below its header."""
        for line in heading.lines():
            short = line.is_cut_off and len(line.cells) < heading.width
            self._take(line.number, heading.values(line), is_cut_off=short)
        return self

    def of_previewed(self, rows: Iterable[Mapping[str, Any]]) -> Self:
        """Read what a preview called good, once more."""
        for row in rows:
            self._take(row["row"], row["values"])
        return self

    def _take(
        self, number: int, texts: Mapping[str, str], *, is_cut_off: bool = False
    ) -> None:
        try:
            if is_cut_off:
                raise Refused("half_row")
            values = self._read(texts)
            self._tell_from_others(number, values, texts)
            for check in self._sheet.checks:
                check(number, values, self._before)
            self.made.append(self._sheet.makes(values, self._known))
        except Refused as refused:
            self.refused.append(_reason(refused, number, texts))
        else:
            given = {name: text for name, text in texts.items() if text}
            self.good.append({"row": number, "values": given})

    def _read(self, texts: Mapping[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column in self._sheet.columns:
            text = texts.get(column.name, "")
            if text:
                values[column.fills] = _value(column, text, self._known)
            elif column.is_needed:
                raise Refused("missing", column.name)
        return values

    def _tell_from_others(
        self, number: int, values: Mapping[str, Any], texts: Mapping[str, str]
    ) -> None:
        """The same key twice in one file: which of the two would be right?"""
        if not self._key:
            return
        said = tuple(str(values.get(column.fills)) for column in self._key)
        if first := self._before.same("key", said, number):
            column = self._key[0].name
            raise Refused("twice", column, value=texts.get(column, ""), other=first)


def _value(column: Column, text: str, known: Known) -> Any:
    if column.at_most and len(text) > column.at_most:
        raise Refused("too_long", column.name, limit=column.at_most)
    try:
        return column.reads(text, known)
    except Refused as refused:
        refused.column = refused.column or column.name
        refused.details.setdefault("value", text[:80])
        raise


def _key_columns(sheet: Sheet) -> Sequence[Column]:
    return [sheet.column(name) for name in sheet.key]


def _reason(refused: Refused, number: int, texts: Mapping[str, str]) -> dict[str, Any]:
    column = refused.column
    details = {"row": number, "column": column, **refused.details}
    details.setdefault("value", texts.get(column, "")[:80])
    return {
        "row": number,
        "column": column,
        "code": refused.code,
        "details": details,
        "values": {name: text for name, text in texts.items() if text},
    }
