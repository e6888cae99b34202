"""The small scenario that the tests load and rehearse."""

import shutil
from datetime import datetime
from pathlib import Path

from titian.exchange.loading import Loaded, load
from titian.exchange.scenario import Scenario, find

FOLDER = Path(__file__).parent / "lagoon"


def lagoon() -> Scenario:
    return find(FOLDER)


def loaded() -> Loaded:
    return load(lagoon())


def copy_of(folder: Path) -> Path:
    """A scenario of one's own, to spoil."""
    return Path(shutil.copytree(FOLDER, folder / "lagoon"))


def at(hour: str) -> datetime:
    return datetime.fromisoformat(f"2027-05-01T{hour}:00+08:00")
