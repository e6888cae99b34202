"""Which rules apply to whom, and whether they still hold. Pure: no Django, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ASEAN = frozenset({"BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN"})
"""The ten members in 2022 (ASEAN Charter, article 4)."""

GROUPS = {"asean": ASEAN}
EVERYWHERE = frozenset({"", "general"})


class UnknownAudience(ValueError):
    """The audience of an article is not written in the words of ``applies_to``."""


class Reader(StrEnum):
    """Who reads: a guest is told what a guest must know, an officer also our duties."""

    GUEST = "guest"
    OFFICER = "officer"


SIDES = {
    Reader.GUEST: frozenset({"guest", "both"}),
    Reader.OFFICER: frozenset({"guest", "both", "host"}),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What matching must know of an article; ``number`` is the caller's own."""

    number: int
    side: str = "guest"
    jurisdiction: str = ""
    audience: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides whether a rule applies to a delegation, and for how long.

    Parameters
    ----------
    iso2
        The nationality, two letters, or empty where there is none (an organisation).
    kind
        The party's kind: "state", "media", "sponsor", …
    on
        The day of the question.
    arrives_on, leaves_on
        First and last day of the stay, both included; ``None`` is without end.
    country
        The country of the event: its rules apply in all its places.
    places
        Names of the event's places; empty where they are not known, and then the
        rules of every place are told rather than hidden.
    reader
        Whether a guest or an officer reads.
    """

    iso2: str
    kind: str
    on: date
    arrives_on: date | None = None
    leaves_on: date | None = None
    country: str = "Indonesia"
    places: frozenset[str] = frozenset()
    reader: Reader = Reader.GUEST


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule that applies, and whether it has ceased to hold meanwhile."""

    rule: Rule
    is_out_of_date: bool


def applied(rules: Iterable[Rule], facts: Facts) -> tuple[Applied, ...]:
    """The rules that apply, in the order given; those past their last day are flagged.

    Parameters
    ----------
    rules
        ``n`` rules, each with its side, place, audience and days.
    facts
        The delegation, the stay and the reader.

    Returns
    -------
    tuple[Applied, ...]
        At most ``n``. A rule that holds on no day of the stay does not apply; one that
        held during the stay and has ended before ``facts.on`` is out of date.

    Raises
    ------
    UnknownAudience
        If an audience cannot be read: a rule is never silently told to nobody.

    Notes
    -----
    House rule (capability G05): the reader sees only what applies, and what is out of
    date says so. O(n).
    """
    return tuple(
        Applied(rule, is_out_of_date=ended(rule, facts.on))
        for rule in rules
        if rule.side in SIDES[facts.reader]
        and holds_in(rule.jurisdiction, facts)
        and applies_to(rule.audience, facts)
        and holds_during(rule, facts)
    )


def ended(rule: Rule, on: date) -> bool:
    """Whether the rule's last day is before ``on``."""
    return rule.valid_to is not None and rule.valid_to < on


def holds_during(rule: Rule, facts: Facts) -> bool:
    """Whether the rule holds on some day of the stay, or on the day of the question."""
    first = min(facts.on, facts.arrives_on or facts.on)
    last = max(facts.on, facts.leaves_on or facts.on)
    begins_in_time = rule.valid_from is None or rule.valid_from <= last
    return begins_in_time and not ended(rule, first)


def holds_in(jurisdiction: str, facts: Facts) -> bool:
    """Whether the rule holds at the event: its country's, or one of its places'.

    >>> here = Facts("JP", "state", date(2022, 11, 14), places=frozenset({"Bali"}))
    >>> [holds_in(rule, here) for rule in ("Indonesia", "Bali / Denpasar", "Jakarta")]
    [True, True, False]
    """
    where = jurisdiction.casefold().strip()
    if where in EVERYWHERE or where == facts.country.casefold() or not facts.places:
        return True
    parts = {part.strip() for part in where.replace("/", ",").split(",")}
    here = {place.casefold() for place in facts.places}
    return any(part in place or place in part for part in parts for place in here)


def applies_to(audience: str, facts: Facts) -> bool:
    """Whether the party is one of ``audience``: all of its conditions must hold.

    Conditions are parted by blanks: ``iso2:SG,MY`` (one of these), ``kind:media``, a
    group (``asean``), each turned round by a leading minus (``-iso2:ID``). Empty is
    everybody.

    >>> guest = Facts("SG", "media", date(2022, 11, 14))
    >>> [applies_to(to, guest) for to in ("", "asean kind:media", "asean -iso2:SG")]
    [True, True, False]
    """
    return all(_holds(condition, facts) for condition in audience.split())


def _holds(condition: str, facts: Facts) -> bool:
    if condition.startswith("-"):
        return not _holds(condition[1:], facts)
    if condition in GROUPS:
        return facts.iso2 in GROUPS[condition]
    name, colon, values = condition.partition(":")
    known = {"iso2": facts.iso2, "kind": facts.kind}
    if not colon or name not in known:
        raise UnknownAudience(condition)
    return known[name] in values.split(",")
