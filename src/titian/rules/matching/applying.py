"""Which rules apply to whom, why, and whether they still hold. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

ASEAN = frozenset({"BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN"})
"""The ten members in 2022 (ASEAN Charter, article 4)."""

GROUPS = {"asean": ASEAN}
EVERYWHERE = frozenset({"", "general"})
OURS, THEIRS = "ours", "theirs"


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
    whose: str = OURS
    subject: str = ""
    stance: str = "informs"
    limit: Decimal | None = None
    unit: str = ""


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
    party, level, groups
        The party's code, the level of its head, which sub-groups it brings.
    items, doing
        What is brought along, and what is to be done: "drone", "gifts".
    """

    iso2: str
    kind: str
    on: date
    arrives_on: date | None = None
    leaves_on: date | None = None
    country: str = "Indonesia"
    places: frozenset[str] = frozenset()
    reader: Reader = Reader.GUEST
    party: str = ""
    level: str = ""
    groups: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    doing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why a rule applies: by what ("iso2", "place"), and its value."""

    by: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule that applies, why, and whether it has ceased to hold meanwhile."""

    rule: Rule
    is_out_of_date: bool
    because: tuple[Why, ...] = field(default=(), compare=False)


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
        At most ``n``, each with the reasons. A rule that holds on no day of the stay
        does not apply; one that held during the stay and has ended before ``facts.on``
        is out of date.

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
        Applied(rule, ended(rule, facts.on), reasons(rule, facts))
        for rule in rules
        if rule.side in SIDES[facts.reader]
        and holds_in(rule, facts)
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


def holds_in(rule: Rule, facts: Facts) -> bool:
    """Whether the rule holds at the event: its country's, or one of its places'.

    A rule of the guests' side goes with them: for whom it is, its audience says.

    >>> here = Facts("JP", "state", date(2022, 11, 14), places=frozenset({"Bali"}))
    >>> places = ("Indonesia", "Bali / Denpasar", "Jakarta")
    >>> [holds_in(Rule(1, jurisdiction=place), here) for place in places]
    [True, True, False]
    """
    return rule.whose == THEIRS or bool(_where(rule.jurisdiction, facts))


def applies_to(audience: str, facts: Facts) -> bool:
    """Whether the party is one of ``audience``: all of its conditions must hold.

    Conditions are parted by blanks: ``iso2:SG,MY`` (one of these), ``kind:media``,
    ``party:``, ``level:``, ``group:`` (a sub-group it brings), ``item:`` (something it
    brings), ``doing:`` (what it is about to do), a group of states (``asean``), each
    turned round by a leading minus (``-iso2:ID``). Empty is everybody.

    >>> guest = Facts("SG", "media", date(2022, 11, 14))
    >>> [applies_to(to, guest) for to in ("", "asean kind:media", "asean -iso2:SG")]
    [True, True, False]
    """
    return all(_holds(condition, facts) for condition in audience.split())


def reasons(rule: Rule, facts: Facts) -> tuple[Why, ...]:
    """Why a rule that applies does: where it holds, and for whom.

    >>> guest = Facts("SG", "media", date(2022, 11, 14))
    >>> reasons(Rule(1, jurisdiction="Indonesia", audience="asean"), guest)
    (Why(by='country', value='Indonesia'), Why(by='group', value='asean'))
    """
    home = rule.whose == THEIRS
    where = "home" if home else _where(rule.jurisdiction, facts)
    found = [Why(where or "everywhere", rule.jurisdiction)]
    found += [_reason(condition, facts) for condition in rule.audience.split()]
    return tuple(found)


def _where(jurisdiction: str, facts: Facts) -> str:
    """By what the jurisdiction reaches the event; empty where it does not."""
    where = jurisdiction.casefold().strip()
    if where in EVERYWHERE:
        return "everywhere"
    if where == facts.country.casefold():
        return "country"
    if not facts.places:
        return "unknown_places"
    parts = {part.strip() for part in where.replace("/", ",").split(",")}
    here = {place.casefold() for place in facts.places}
    is_near = any(part in place or place in part for part in parts for place in here)
    return "place" if is_near else ""


def _said(name: str, facts: Facts) -> frozenset[str] | None:
    """What the facts say under the name of a condition; ``None`` for no such name."""
    known: dict[str, frozenset[str]] = {
        "iso2": frozenset({facts.iso2}),
        "kind": frozenset({facts.kind}),
        "party": frozenset({facts.party}),
        "level": frozenset({facts.level}),
        "group": facts.groups,
        "item": facts.items,
        "doing": facts.doing,
    }
    return known.get(name)


def _holds(condition: str, facts: Facts) -> bool:
    if condition.startswith("-"):
        return not _holds(condition[1:], facts)
    if condition in GROUPS:
        return facts.iso2 in GROUPS[condition]
    name, colon, values = condition.partition(":")
    said = _said(name, facts)
    if not colon or said is None:
        raise UnknownAudience(condition)
    return not said.isdisjoint(values.split(","))


def _reason(condition: str, facts: Facts) -> Why:
    if condition.startswith("-"):
        return Why("not", condition[1:].partition(":")[2] or condition[1:])
    if condition in GROUPS:
        return Why("group", condition)
    name, _colon, values = condition.partition(":")
    met = (_said(name, facts) or frozenset()) & set(values.split(","))
    return Why(name, ", ".join(sorted(met)))
