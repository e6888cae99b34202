"""Advice on rules: how often it cites what it should, and how often it knows nothing.

    python3 run.py bench advice [FILE] [--misses] [--json]

FILE (``sets/advice.csv``) holds questions that somebody wrote who had not seen the
matcher: who asks for whom, and which articles are expected, described by their topic,
or UNKNOWN. They name no day, so every article counts as in force; they name no town,
so the rules of every place are told. What a description means is in ``MEANT`` below.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from titian.rules.advice import Worded, answer
from titian.rules.matching import Facts, Reader, Rule

HERE = Path(__file__).parent
SCENARIOS = HERE.parent / "src" / "titian" / "scenarios"
LISTS = ("g20-bali-2022/rules.csv", "home-rules/rules.csv")
UNKNOWN = "UNKNOWN"
DAY = date(2022, 11, 14)
MEANT: dict[str, tuple[frozenset[str], ...]] = {
    "US minimal value": (frozenset({"us_gifts_2020", "us_gifts_2023"}),),
    "Korean gift limit": (frozenset({"kr_gifts"}),),
    "Korean meal limit": (frozenset({"kr_meals"}),),
    "Canadian gift disclosure": (frozenset({"ca_gifts_disclosed"}),),
    "Canadian gift disclosure and forfeiture": (
        frozenset({"ca_gifts_disclosed"}),
        frozenset({"ca_gifts_forfeited"}),
    ),
    "Japanese reporting threshold": (frozenset({"jp_gifts", "jp_hospitality"}),),
    "EU Commissioners EUR 150": (frozenset({"eu_gifts"}),),
    "Indian INR 5,000": (frozenset({"in_gifts"}),),
    "Brazilian ban on presents from interested parties": (
        frozenset({"br_gifts_interested"}),
    ),
    "Brazilian protocol exception": (frozenset({"br_gifts_protocol"}),),
    "Singapore SGD 50": (frozenset({"sg_gifts"}),),
    "UK ministers GBP 140": (frozenset({"gb_gifts"}),),
    "Indonesian duty to report gratification within 30 working days": (
        frozenset({"id_gratification"}),
    ),
}
"""A description that is no topic: one set for each article expected, any of it."""
ISO2 = {
    "Argentina": "AR", "Australia": "AU", "Brazil": "BR", "Canada": "CA",
    "Chile": "CL", "China": "CN", "European Union": "EU", "France": "FR",
    "Germany": "DE", "India": "IN", "Italy": "IT", "Japan": "JP",
    "Kazakhstan": "KZ", "Korea": "KR", "Malaysia": "MY", "Mexico": "MX",
    "Monaco": "MC", "Netherlands": "NL", "New Zealand": "NZ", "Norway": "NO",
    "Russia": "RU", "Saudi Arabia": "SA", "Singapore": "SG", "South Africa": "ZA",
    "Spain": "ES", "Sweden": "SE", "Switzerland": "CH", "Turkey": "TR",
    "United Kingdom": "GB", "United States": "US", "Viet Nam": "VN",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One question: what is expected, what was cited, and which of it was meant."""

    number: int
    question: str
    language: str
    expected: tuple[frozenset[str], ...]
    cited: tuple[str, ...]

    @property
    def is_two_sided(self) -> bool:
        """Whether articles of both sides are expected."""
        return any("id_gratification" in one for one in self.expected)

    @property
    def right(self) -> int:
        """How many of those cited were expected."""
        return sum(any(one in meant for meant in self.expected) for one in self.cited)

    @property
    def met(self) -> int:
        """How many of those expected were cited."""
        return sum(not meant.isdisjoint(self.cited) for meant in self.expected)


@dataclass(frozen=True)
class Figures:
    """What a set of questions came to; shares from 0 to 1."""

    name: str
    questions: int
    precision: float
    recall: float
    wrong_refusals: int
    wrong_answers: int


