"""From a bare machine to Titian: what run.py says and what the locks hold."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from titian.cli import COMMANDS

HERE = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
EVERY_LOCK = (*LOCKS, "benchmarks/requirements.lock")
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))


def in_a_fresh_folder(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    """``run.py --help`` where there is no venv yet and only that interpreter."""
    for name in ("run.py", "pyproject.toml", *LOCKS):
        shutil.copy(HERE / name, folder)
    return subprocess.run(
        [sys.executable, "run.py", "--help"],
        cwd=folder,
        env={**os.environ, "TITIAN_PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def interpreter_saying(folder: Path, words: str) -> str:
    script = folder / "python"
    script.write_text(f"#!/bin/sh\necho {words}\n")
    script.chmod(0o755)
    return str(script)


@pytest.mark.parametrize("version", ["2 7", "3 9", "3 11"])
def test_an_old_python_is_refused_with_a_command_for_each_system(
    tmp_path: Path, version: str
) -> None:
    told = in_a_fresh_folder(tmp_path, interpreter_saying(tmp_path, version))
    assert told.returncode == 3
    for system in ("Debian", "Ubuntu", "Fedora", "macOS", "Windows"):
        assert re.search(rf"^ +{system} +\S+", told.stderr, re.M)
    assert not (tmp_path / ".venv").exists()


def test_no_python_at_all_ends_the_same_way(tmp_path: Path) -> None:
    told = in_a_fresh_folder(tmp_path, str(tmp_path / "nowhere"))
    assert told.returncode == 3
    assert "Python 3.12 or newer" in told.stderr


def test_a_python_that_cannot_make_a_venv_says_so_and_is_not_stamped(
    tmp_path: Path,
) -> None:
    told = in_a_fresh_folder(tmp_path, interpreter_saying(tmp_path, "3 13"))
    assert told.returncode != 0
    assert not list(tmp_path.glob(".venv/*.stamp"))


@pytest.mark.parametrize("name", EVERY_LOCK)
def test_a_lock_names_no_host_no_index_and_no_folder(name: str) -> None:
    lock = (HERE / name).read_text("utf-8")
    assert "//" not in lock
    assert not re.search(r"^\s*-", lock.replace("--hash=sha256:", ""), re.M)
    assert not re.search(r"(^|\s)[./]+\w", lock)


@pytest.mark.parametrize("name", EVERY_LOCK)
def test_every_requirement_of_a_lock_is_one_version_with_hashes(name: str) -> None:
    lock = (HERE / name).read_text("utf-8").replace("\\\n", " ")
    for line in lock.strip().splitlines():
        assert re.match(r"[a-z0-9-]+==[\w.]+ ", line)
        assert re.search(r" --hash=sha256:[0-9a-f]{64}( |$)", line)


def test_the_runtime_lock_fits_other_systems_and_every_python_we_name() -> None:
    lock = (HERE / "requirements.lock").read_text("utf-8")
    compiled = re.split(r"\n(?=\w)", lock[lock.index("\nhttptools==") + 1 :])[0]
    wheels_of_one_release = 3 * 6  # three Pythons; Linux, macOS and Windows, twice each
    assert compiled.count("--hash") >= wheels_of_one_release
    assert "colorama" in lock  # which only Windows needs


def test_the_two_locks_agree_on_every_version() -> None:
    pins = [
        dict(re.findall(r"^([\w-]+)==([\w.]+)", (HERE / name).read_text("utf-8"), re.M))
        for name in LOCKS
    ]
    runtime, everything = pins
    assert runtime.items() <= everything.items()
    assert len(everything) > len(runtime)


def test_every_dependency_is_in_its_lock() -> None:
    asked = [
        re.split(r"[^\w-]", line)[0] for line in PROJECT["project"]["dependencies"]
    ]
    lock = (HERE / "requirements.lock").read_text("utf-8")
    for name in [*asked, "setuptools"]:
        assert re.search(rf"^{name}==", lock, re.M | re.I), name


def test_every_dependency_says_what_we_would_write_without_it() -> None:
    text = (HERE / "pyproject.toml").read_text("utf-8")
    groups = PROJECT["dependency-groups"]
    grouped = [line for lines in groups.values() for line in lines]
    for line in [*PROJECT["project"]["dependencies"], *grouped]:
        assert re.search(rf'"{re.escape(line)}",  # We would .+\.$', text, re.M), line


def test_the_changelog_and_the_project_name_the_same_version() -> None:
    changelog = (HERE / "CHANGELOG.md").read_text("utf-8")
    heading = re.search(r"^## (\d+\.\d+\.\d+)", changelog, re.M)
    assert heading
    assert heading[1] == PROJECT["project"]["version"]


def test_the_readme_lists_every_command_and_none_that_is_gone() -> None:
    readme = (HERE / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| `titian (\w+)", readme, re.M)

    assert sorted(listed) == sorted(COMMANDS)
