"""How the house is laid out: sizes that stop, names that are never needed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page
    for folder in ("src/titian", "tests", "tools", "benchmarks")
    for page in (HERE / folder).rglob("*.py")
    if "migrations" not in page.parts and not page.name.startswith(".")
)
NOT_FOUND_THE_WORD = {"utils", "helpers", "services", "managers", "common"}
FILE_LINES, FUNCTION_LINES = 400, 50

type Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_no_file_is_longer_than_one_chapter() -> None:
    assert len(PAGES) > 200
    assert [
        f"{page.relative_to(HERE)}: {lines}"
        for page in PAGES
        if (lines := len(page.read_text("utf-8").splitlines())) > FILE_LINES
    ] == []


def test_no_function_is_longer_than_one_look() -> None:
    assert [
        f"{page.relative_to(HERE)}: {function.name} {lines}"
        for page in PAGES
        for function in functions(page)
        if (lines := length(function)) > FUNCTION_LINES
    ] == []


def test_no_file_is_named_after_what_has_no_word() -> None:
    assert [page for page in PAGES if page.stem in NOT_FOUND_THE_WORD] == []


@pytest.mark.parametrize("room", ["commands", "queries", "policy"])
def test_every_word_a_room_offers_says_what_it_promises(room: str) -> None:
    silent = [
        f"{page.relative_to(HERE)}: {function.name}"
        for page in PAGES
        if "titian" in page.parts and room in (page.stem, page.parent.name)
        for function in functions(page)
        if not function.name.startswith("_")
        and not ast.get_docstring(function)
        and not is_a_question(function)
    ]

    assert silent == []


def functions(page: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    for node in ast.walk(ast.parse(page.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: Function) -> int:
    """The lines an eye must hold: without the docstring; a table counts as none."""
    told = bool(ast.get_docstring(function))
    body = function.body[told:]
    if len(body) == 1 and isinstance(body[0], ast.Return):
        return 0
    last, first = function.end_lineno or 0, function.lineno
    words = function.body[0].end_lineno or 0
    return last - first + 1 - (words - function.body[0].lineno + 1 if told else 0)


def is_a_question(function: Function) -> bool:
    """A member of a Protocol: its class says what is meant."""
    only = function.body[0]
    return (
        isinstance(only, ast.Expr)
        and isinstance(only.value, ast.Constant)
        and (only.value.value is ...)
    )
