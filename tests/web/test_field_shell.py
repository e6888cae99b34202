"""The officer's shell: everything the first picture needs is asked for at once."""

from pathlib import Path

from django.template.loader import get_template

from titian.settings import PACKAGE

STATIC = PACKAGE / "web" / "static"


def modules() -> set[str]:
    found: set[Path] = set((STATIC / "field").rglob("*.js"))
    return {path.relative_to(STATIC).as_posix() for path in found}


def test_no_module_waits_until_another_has_named_it() -> None:
    origin = get_template("field/shell.html").origin
    shell = Path(str(origin.name)).read_text("utf-8")

    asked = {name for name in modules() if f"{{% static '{name}' %}}" in shell}

    assert modules() == asked
