"""Where compiled kernels are kept between two starts, known without loading numba."""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
MARK = "complete"
PREFIX = "kernels-"
SPARE = 2  # so many folders of other versions are kept: another may be running


def digest(folder: Path = HERE) -> str:
    """What the kernels' sources and their compiler come to.

    A kernel holds the code of those it calls, and numba looks only at the file a kernel
    itself stands in: so every state of the sources has a folder of its own.
    """
    found = hashlib.sha256(f"{version('numba')} {sys.version}".encode())
    for path in sorted([*folder.glob("*/kernel/*.py"), folder / "compiled.py"]):
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
    """The first place that can be written to, or None: numba insists on writing."""
    name = f"{PREFIX}{digest()}"
    for place in list(places()) if candidates is None else candidates:
        folder = place / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


def is_warm(folder: Path | None) -> bool:
    """Whether every kernel has been compiled there."""
    return folder is not None and (folder / MARK).exists()


def forget_others(folder: Path) -> None:
    """Remove the kernels beside ``folder`` but for the ``SPARE`` set up last."""
    others = [one for one in folder.parent.glob(f"{PREFIX}*") if one != folder]
    others.sort(key=_set_up_at, reverse=True)
    for other in others[SPARE:]:
        shutil.rmtree(other, ignore_errors=True)


def _set_up_at(folder: Path) -> float:
    """When they were last asked for at a set-up; 0 if they were never completed."""
    mark = folder / MARK
    return mark.stat().st_mtime if mark.exists() else 0.0
