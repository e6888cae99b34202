"""The engine Django loads: a transaction takes its turn first and gives it back."""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from titian.kernel.sqlite.turn import Turn, turn_at


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; a database in memory has no line to stand in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Turn | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._let_the_next()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._let_the_next()  # not if it failed: then the rollback follows

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._let_the_next()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._let_the_next()

    def _stand_in_line(self) -> None:
        if self._turn is None and not self.is_in_memory_db():
            turn = turn_at(Path(self.settings_dict["NAME"]))
            self._turn = turn if turn.take() else None

    def _let_the_next(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            turn.give_back()
