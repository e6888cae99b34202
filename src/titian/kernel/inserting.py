"""Rows put in with a statement composed once: the journal's, at every act.

Django composes each INSERT anew from the model; for the entry and what it owes that
took longer than the database itself, while every other writer waited for the commit.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models


def insert(rows: Sequence[models.Model]) -> None:
    """Put in new rows of one model, all in one statement, and give them their ids.

    As ``bulk_create`` does, it saves no parents and sends no signals. Call it in a
    transaction; raises ``IntegrityError`` as any insert.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = _columns(model)
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for row in rows
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, len(rows)), values)
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk, row._state.adding, row._state.db = pk, False, connection.alias


@cache
def _columns(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    return [one for one in model._meta.concrete_fields if not one.primary_key]


@cache
def _statement(model: type[models.Model], rows: int) -> str:
    names = [f'"{field.column}"' for field in _columns(model)]
    places = f"({', '.join(['%s'] * len(names))})"
    return (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(names)})'
        f" VALUES {', '.join([places] * rows)} RETURNING id"
    )
