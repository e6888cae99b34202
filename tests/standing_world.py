"""The world is made once in a process; after that its rows are put down as they are.

Making it takes a dozen commands; putting thirty rows down takes one statement a table.
On PostgreSQL it is made anew each time, for numbers there go on after a rollback.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from tests.world import World, make_world

type Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Kept:
    """The world's nouns, and the rows of each table that were made for them."""

    world: World
    rows: dict[str, Rows]


_kept: list[Kept] = []


def standing_world() -> World:
    """The same world as ``make_world`` makes, in a database that holds none yet."""
    if connection.vendor != "sqlite" or _rows_of("kernel_event"):
        return make_world()
    if not _kept:
        before = {table: _rows_of(table) for table in _tables()}
        world = make_world()
        made = {
            table: [row for row in _rows_of(table) if row not in before[table]]
            for table in _tables()
        }
        _kept.append(Kept(deepcopy(world), {t: new for t, new in made.items() if new}))
        return world
    _put_down(_kept[0].rows)
    return deepcopy(_kept[0].world)


def _put_down(rows: dict[str, Rows]) -> None:
    """In one transaction: until its end a row may name one that is not there yet."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, new in rows.items():
            holes = ", ".join(["%s"] * len(new[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({holes})', new)


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True)


def _rows_of(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return list(cursor.fetchall())
