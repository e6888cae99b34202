"""What a sheet is: its columns, the row it makes, and the command that takes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from titian.exchange.known import Known
from titian.kernel.registering import Registration

type Values = Mapping[str, Any]


class Reader(Protocol):
    """Text of a cell into a value; raises ``Refused`` without column and row."""

    def __call__(self, text: str, known: Known) -> Any: ...


def words(text: str, known: Known) -> str:
    """The cell as it stands."""
    return text


@dataclass(frozen=True, slots=True)
class Column:
    """One column: our name, the field it fills, what else it may be called.

    An empty cell says nothing: it neither fills a new row nor erases an old one.
    """

    name: str
    reads: Reader = words
    field: str = ""
    headers: tuple[str, ...] = ()
    is_needed: bool = False
    at_most: int = 0

    @property
    def fills(self) -> str:
        """The key under which the value reaches the row."""
        return self.field or self.name


class Check(Protocol):
    """Looks at one good row beside all before it; raises ``Refused``."""

    def __call__(self, number: int, values: Values, before: "Before") -> None: ...


class Before:
    """What the rows above have said, for the checks of one reading."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._said: dict[str, dict[Any, int]] = {}

    def same(self, kind: str, value: Any, number: int) -> int | None:
        """The row that said ``value`` before; else this one is noted as the first."""
        first = self._said.setdefault(kind, {}).setdefault(value, number)
        return None if first == number else first


def as_it_is(values: Values, known: Known) -> dict[str, Any]:
    """The values are the row."""
    return dict(values)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list that can be brought in and given out.

    ``key`` names the columns that make two rows the same thing.
    """

    name: str
    columns: tuple[Column, ...]
    register: Registration
    key: tuple[str, ...]
    makes: Callable[[Values, Known], dict[str, Any]] = as_it_is
    checks: tuple[Check, ...] = ()

    def column(self, name: str) -> Column:
        """The column with this name."""
        return next(column for column in self.columns if column.name == name)
