"""Compiled kernels: what is compiled once, and where that is kept."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numba

HERE = Path(__file__).parent


def digest(folder: Path = HERE) -> str:
    """What the kernels' sources come to.

    A kernel holds the code of those it calls, and numba looks only at the file a kernel
    itself stands in: so every state of the sources has a folder of its own.
    """
    found = hashlib.sha256()
    for path in sorted(folder.glob("*/kernel/*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def places() -> Iterable[Path]:
    """Where compiled kernels may be kept, the best first.

    What the operator says; beside the sources; the house's own; the user's own. Never a
    folder that others may write to, for what is kept there is run.
    """
    if told := os.environ.get("NUMBA_CACHE_DIR"):
        yield Path(told)
    yield HERE / "__pycache__"
    if home := os.environ.get("TITIAN_HOME"):
        yield Path(home) / "kernels"
    if home := os.environ.get("HOME"):
        yield Path(home) / ".cache" / "titian"


def kept_in(candidates: Iterable[Path] | None = None) -> Path | None:
    """The first place that can be written to; None if there is none at all."""
    for place in places() if candidates is None else candidates:
        folder = place / f"kernels-{digest()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


FOLDER = kept_in()
# Kernels allocate nothing: so nothing has to be counted, which took half of the time.
OPTIONS = {"cache": FOLDER is not None, "error_model": "numpy", "_nrt": False}
if FOLDER:
    numba.config.CACHE_DIR = str(FOLDER)


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
