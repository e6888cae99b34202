"""Words as they are looked for: without accents, and Indonesian and English bare.

Both databases find the same by this one folding, whatever either knows of languages.
"""

import re

from titian.people.models.person import folded

WORD = re.compile(r"\w+")
SHORTEST = 4
"""What is left of a word once its ends are off; less than that says nothing."""
ENDS = ("nya", "kan", "lah", "ing", "an", "es", "ed", "i", "s")
HEADS = ("meng", "meny", "mem", "men", "ber", "ter", "per", "ke", "di", "me", "pe")


def words_of(text: str) -> list[str]:
    """The words in their order, in small letters and without accents."""
    return WORD.findall(folded(text))


def root_of(word: str) -> str:
    """The word without one of its usual heads and ends, if enough of it is left.

    >>> root_of("kesepakatan"), root_of("agreements"), root_of("visa")
    ('sepakat', 'agreement', 'visa')
    """
    head = next((h for h in HEADS if _may_lose(word, word.startswith(h), h)), "")
    rest = word[len(head) :]
    end = next((e for e in ENDS if _may_lose(rest, rest.endswith(e), e)), "")
    return rest[: len(rest) - len(end)]


def rooted(text: str) -> str:
    """What is kept to be looked through: each word, and its root where that differs."""
    kept: list[str] = []
    for word in words_of(text):
        kept += dict.fromkeys((word, root_of(word)))
    return " ".join(kept)


def _may_lose(word: str, has: bool, part: str) -> bool:
    return has and len(word) - len(part) >= SHORTEST