def figures(name: str, rows: Sequence[Row]) -> Figures:
    """Precision over all that was cited, recall over all that was expected."""
    cited = sum(len(row.cited) for row in rows)
    expected = sum(len(row.expected) for row in rows)
    return Figures(
        name,
        len(rows),
        round(sum(row.right for row in rows) / cited, 3) if cited else 1.0,
        round(sum(row.met for row in rows) / expected, 3) if expected else 1.0,
        sum(bool(row.expected) and not row.cited for row in rows),
        sum(bool(row.cited) and not row.right for row in rows),
    )


def asked(path: Path) -> list[Row]:
    """Every question of the file, answered."""
    names, articles = _articles()
    with path.open(encoding="utf-8", newline="") as lines:
        return [_row(line, names, articles) for line in csv.DictReader(lines)]


def _row(line: dict[str, str], names: Sequence[str], articles: Sequence[Worded]) -> Row:
    facts = Facts(
        ISO2[line["guest_jurisdiction"]],
        "state",
        DAY,
        country=line["host_jurisdiction"],
        reader=Reader.OFFICER,
    )
    found = answer(line["question"], articles, facts)
    expected = _meant(line["expected"], names)
    if "either alone" in line["note"]:
        expected = (frozenset().union(*expected),)
    return Row(
        int(line["id"]),
        line["question"],
        line["language"],
        expected,
        tuple(names[one.number] for one in found.cited),
    )


def _meant(said: str, topics: Iterable[str]) -> tuple[frozenset[str], ...]:
    if said == UNKNOWN:
        return ()
    found: list[frozenset[str]] = []
    for one in (part.strip() for part in said.split(";")):
        found += [frozenset({one})] if one in topics else MEANT[one]
    return tuple(found)


def _articles() -> tuple[list[str], list[Worded]]:
    rows: list[dict[str, str]] = []
    for name in LISTS:
        with (SCENARIOS / name).open(encoding="utf-8", newline="") as lines:
            rows += csv.DictReader(lines)
    texts = [
        Worded(_rule(number, row), (row["text_en"], row["text_id"]), _words(row))
        for number, row in enumerate(rows)
    ]
    return [row["topic"] for row in rows], texts


def _words(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(word for word in row["words"].split(";") if word)


def _rule(number: int, row: dict[str, str]) -> Rule:
    rule = Rule(
        number,
        side=row["side"],
        jurisdiction=row["jurisdiction"],
        audience=row["for"],
        whose=row["whose"],
        subject=row["subject"],
        stance=row["stance"],
        unit=row["unit"],
    )
    return replace(rule, limit=Decimal(row["limit"])) if row["limit"] else rule


def main(given: Sequence[str]) -> int:
    """Print the figures; 0 always, for this measures and judges nothing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", nargs="?", default=str(HERE / "sets" / "advice.csv"))
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args(given)
    rows = asked(Path(said.file))
    known = [row for row in rows if row.expected]
    found = [
        figures("all", rows),
        figures("one side", [row for row in known if not row.is_two_sided]),
        figures("two sides", [row for row in known if row.is_two_sided]),
        figures("unanswerable", [row for row in rows if not row.expected]),
        figures("in English", [row for row in rows if row.language == "en"]),
        figures("in Indonesian", [row for row in rows if row.language == "id"]),
    ]
    if said.json:
        print(json.dumps([asdict(one) for one in found]))
        return 0
    for one in found:
        print(
            f"{one.name:14} {one.questions:4} questions  precision {one.precision:.3f}"
            f"  recall {one.recall:.3f}  wrong refusals {one.wrong_refusals:3}"
            f"  wrong answers {one.wrong_answers:3}"
        )
    for row in rows if said.misses else ():
        if row.met < len(row.expected) or row.right < len(row.cited):
            wanted = [sorted(one) for one in row.expected]
            print(row.number, row.question, "|", wanted, "|", list(row.cited))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
