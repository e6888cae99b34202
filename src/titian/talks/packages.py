"""What both sides could agree to, told to each seat as far as it may know.

The one reader of ``secrecy.reckon``. A side is never given the other's worth, bars,
order or distance: they do not leave this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from titian.kernel.actor import Actor
from titian.planning import bargain
from titian.planning.bargain import Domain, Front, Point, Profile, Range, Wishes
from titian.talks import secrecy
from titian.talks.ledger import todays_package
from titian.talks.models import Envoy, Issue, Option, Talk
from titian.talks.policy import SIDES, seat_of

RULE = "nash"
SLACK_AT_MOST = 8
"""With more topics than this nobody is told how far each bar may move."""

type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A package worth a look: the rules that single it out, and what it is worth."""

    codes: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    option_ids: tuple[int, ...]
    worth: Mapping[str, Range]
    point: Mapping[str, float]
    is_supported: bool
    is_firm: bool


@dataclass(frozen=True, slots=True)
class Handing:
    """One topic settled otherwise than today's offer has it."""

    topic: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Way:
    """From today's offer to a package nobody can improve alone."""

    a_gives: tuple[Handing, ...]
    b_gives: tuple[Handing, ...]
    both: tuple[Handing, ...]
    left_lying: Mapping[str, float]
    today: Mapping[str, float]

    @property
    def is_there(self) -> bool:
        """Whether today's offer is such a package already."""
        return not (self.a_gives or self.b_gives or self.both)


@dataclass(frozen=True, slots=True)
class Slack:
    """How far one bar of a side may move, of 100, before the proposal changes."""

    side: str
    topic: str
    now: float
    low: float
    high: float
    falls: bool
    rises: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """One of two demands that cannot both be met."""

    side: str
    kind: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packages:
    """All that a seat may know of what both could agree to."""

    seat: str
    proposals: tuple[Proposal, ...] = ()
    way: Way | None = None
    missing: tuple[str, ...] = ()
    slacks: tuple[Slack, ...] = ()
    clash: tuple[Wall, Wall] | None = None
    front: tuple[tuple[float, float, bool], ...] = ()
    unsaid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """The talk as a problem."""

    domain: Domain
    wishes: Mapping[str, Wishes]
    words: Words

    def profiles(self, lean: float = 0.5) -> tuple[Profile, Profile]:
        a, b = (
            bargain.profile(self.domain, self.wishes[s], lean) for s in sorted(SIDES)
        )
        return a, b


def packages(talk: Talk, *, actor: Actor, at: datetime) -> Packages | None:
    """What the actor's seat may know; ``None`` unless both sides have lent.

    Raises ``Forbidden`` for whoever does not sit there. Every call is an act.
    """
    seat = seat_of(actor, talk)
    both = secrecy.reckon(talk.pk, actor=actor, at=at)
    if both is None:
        return None
    table = _table(talk, {side: said.wishes for side, said in both.items()})
    if not table.domain.issues:
        return Packages(seat)
    a, b = table.profiles()
    if clash := bargain.conflict(table.domain, a, b):
        walls = (_wall(clash.one, table.words), _wall(clash.other, table.words))
        return Packages(seat, clash=walls)
    return _reckoned(talk, seat, table)


def contradiction(talk: Talk, side: str, wishes: Wishes) -> str:
    """The topic of which a side refuses every option: the words of it, or nothing."""
    table = _table(talk, {side: wishes})
    barred = table.wishes[side].unacceptable
    for issue in table.domain.issues:
        if all((issue.key, option) in barred for option in issue.options):
            return table.words[issue.key]
    return ""


def _reckoned(talk: Talk, seat: str, table: _Table) -> Packages:
    shown = SIDES if seat == Envoy.Side.BRIDGE else frozenset({seat})
    a, b = table.profiles()
    front = bargain.front(table.domain, a, b)
    own = [bargain.unsaid(table.domain, table.wishes[side]) for side in sorted(shown)]
    missing, way = _way(talk, table, front, shown)
    return Packages(
        seat,
        proposals=_proposals(table, front, shown),
        way=way,
        missing=missing,
        slacks=_slacks(table, shown),
        front=_drawn(front) if shown == SIDES else (),
        unsaid=tuple(dict.fromkeys(table.words[key] for keys in own for key in keys)),
    )


def _table(talk: Talk, wishes: Mapping[str, Wishes]) -> _Table:
    """What is agreed has one option left; a topic without options is left out."""
    rows: Sequence[Issue] = list(talk.issues.prefetch_related("options"))
    words: dict[str, str] = {}
    issues = []
    for row in rows:
        options: list[Option] = [
            option
            for option in row.options.all()
            if row.agreed_on_id in (None, option.pk)
        ]
        if options:
            key = str(row.pk)
            issues.append(bargain.Issue(key, tuple(str(one.pk) for one in options)))
            words[key] = row.words
            words |= {f"o{one.pk}": one.words for one in options}
    domain = Domain(tuple(issues))
    return _Table(domain, {s: _within(domain, one) for s, one in wishes.items()}, words)


