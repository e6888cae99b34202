"""One word for each thing: every model has its line."""

from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"


def test_the_glossary_has_every_model_once_and_nothing_that_is_gone() -> None:
    kept = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("titian.")
    }

    table = GLOSSARY.read_text("utf-8").split("## What is kept")[1].split("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| `")]

    assert sorted(row[1].strip(" `") for row in rows) == sorted(kept)
    assert all(cell.strip() for row in rows for cell in row[1:-1])
