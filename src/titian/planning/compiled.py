"""Compiled kernels: what is compiled once, and kept for the next start."""

from collections.abc import Callable
from typing import Any

import numba

from titian.planning.kept import kept_in

FOLDER = kept_in()
# Kernels allocate nothing: so nothing has to be counted, which took most of the time.
OPTIONS: dict[str, Any] = {
    "cache": FOLDER is not None,
    "error_model": "numpy",
    "_nrt": False,
}
if FOLDER:
    numba.config.CACHE_DIR = str(FOLDER)  # type: ignore[attr-defined]


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """``function`` in machine code, made at its first call and kept for the next start.

    Division follows numpy: nothing is raised for a zero. The plain function stays
    reachable as ``.py_func``.
    """
    made: Callable[P, R] = numba.njit(**OPTIONS)(function)
    return made


def inlined[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """``compiled``, and woven into every caller: for what is called all the time."""
    made: Callable[P, R] = numba.njit(forceinline=True, **OPTIONS)(function)
    return made
