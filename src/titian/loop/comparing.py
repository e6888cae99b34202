"""What was asked beside what was said back, with the changed words marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

Segment = tuple[str, str]
"""``same``, ``added`` or ``taken``, and the words."""

STOPS = ".,;:!?"
LONG = 400
"""Words beyond which nobody reads a marked comparison: old and new stand whole."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an ask, as asked and as said back.

    ``kind`` is ``same``, ``differs``, ``added`` (nothing was taken away) or
    ``missing`` (not said back).
    """

    field: str
    asked: str
    heard: str
    kind: str
    segments: tuple[Segment, ...]


def compared(asked: Mapping[str, str], heard: Mapping[str, str]) -> list[Difference]:
    """Field by field: those asked in their order, then what was said back besides.

    >>> one, = compared({"who": "she and four"}, {"who": "she and three"})
    >>> one.kind, one.segments
    ('differs', (('same', 'she and'), ('taken', 'four'), ('added', 'three')))
    """
    fields = [*asked, *(name for name in heard if name not in asked)]
    return [_difference(n, asked.get(n, ""), heard.get(n, "")) for n in fields]


def _difference(name: str, asked: str, heard: str) -> Difference:
    if _plain(asked) == _plain(heard):
        return Difference(name, asked, heard, "same", (("same", heard),))
    marked = tuple(segments_of(asked, heard))
    if not heard.strip():
        return Difference(name, asked, heard, "missing", marked)
    taken = any(kind == "taken" for kind, _words in marked)
    return Difference(name, asked, heard, "differs" if taken else "added", marked)


def _plain(words: str) -> str:
    """Case, space and stops at the end of words make no difference."""
    return " ".join(word.strip(STOPS) for word in words.casefold().split())


def segments_of(asked: str, heard: str) -> Iterator[Segment]:
    """What stayed, what was taken out and what was put in, word by word.

    Figures and hours are whole words: of 05.30 and 05.45 no digit stays.
    """
    before, after = asked.split(), heard.split()
    if max(len(before), len(after)) > LONG:
        yield "taken", asked
        yield "added", heard
        return
    low, low_after = ([_plain(w) or w for w in said] for said in (before, after))
    moves = SequenceMatcher(None, low, low_after, autojunk=False)
    for kind, a, b, c, d in moves.get_opcodes():
        if kind == "equal":
            yield "same", " ".join(after[c:d])
            continue
        if a < b:
            yield "taken", " ".join(before[a:b])
        if c < d:
            yield "added", " ".join(after[c:d])
