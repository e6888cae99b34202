"""Two coordinators press the same button at the same moment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_of_two_at_once_one_is_too_late(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    here = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    here |= {
        "TITIAN_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
    }

    told = subprocess.run(
        [sys.executable, "-m", "tests.foresight.two_coordinators"],
        cwd=root,
        env=here,
        check=True,
        capture_output=True,
        text=True,
    )

    assert json.loads(told.stdout) == {
        "outcomes": ["accepted", "too late"],
        "twice": 0,
    }
