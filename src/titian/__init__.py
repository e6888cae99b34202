"""Titian: every guest accompanied, every word answered, every promise kept."""

import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path


def version_of(package: Path) -> str:
    """The version of the code in this folder; "0" where nothing tells it.

    In a checkout ``pyproject.toml`` says it, for what was once installed there may be
    older; an installed package brings it along.
    """
    project = package.parents[1] / "pyproject.toml"
    if project.exists():
        told = tomllib.loads(project.read_text("utf-8")).get("project", {})
        if told.get("name") == "titian":
            return str(told["version"])
    try:
        return installed_version("titian")
    except PackageNotFoundError:
        return "0"


__version__ = version_of(Path(__file__).resolve().parent)
