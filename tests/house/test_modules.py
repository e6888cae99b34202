"""The phone's modules stand in layers, so that each can be named by its digest."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "src" / "titian" / "web" / "static"
MODULES = [page for page in STATIC.rglob("*.js") if "vendor" not in page.parts]
IMPORT = re.compile(r'(?:from|import)\s*\(?"(\.[^"]+)"')


def imports(module: Path) -> set[Path]:
    names = IMPORT.findall(module.read_text("utf-8"))
    return {(module.parent / name).resolve() for name in names}


def test_every_import_leads_to_a_module() -> None:
    found = {(module, name) for module in MODULES for name in imports(module)}

    assert len(found) > 10
    assert [name for _module, name in found if not name.exists()] == []


def test_no_two_modules_import_each_other() -> None:
    layers = TopologicalSorter({module: imports(module) for module in MODULES})

    assert len([*layers.static_order()]) == len(MODULES)  # a circle raises CycleError
