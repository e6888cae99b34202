"""What a short reply says: that something is known, or that guests are safe. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

KNOWN = "known"
YES = frozenset({"ok", "oke", "okay", "ya", "iya", "yes"})
"""What also answers "are your guests safe?"."""
READ = YES | {
    *("siap", "sudah", "baca", "dibaca", "tahu", "diterima", "dimengerti", "mengerti"),
    *("paham", "baik", "noted", "read", "known", "know", "understood", "received"),
    *("👍", "👌", "✅"),
}
POLITE = frozenset(
    {
        *("saya", "kami", "semua", "orang", "tamu", "pak", "bu", "terima", "kasih"),
        *("i", "it", "we", "are", "have", "all", "people", "guests", "thank", "you"),
        *("thanks", "laksanakan"),
    }
)
WORDS: Mapping[str, str] = {
    "aman": "safe",
    "selamat": "safe",
    "safe": "safe",
    "hilang": "missing",
    "missing": "missing",
    "luka": "injured",
    "terluka": "injured",
    "cedera": "injured",
    "injured": "injured",
    "hurt": "injured",
}
LONGEST = 60
TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
"""Skin tones and the like behind a thumb."""
PIECES = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*|[👍👌✅]")


@dataclass(frozen=True, slots=True)
class Reply:
    """``word`` is "known", "safe", "missing" or "injured"; ``names`` says of what.

    ``is_yes`` is whether nothing but a yes was said.
    """

    word: str
    people: int | None = None
    names: frozenset[str] = field(default_factory=frozenset)
    is_yes: bool = False


def read(said: str) -> Reply | None:
    """The reply that the words are, or ``None``: then they are somebody's own words.

    Only a few known words make a reply; one word that is none of them may be the name
    of a party or a code, and whoever knows these decides.

    >>> read("Siap, sudah baca").word
    'known'
    >>> read("Aman 4 orang M3")
    Reply(word='safe', people=4, names=frozenset({'m3'}), is_yes=False)
    >>> read("OK N-0003").names
    frozenset({'n-3'})
    >>> read("ok, but where do we meet now?") is None
    True
    >>> read("Aman?") is None
    True
    >>> read("belum aman").names  # nobody is called "belum": no reply
    frozenset({'belum'})
    """
    if len(said) > LONGEST or "?" in said:
        return None
    pieces = PIECES.findall(TONES.sub("", said).casefold())
    states = [WORDS[one] for one in pieces if one in WORDS]
    reads = [one for one in pieces if one in READ]
    numbers = [one for one in pieces if one.isdecimal()]
    known = {*WORDS, *READ, *POLITE, *numbers}
    names = {_name(one) for one in pieces if one not in known}
    if len(set(states)) > 1 or len(numbers) > 1 or len(names) > 2:
        return None
    if states:
        people = int(numbers[0]) if numbers and len(numbers[0]) <= 5 else None
        return Reply(states[0], people, frozenset(names))
    if not reads:
        return None
    named = frozenset({*names, *(_name(one) for one in numbers)})
    return Reply(KNOWN, None, named, is_yes=set(reads) <= YES)


def _name(piece: str) -> str:
    """A code as it is written by a thumb: ``N-0003``, ``n3`` and ``N-3`` are one."""
    code = re.fullmatch(r"([nm])-?0*(\d+)", piece)
    if code is None:
        return piece.lstrip("0") if piece.isdecimal() else piece
    return f"n-{code[2]}" if code[1] == "n" else f"m{code[2]}"