def _within(domain: Domain, wishes: Wishes) -> Wishes:
    """What is agreed is no red line any more; what is gone from the table neither."""
    there = {(i.key, o) for i in domain.issues if len(i.options) > 1 for o in i.options}
    return Wishes(
        wishes.bars, wishes.sorted, wishes.unacceptable & there, wishes.reserve
    )


def _proposals(
    table: _Table, front: Front, shown: frozenset[str]
) -> tuple[Proposal, ...]:
    a, b = table.profiles()
    found = bargain.points(front, (bargain.nano(a.reserve), bargain.nano(b.reserve)))
    held = dict(
        zip((p.package for p in front.points), bargain.supported(front), strict=True)
    )
    ends = [_pointed(table, lean) for lean in (0.0, 1.0)]
    by_package: dict[tuple[str, ...], list[str]] = {}
    for code, point in found.items():
        by_package.setdefault(point.package, []).append(code)
    by_point = {point.package: point for point in found.values()}
    return tuple(
        Proposal(
            codes=tuple(codes),
            terms=_terms(table, package),
            option_ids=tuple(map(int, package)),
            worth={
                s: bargain.span(table.domain, table.wishes[s], package) for s in shown
            },
            point=_seen(by_point[package], shown),
            is_supported=held[package],
            is_firm=all(end.get(codes[0]) == package for end in ends),
        )
        for package, codes in by_package.items()
    )


def _pointed(table: _Table, lean: float) -> dict[str, tuple[str, ...]]:
    """Which package each rule singles out if the unsaid leans this way."""
    a, b = table.profiles(lean)
    least = bargain.nano(a.reserve), bargain.nano(b.reserve)
    found = bargain.points(bargain.front(table.domain, a, b), least)
    return {code: point.package for code, point in found.items()}


def _way(
    talk: Talk, table: _Table, front: Front, shown: frozenset[str]
) -> tuple[tuple[str, ...], Way | None]:
    """The topics today's offer says nothing of, or the way from it to the front."""
    today = todays_package(talk)
    keys = [issue.key for issue in table.domain.issues]
    missing = tuple(table.words[key] for key in keys if int(key) not in today)
    if missing or not today:
        return missing, None
    a, b = table.profiles()
    offer = tuple(str(today[int(key)]) for key in keys)
    trade = bargain.trade(front, a, b, offer)
    if trade is None:
        return (), None
    left = dict(zip(sorted(SIDES), trade.left_lying, strict=True))
    return (), Way(
        _handed(trade.a_gives, table.words),
        _handed(trade.b_gives, table.words),
        _handed(trade.both, table.words),
        left_lying={side: left[side] for side in shown},
        today=_seen(trade.offer, shown),
    )


def _slacks(table: _Table, shown: frozenset[str]) -> tuple[Slack, ...]:
    if not 1 < len(table.domain.issues) <= SLACK_AT_MOST:
        return ()
    a, b = table.profiles()
    return tuple(
        Slack(
            side,
            table.words[issue.key],
            100 * found.now,
            100 * found.low,
            100 * found.high,
            found.falls,
            found.rises,
        )
        for side in sorted(shown)
        for issue in table.domain.issues
        if len(issue.options) > 1
        for found in (
            bargain.leeway(table.domain, a, b, side=side, issue=issue.key, rule=RULE),
        )
    )


def _drawn(front: Front) -> tuple[tuple[float, float, bool], ...]:
    held = bargain.supported(front)
    return tuple(
        (point.a, point.b, is_held)
        for point, is_held in zip(front.points, held, strict=True)
    )


def _seen(point: Point, shown: frozenset[str]) -> dict[str, float]:
    both = {Envoy.Side.A.value: point.a, Envoy.Side.B.value: point.b}
    return {side: worth for side, worth in both.items() if side in shown}


def _terms(table: _Table, package: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (table.words[issue.key], table.words[f"o{option}"])
        for issue, option in zip(table.domain.issues, package, strict=True)
    )


def _handed(steps: Sequence[bargain.Step], words: Words) -> tuple[Handing, ...]:
    return tuple(
        Handing(words[step.issue], words[f"o{step.old}"], words[f"o{step.new}"])
        for step in steps
    )


def _wall(demand: bargain.Demand, words: Words) -> Wall:
    return Wall(
        demand.side, str(demand.kind), tuple(words[key] for key in demand.issues)
    )
