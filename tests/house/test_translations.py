"""Every word of ours is in the Indonesian catalogue, whole and in the same shape."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize
from translations import read

HERE = Path(__file__).resolve().parents[2]
SOURCE = HERE / "src" / "titian"
CATALOGUE = SOURCE / "locale" / "id" / "LC_MESSAGES" / "django.po"

type Message = tuple[str, str, str]  # context, message, plural; "" where there is none

# How each call names what it says: the places of context, message and plural.
CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "npgettext": (0, 1, 2),
}
# What Django makes of {% translate %}, {% blocktranslate %} and _("…") in a template.
IN_TEMPLATE = re.compile(
    r"\b(_|n?p?gettext)\(((?:\s*,?\s*u?(?:'''.*?'''|\"\"\".*?\"\"\"|"
    r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"))+)",
    re.DOTALL,
)
PLACES = re.compile(r"%\(\w+\)[a-z]|\{\d*\}")


def entries(text: str) -> Iterator[dict[str, str]]:
    """One dictionary per entry: its flags, context, message and translations."""
    for block in re.split(r"\n\s*\n", text):
        entry: dict[str, str] = {}
        field = "flags"
        for line in block.splitlines():
            if line.startswith("#,"):
                entry["flags"] = line
            elif line.startswith('"'):
                entry[field] += ast.literal_eval(line)
            elif line and not line.startswith("#"):
                field, _, words = line.partition(" ")
                entry[field] = ast.literal_eval(words)
        if entry.get("msgid"):
            yield entry


def named(entry: dict[str, str]) -> Message:
    return entry.get("msgctxt", ""), entry["msgid"], entry.get("msgid_plural", "")


def translations(entry: dict[str, str]) -> list[str]:
    return [words for field, words in entry.items() if field.startswith("msgstr")]


def message(call: str, words: list[str]) -> Message:
    context, one, many = (
        words[place] if place is not None else "" for place in CALLS[call]
    )
    return context, one, many


def said_in_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = [
                arg.value
                for arg in node.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if node.func.id in CALLS and words:
                yield message(node.func.id, words)


def said_in_template(text: str) -> Iterator[Message]:
    for call, words in IN_TEMPLATE.findall(templatize(text)):
        tree = ast.parse(f"({words.strip()},)", mode="eval")
        yield message(call, list(ast.literal_eval(tree)))


def said() -> dict[Message, str]:
    """Every message of ours, and a file that says it."""
    found: dict[Message, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            for one in said_in_python(path.read_text("utf-8")):
                found[one] = path.name
    for path in sorted(SOURCE.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            for one in said_in_template(path.read_text("utf-8")):
                found[one] = path.name
    return found


@pytest.fixture(scope="module")
def catalogue() -> list[dict[str, str]]:
    return list(entries(CATALOGUE.read_text("utf-8")))


def test_everything_we_say_is_in_the_catalogue(
    catalogue: list[dict[str, str]],
) -> None:
    known = {named(entry) for entry in catalogue}
    missing = {one: where for one, where in said().items() if one not in known}
    assert not missing, f"run makemessages and translate: {missing}"


def test_the_catalogue_holds_nothing_we_no_longer_say(
    catalogue: list[dict[str, str]],
) -> None:
    ours = said()
    stale = [name for name in map(named, catalogue) if name not in ours]
    assert not stale, f"run makemessages --no-obsolete: {stale}"


def test_no_message_is_left_in_english_or_guessed(
    catalogue: list[dict[str, str]],
) -> None:
    unsaid = [e["msgid"] for e in catalogue if not all(translations(e))]
    guessed = [e["msgid"] for e in catalogue if "fuzzy" in e.get("flags", "")]
    assert (unsaid, guessed) == ([], [])


def test_no_message_stands_twice(catalogue: list[dict[str, str]]) -> None:
    names = [(e.get("msgctxt", ""), e["msgid"]) for e in catalogue]
    assert sorted(names) == sorted(set(names))


def test_a_translation_fills_in_the_same_places(
    catalogue: list[dict[str, str]],
) -> None:
    differing = [
        (entry["msgid"], words)
        for entry in catalogue
        for words in translations(entry)
        if sorted(PLACES.findall(words))
        != sorted(PLACES.findall(entry.get("msgid_plural", entry["msgid"])))
    ]
    assert differing == []


@pytest.mark.parametrize("word", ["LO", "VVIP", "rundown"])
def test_what_practitioners_never_translate_stays(
    catalogue: list[dict[str, str]], word: str
) -> None:
    whole = re.compile(rf"\b{word}\b")
    lost = [
        entry["msgid"]
        for entry in catalogue
        if whole.search(entry["msgid"])
        and not all(whole.search(words) for words in translations(entry))
    ]
    assert lost == []


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    messages = read(CATALOGUE.read_text("utf-8"))
    assert messages["Control room"] == "Ruang kendali"
    assert messages["journey\x04landed"] == "sudah mendarat"
    assert messages["%(n)s overdue\0%(n)s overdue"] == "%(n)s lewat"


def test_no_page_names_a_language_in_english_whoever_reads() -> None:
    """Django's filters of the same name would: ours is ``named_language``."""
    pages = SOURCE.rglob("templates/**/*.html")
    found = [page.name for page in pages if "|language_name" in page.read_text("utf-8")]

    assert found == []
