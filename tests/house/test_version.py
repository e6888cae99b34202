"""The version shown is the version that runs, from a checkout and from a wheel."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version as installed_version
from pathlib import Path

import pytest
from django.conf import settings

from titian import version_of

HERE = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]


def test_a_checkout_shows_the_version_its_project_names() -> None:
    assert PROJECT["version"] == settings.VERSION


def test_a_checkout_that_moved_on_shows_its_own_version_and_not_the_installed_one(
    tmp_path: Path,
) -> None:
    project = '[project]\nname = "titian"\nversion = "7.8.9"\n'
    (tmp_path / "pyproject.toml").write_text(project)

    assert version_of(tmp_path / "src" / "titian") == "7.8.9"


def test_another_projects_version_is_never_taken_for_ours(tmp_path: Path) -> None:
    project = '[project]\nname = "neighbour"\nversion = "7.8.9"\n'
    (tmp_path / "pyproject.toml").write_text(project)

    assert version_of(tmp_path / "src" / "titian") == installed_version("titian")


@pytest.mark.slow
def test_a_wheel_carries_its_version_its_lists_and_its_language(tmp_path: Path) -> None:
    wheel = built(tmp_path)
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
        names = set(packed.namelist())

    assert told_by(tmp_path / "installed") == PROJECT["version"]
    assert "titian/scenarios/g20-bali-2022/scenario.toml" in names
    assert "titian/locale/id/LC_MESSAGES/django.po" in names
    assert "titian/web/static/titian/tokens.css" in names
    assert "titian/web/templates/desk/room.html" in names


def built(folder: Path) -> Path:
    """A wheel of this checkout, made in ``folder``."""
    sources = folder / "sources"
    leave = shutil.ignore_patterns("titian-home", "__pycache__", "*.egg-info")
    shutil.copytree(HERE / "src", sources / "src", ignore=leave)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(HERE / name, sources)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel"]
    quietly = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*pip, *quietly, folder, sources], check=True)
    return next(folder.glob("titian-*.whl"))


def told_by(folder: Path) -> str:
    """The version an interpreter sees that knows ``folder`` and nothing of us."""
    ask = "import sys; sys.path.insert(0, sys.argv[1]); import titian; "
    ask += "print(titian.__version__)"
    words = [sys.executable, "-I", "-S", "-c", ask, str(folder)]
    told: str = subprocess.check_output(words, cwd=folder, text=True)
    return told.strip()
