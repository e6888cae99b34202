"""The officer's shell: everything the first picture needs is asked for at once."""

from typing import TYPE_CHECKING

from titian.settings import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

STATIC = PACKAGE / "web" / "static"


def modules() -> set[str]:
    found: set[Path] = set((STATIC / "field").rglob("*.js"))
    return {path.relative_to(STATIC).as_posix() for path in found}


def test_no_module_waits_until_another_has_named_it() -> None:
    shell = (PACKAGE / "web/templates/field/shell.html").read_text("utf-8")

    asked = {name for name in modules() if f"{{% static '{name}' %}}" in shell}

    assert modules() == asked
