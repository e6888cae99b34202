"""Invented names in many scripts, drawn from ``names.toml``."""

import random
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

POOLS = Path(__file__).resolve().with_name("names.toml")
HAN_AND_BEYOND = "\u3000"  # from here on names are written without a blank
GREEK_AND_BEYOND = "\u0370"  # before this, letters are Latin

type Word = dict[str, str]


def folded(words: str) -> str:
    """``words`` without case and accents, to compare names."""
    apart = unicodedata.normalize("NFKD", words)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


@dataclass(frozen=True, slots=True)
class Name:
    """A name in Latin letters and in the owner's own script."""

    given: str
    family: str
    display: str
    native: str


class Names:
    """Draws names: the same for the same seed, no two alike within a party."""

    def __init__(self, rnd: random.Random, taken: Iterable[str]) -> None:
        content = tomllib.loads(POOLS.read_text(encoding="utf-8"))
        self._rnd, self._mix = rnd, content["mix"]
        self._pools = {
            code: (pool["order"], _words(pool["given"]), _words(pool["family"]))
            for code, pool in content["pools"].items()
        }
        self._taken = {folded(name) for name in taken}

    def pool_for(self, party: str) -> str:
        """One of the pools from which the people of ``party`` come."""
        shares = self._mix.get(party, self._mix["others"]).split()
        pools, weights = zip(*(share.split(":") for share in shares), strict=True)
        return str(self._rnd.choices(pools, [int(weight) for weight in weights])[0])

    def draw(self, pool: str, already: set[str]) -> Name:
        """A name that nobody in ``already`` bears, nor anybody named in the lists."""
        while True:
            name = self._one(*self._pools[pool])
            if folded(name.display) not in already | self._taken:
                already.add(folded(name.display))
                return name

    def _one(self, order: str, given: list[Word], family: list[Word]) -> Name:
        first, last = self._rnd.choice(given), self._rnd.choice(family)
        if order == "mixed":
            order = self._rnd.choice(["family_first", "given_first"])
        is_latin = first["native"].isascii() or first["native"][0] < GREEK_AND_BEYOND
        apart = " " if is_latin or first["native"][0] < HAN_AND_BEYOND else ""
        parts = [first, last] if order == "given_first" else [last, first]
        display = " ".join(part["latin"] for part in parts)
        if first["native"][0] >= HAN_AND_BEYOND:  # Han, kana, hangul: family name first
            parts = [last, first]
        native = apart.join(part["native"] for part in parts)
        return Name(
            first["latin"], last["latin"], display, "" if native.isascii() else native
        )


def _words(pool: str) -> list[Word]:
    """``latin:native`` pairs; a lone word is the same in both."""
    pairs = [word.replace("_", " ").partition(":") for word in pool.split()]
    return [{"latin": latin, "native": native or latin} for latin, _, native in pairs]
