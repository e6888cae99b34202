"""The documentation may not grow old: what it draws is what the code does."""

from pathlib import Path

import pytest
from django.apps import apps

from titian.kernel.machine import Machine

SPECS = {page.name: page.read_text("utf-8") for page in Path("docs/spec").glob("*.md")}
MACHINES = {
    model.__name__: machine
    for model in apps.get_models()
    if isinstance(machine := getattr(model, "machine", None), Machine)
}


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_machine_is_drawn_in_its_spec(name: str) -> None:
    drawn = f"```mermaid\n{MACHINES[name].mermaid()}\n```"

    assert any(drawn in page for page in SPECS.values()), drawn


@pytest.mark.parametrize("page", SPECS)
def test_every_spec_says_what_it_assumes_and_what_holds(page: str) -> None:
    headings = [line for line in SPECS[page].splitlines() if line.startswith("## ")]

    assert headings[:3] == ["## Overview", "## Assumptions", "## Specification"]


def test_no_diagram_is_of_a_machine_that_is_gone() -> None:
    diagrams = "\n".join(SPECS.values()).count("```mermaid\nstateDiagram-v2\n")

    assert diagrams == len(MACHINES)
