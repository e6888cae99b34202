"""The little Markdown our guides are written in, as HTML that holds none of its own."""

import re
from collections.abc import Iterable

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.M | re.S)
ITEM = re.compile(r"^(?:-|\d+\.) ", re.M)
MARKS = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<b>.+?)\*\*|\*(?P<i>.+?)\*|\[(?P<words>[^\]]+)\]\([^)]*\)"
)
TOP = '<th scope="col">{}</th>'
ROLLS = '<div class="table-wrap gap-m2" tabindex="0">{}</div>'
NOT_FOR_HERE = re.compile(r"<|!\[|\*?\[[^\]]+\]\([\w.-]+\.md\)\*?$")
"""Pictures, and the link to the same guide in the other language."""


def as_html(text: str) -> SafeString:
    """The page; every word is escaped, links are their words alone."""
    pieces = FENCE.split(text)
    return _joined(
        format_html(ROLLS, format_html("<pre>{}</pre>", piece))
        if number % 2
        else _joined(_blocks(piece))
        for number, piece in enumerate(pieces)
    )


def _blocks(text: str) -> Iterable[SafeString]:
    for block in re.split(r"\n\s*\n", text):
        words = block.strip()
        if words and not NOT_FOR_HERE.match(words):
            yield _block(words)


def _block(words: str) -> SafeString:
    if heading := re.fullmatch(r"(#{1,4}) (.+)", words):
        level = len(heading[1])
        size = "big" if level == 1 else "lg gap-l"
        return format_html('<h{0} class="{1}">{2}</h{0}>', level, size, _in(heading[2]))
    if words.startswith("|"):
        return _table(words.splitlines())
    if ITEM.match(words):
        kind = "ul" if words.startswith("-") else "ol"
        items = ((_in(item),) for item in ITEM.split(words)[1:])
        rows = format_html_join("", "<li>{}</li>", items)
        return format_html('<{0} class="gap-m2">{1}</{0}>', kind, rows)
    return format_html('<p class="gap-m2">{}</p>', _in(words))


def _table(lines: list[str]) -> SafeString:
    head, _line, *rows = (line.strip("| ").split("|") for line in lines)
    body = _joined(
        format_html("<tr>{}</tr>", _cells("<td>{}</td>", row)) for row in rows
    )
    table = '<table class="ledger"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    return format_html(ROLLS, format_html(table, _cells(TOP, head), body))


def _cells(around: str, cells: list[str]) -> SafeString:
    return format_html_join("", around, ((_in(cell.strip()),) for cell in cells))


def _in(text: str) -> SafeString:
    """One run of words with its marks."""
    found, last = [], 0
    for mark in MARKS.finditer(text):
        kind = mark.lastgroup or "words"
        inner = escape(mark[kind]) if kind == "code" else _in(mark[kind])
        found.append(escape(text[last : mark.start()]))
        around = "{1}" if kind == "words" else "<{0}>{1}</{0}>"
        found.append(format_html(around, kind, inner))
        last = mark.end()
    return _joined([*found, escape(text[last:])])


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
