"""A connection of the hub's own, outside Django's, that reads the journal on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = tuple[int, str, str, int, int | None, list[str]]
COLUMNS = "id, verb, subject_kind, subject_id, concerns_id, topics"
BATCH = 1000


@dataclass(frozen=True)
class Reader:
    """The raw connection, how to ask it, and how it marks a value's place."""

    raw: Any
    execute: Callable[..., list[tuple[Any, ...]]]
    mark: str

    def after(self, last: int) -> list[Row]:
        """The journal's rows behind ``last``, oldest first, ``BATCH`` at most."""
        found = self.execute(
            f"SELECT {COLUMNS} FROM kernel_entry WHERE id > {self.mark}"
            f" ORDER BY id LIMIT {BATCH}",
            (last,),
        )
        return [(*row[:5], _listed(row[5])) for row in found]

    def newest(self) -> int:
        """The number of the last row, 0 before the first."""
        found = self.execute("SELECT coalesce(max(id), 0) FROM kernel_entry", ())
        return int(found[0][0])


def _listed(topics: str | list[str]) -> list[str]:
    return list(json.loads(topics)) if isinstance(topics, str) else topics
