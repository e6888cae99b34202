"""What somebody with the database alone would read."""

from django.apps import apps
from django.db import connection


def everything_in_the_database() -> str:
    """Every column of every row, by plain SQL: nothing is opened on the way."""
    said: list[str] = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            name = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {name}")
            said += [repr(row) for row in cursor.fetchall()]
    return "\n".join(said)
