"""The index by which the register is looked through: one for each database.

SQLite keeps an FTS5 table beside the words, which triggers hold in step; PostgreSQL
an index of the words' tsvector. Both over the same two columns.
"""

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COLUMNS = "heading, body"
TAKE_OUT = (
    f"INSERT INTO talks_wording_words(talks_wording_words, rowid, {COLUMNS})"
    " VALUES ('delete', old.id, old.heading, old.body);"
)
PUT_IN = (
    f"INSERT INTO talks_wording_words(rowid, {COLUMNS})"
    " VALUES (new.id, new.heading, new.body);"
)
SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS talks_wording_words USING fts5({COLUMNS},"
    " content='talks_wording', content_rowid='id')",
    "CREATE TRIGGER IF NOT EXISTS talks_wording_made AFTER INSERT ON talks_wording"
    f" BEGIN {PUT_IN} END",
    "CREATE TRIGGER IF NOT EXISTS talks_wording_gone AFTER DELETE ON talks_wording"
    f" BEGIN {TAKE_OUT} END",
    "CREATE TRIGGER IF NOT EXISTS talks_wording_changed AFTER UPDATE ON talks_wording"
    f" BEGIN {TAKE_OUT} {PUT_IN} END",
)
POSTGRESQL = (
    "CREATE INDEX IF NOT EXISTS talks_wording_words ON talks_wording"
    " USING gin (to_tsvector('simple', heading || ' ' || body))",
    "CREATE INDEX IF NOT EXISTS talks_wording_headings ON talks_wording"
    " USING gin (to_tsvector('simple', heading))",
)
UNDONE = {
    "sqlite": (
        "DROP TRIGGER talks_wording_made",
        "DROP TRIGGER talks_wording_gone",
        "DROP TRIGGER talks_wording_changed",
        "DROP TABLE talks_wording_words",
    ),
    "postgresql": (
        "DROP INDEX talks_wording_words",
        "DROP INDEX talks_wording_headings",
    ),
}


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What the migration does after the table is there."""
    make_in(editor.connection)


def make_in(connection: BaseDatabaseWrapper) -> None:
    """Make the index, if it is not there."""
    is_sqlite = connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        connection.cursor().execute(statement)


def unmake(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Back again: what looks into the table goes before it."""
    for statement in UNDONE[editor.connection.vendor]:
        editor.execute(statement, params=None)
