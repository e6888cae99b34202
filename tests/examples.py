"""How many examples a property is tried on: few in the quick suite, many later."""

import os


def examples(quick: int, deep: int) -> int:
    """``deep`` in the stages with a server of their own, ``quick`` on SQLite alone."""
    return deep if os.environ.get("DATABASE_URL") else quick
