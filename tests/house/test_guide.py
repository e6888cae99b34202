"""The guides name every command, every setting, every button, and lead somewhere."""

import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from translations import read

from titian.cli import COMMANDS

HERE = Path(__file__).resolve().parents[2]
GUIDE = HERE / "docs" / "guide"
READERS = ("officer", "host-team", "operator")
LANGUAGES = ("", ".id")
CATALOGUE = HERE / "src" / "titian" / "locale" / "id" / "LC_MESSAGES" / "django.po"
PAGES = [*HERE.glob("*.md"), *(HERE / "docs").rglob("*.md")]
SET = re.compile(r'"(TITIAN_[A-Z_]+|DATABASE_URL)"')
KEPT = re.compile(r'_kept\("(\w+)"')


def guide(reader: str, language: str) -> str:
    return (GUIDE / f"{reader}{language}.md").read_text("utf-8")


def settings_read() -> set[str]:
    """Every variable of the environment that a running Titian looks at."""
    pages = [*(HERE / "src" / "titian").rglob("*.py"), HERE / "run.py"]
    texts = [page.read_text("utf-8") for page in pages]
    named = set(chain.from_iterable(map(SET.findall, texts)))
    kept = set(chain.from_iterable(map(KEPT.findall, texts)))
    rates = {f"TITIAN_{kind.upper()}_PER_SECOND" for kind in settings.CHANNEL_RATES}
    return named | rates | {f"TITIAN_{name.upper()}" for name in kept}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_operator_reads_of_every_setting_and_of_none_that_is_gone(
    language: str,
) -> None:
    rows = re.findall(
        r"^\| (`(?:TITIAN|DATABASE)_.+?) \|", guide("operator", language), re.M
    )
    told = re.findall(r"`(\w+)`", " ".join(rows))

    assert sorted(told) == sorted(settings_read())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_operator_reads_of_every_command(language: str) -> None:
    told = re.findall(r"^\| `titian (\w+)", guide("operator", language), re.M)

    assert told == list(COMMANDS)


@pytest.mark.parametrize("reader", READERS)
def test_both_languages_tell_the_same_chapters(reader: str) -> None:
    shapes = [
        [(len(marks), len(rows)) for marks, rows in chapters(guide(reader, language))]
        for language in LANGUAGES
    ]

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("reader", ["officer", "host-team"])
def test_every_button_a_guide_names_is_one_the_pages_have(reader: str) -> None:
    said = read(CATALOGUE.read_text("utf-8"))
    english = {strip(message.rpartition("\x04")[2]) for message in said}
    indonesian = {strip(words) for words in said.values()}

    assert [one for one in named(guide(reader, "")) if one not in english] == []
    assert [one for one in named(guide(reader, ".id")) if one not in indonesian] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HERE)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    links = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text)
    near = [one or other for one, other in links]

    assert [
        link
        for link in near
        if "://" not in link and not (page.parent / link.split("#")[0]).exists()
    ] == []


def chapters(text: str) -> list[tuple[str, list[str]]]:
    """Each heading's marks, and the rows of lists and tables under it."""
    parts = re.split(r"^(#+) .*$", text, flags=re.M)[1:]
    return [
        (marks, re.findall(r"^(?:- |\d+\. |\| )", body, re.M))
        for marks, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def named(text: str) -> list[str]:
    """What stands between single asterisks: the words of a page, as it draws them."""
    plain = re.sub(r"\*\*.*?\*\*|\*\[.*?\)\*|`[^`]*`", "", text)
    found = re.findall(r"(?<![*\w])\*([^*\n]+)\*(?!\*)", plain)
    return [words for words in found if words[0].isupper()]


def strip(words: str) -> str:
    """Without the place that is filled in: “Undo: {0}” is named *Undo*."""
    return re.sub(r":? ?\{0\}$", "", words).rstrip(".")
