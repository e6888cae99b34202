"""Is this a plan of cover? Asked anew, hour by hour, without a line of the solver."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from titian.planning.cover.model import (
    CEFR,
    Duty,
    Gap,
    Mode,
    Officer,
    Plan,
    Post,
    Problem,
    input_hash,
)

FACES = 2
WEIGHTS = {Mode.ATTACHED: 4, Mode.ON_CALL: 1}


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule broken, by whom, for whom, from when."""

    code: str
    post: str = ""
    officer: str = ""
    start: datetime | None = None


def violations(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Everything that is wrong with the plan; empty if nothing is.

    Parameters
    ----------
    problem, plan
        ``d`` duties and ``g`` gaps on ``h`` steps for ``o`` officers.

    Returns
    -------
    tuple[Violation, ...]
        Codes of the rules ("language" … "day_off") for duties that are not held
        already, and: "unknown", "idle" (nobody asked for these hours), "missing" (a
        duty held is left out), "untold" (an hour neither held nor a gap), "false_gap",
        "avoidable" (one officer could fill the whole gap), "counts" and "nearest"
        (wrong explanation), "objective", "hash".

    Notes
    -----
    O(d · h + g · o · h).
    """
    hours = Hours(problem)
    strangers = [
        Violation("unknown", duty.post, duty.officer, duty.start)
        for duty in plan.duties
        if duty.post not in hours.posts or duty.officer not in hours.officers
    ]
    if strangers:
        return tuple(strangers)
    return tuple(
        [
            *_of_duties(hours, plan),
            *_of_officers(hours, plan),
            *_of_cover(hours, plan),
            *_of_gaps(hours, plan),
            *_of_record(hours, plan),
        ]
    )


class Hours:
    """The problem by name and step; step 0 is its start."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rules = problem.rules
        self.posts = {post.key: post for post in problem.posts}
        self.officers = {officer.key: officer for officer in problem.officers}
        self.hour = 60 // problem.rules.step_minutes
        self.step = timedelta(minutes=problem.rules.step_minutes)
        past = timedelta(
            minutes=problem.start.minute % problem.rules.step_minutes,
            seconds=problem.start.second,
            microseconds=problem.start.microsecond,
        )
        self.zero = problem.start.astimezone(UTC) - past

    def steps(self, start: datetime, end: datetime) -> range:
        """All steps a span touches."""
        first = (start - self.zero) // self.step
        return range(first, -((self.zero - end) // self.step))

    def of(self, duty: Duty | Gap) -> range:
        """The steps of a duty or a gap."""
        return self.steps(duty.start, duty.end)

    def wanted(self, post: Post) -> tuple[set[int], set[int]]:
        """Steps to be held in person, and those for which a telephone is enough."""
        by_mode: dict[Mode, set[int]] = {Mode.ATTACHED: set(), Mode.ON_CALL: set()}
        for demand in post.demand:
            by_mode[demand.mode].update(self.steps(demand.start, demand.end))
        attached = by_mode[Mode.ATTACHED]
        return attached, by_mode[Mode.ON_CALL] - attached


def _of_duties(hours: Hours, plan: Plan) -> Iterator[Violation]:
    """Each duty by itself: understood, cleared, willing, present, asked for."""
    for duty in plan.duties:
        post, officer = hours.posts[duty.post], hours.officers[duty.officer]
        if duty in officer.held:
            continue
        for code in _misfits(hours, post, officer, hours.of(duty)):
            yield Violation(code, post.key, officer.key, duty.start)
        attached, call = hours.wanted(post)
        asked = attached if duty.mode is Mode.ATTACHED else call
        needed = any if duty in hours.problem.published else all
        if not needed(step in asked for step in hours.of(duty)):
            yield Violation("idle", post.key, officer.key, duty.start)


def _misfits(
    hours: Hours, post: Post, officer: Officer, steps: Iterable[int]
) -> Iterator[str]:
    def speaks(code: str, least: str) -> bool:
        spoken = officer.languages.get(code)
        return spoken is not None and CEFR.index(spoken) >= CEFR.index(least)

    if post.wanted and not any(speaks(code, least) for code, least in post.wanted):
        yield "language"
    if post.level < officer.clearance:
        yield "clearance"
    if post.key in officer.declined:
        yield "declined"
    gone = {
        s for span in officer.unavailable for s in hours.steps(span.start, span.end)
    }
    if not gone.isdisjoint(steps):
        yield "away"


def _of_officers(hours: Hours, plan: Plan) -> Iterator[Violation]:
    """Each officer's week; what is held already may break rules by itself."""
    for officer in hours.officers.values():
        mine = [duty for duty in plan.duties if duty.officer == officer.key]
        for duty in officer.held:
            if duty.post in hours.posts and duty not in mine:
                yield Violation("missing", duty.post, officer.key, duty.start)
        new = [duty for duty in mine if duty not in officer.held]
        for code, step in _overworked(hours, officer.held, new):
            at = hours.zero + step * hours.step
            yield Violation(code, officer=officer.key, start=at)


def _overworked(
    hours: Hours, held: Iterable[Duty], new: Iterable[Duty]
) -> Iterator[tuple[str, int]]:
    """Rules that the new duties break, with a step at which each is broken."""
    attached, calls, fresh = Counter[int](), Counter[int](), set[int]()
    fresh_attached = set[int]()
    for duty in held:
        (attached if duty.mode is Mode.ATTACHED else calls).update(hours.of(duty))
    for duty in new:
        (attached if duty.mode is Mode.ATTACHED else calls).update(hours.of(duty))
        fresh.update(hours.of(duty))
        if duty.mode is Mode.ATTACHED:
            fresh_attached.update(hours.of(duty))
    rules = hours.rules
    for step in sorted(fresh):
        if attached[step] > 1 or (attached[step] and calls[step]):
            yield "busy", step
        if calls[step] > rules.on_call_limit:
            yield "on_call_limit", step
    yield from _too_many_hours(hours, set(+attached), fresh_attached)
    busy = sorted(set(+attached) | set(+calls))
    for code, pause, window in (
        ("rest", rules.rest, rules.rest_window),
        ("day_off", rules.day_off, rules.day_off_window),
    ):
        for spell in _spells(busy, pause * hours.hour):
            length = spell[-1] + 1 - spell[0]
            if length > (window - pause) * hours.hour and not fresh.isdisjoint(spell):
                yield code, spell[0]


def _too_many_hours(
    hours: Hours, attached: set[int], fresh: set[int]
) -> Iterator[tuple[str, int]]:
    window = hours.rules.attached_window * hours.hour
    limit = hours.rules.attached_limit * hours.hour
    if not fresh:
        return
    for begin in range(min(fresh) - window + 1, max(fresh) + 1):
        inside = [step for step in range(begin, begin + window) if step in attached]
        if len(inside) > limit and not fresh.isdisjoint(inside):
            yield "hours", begin


def _spells(busy: list[int], pause: int) -> Iterator[list[int]]:
    """Steps of work, parted wherever at least ``pause`` steps lie between."""
    spell: list[int] = []
    for step in busy:
        if spell and step - spell[-1] - 1 >= pause:
            yield spell
            spell = []
        spell.append(step)
    if spell:
        yield spell


def _held(hours: Hours, plan: Plan, post: Post) -> tuple[set[int], set[int]]:
    """Steps in which the post is held in person; and in any way."""
    attached: set[int] = set()
    any_way: set[int] = set()
    for duty in plan.duties:
        if duty.post == post.key:
            any_way.update(hours.of(duty))
            if duty.mode is Mode.ATTACHED:
                attached.update(hours.of(duty))
    return attached, any_way


def _open(hours: Hours, plan: Plan, post: Post) -> dict[Mode, set[int]]:
    """Steps wanted and not held."""
    attached, call = hours.wanted(post)
    in_person, any_way = _held(hours, plan, post)
    return {Mode.ATTACHED: attached - in_person, Mode.ON_CALL: call - any_way}


def _of_cover(hours: Hours, plan: Plan) -> Iterator[Violation]:
    """Every hour is held or told to be a gap, and no gap is invented."""
    for post in hours.posts.values():
        still = _open(hours, plan, post)
        for gap in plan.gaps:
            if gap.post == post.key:
                if not still[gap.mode].issuperset(hours.of(gap)):
                    yield Violation("false_gap", post.key, start=gap.start)
                still[gap.mode].difference_update(hours.of(gap))
        for steps in still.values():
            if steps:
                at = hours.zero + min(steps) * hours.step
                yield Violation("untold", post.key, start=at)


def _of_gaps(hours: Hours, plan: Plan) -> Iterator[Violation]:
    """Nobody could fill a gap, and what is said of it is true."""
    for gap in plan.gaps:
        told = Counter(dict(gap.ruled_out))
        if told.total() != len(hours.officers) or "free" in told:
            yield Violation("counts", gap.post, start=gap.start)
        for officer in hours.officers.values():
            if not _breaks(hours, plan, officer, gap):
                yield Violation("avoidable", gap.post, officer.key, gap.start)
        if gap.nearest and not _is_near(hours, plan, gap):
            yield Violation("nearest", gap.post, gap.nearest.officer, gap.start)


def _breaks(hours: Hours, plan: Plan, officer: Officer, gap: Gap) -> set[str]:
    """The rules the officer would break by filling the gap."""
    post = hours.posts[gap.post]
    codes = set(_misfits(hours, post, officer, hours.of(gap)))
    if codes:
        return codes
    mine = [duty for duty in plan.duties if duty.officer == officer.key]
    elsewhere = [duty for duty in officer.held if duty not in mine]
    more = Duty(gap.post, officer.key, gap.start, gap.end, gap.mode)
    return {code for code, _at in _overworked(hours, [*mine, *elsewhere], [more])}


def _is_near(hours: Hours, plan: Plan, gap: Gap) -> bool:
    """Whether the rule named is broken, and no rule is, from the hour named."""
    assert gap.nearest
    officer = hours.officers[gap.nearest.officer]
    if gap.nearest.rule not in _breaks(hours, plan, officer, gap):
        return False
    start = gap.nearest.free_from
    return start is None or not _breaks(hours, plan, officer, replace(gap, start=start))


def _of_record(hours: Hours, plan: Plan) -> Iterator[Violation]:
    """The objective and the hash are those of this problem and this plan."""
    told, problem = dict(plan.objective), hours.problem
    uncovered = faces = 0
    for post in hours.posts.values():
        for mode, steps in _open(hours, plan, post).items():
            uncovered += WEIGHTS[mode] * (8 - post.level) * len(steps)
        met = {key for key in post.kept if key in hours.officers}
        met |= {
            duty.officer
            for duty in plan.duties
            if duty.post == post.key and duty.mode is Mode.ATTACHED
        }
        faces += max(0, len(met) - FACES)
    changed = sum(duty not in plan.duties for duty in problem.published)
    found = {"uncovered": uncovered, "faces": faces, "changed": changed}
    if tuple(told) != problem.order or any(told[k] != found[k] for k in found):
        yield Violation("objective")
    if plan.input_hash != input_hash(problem):
        yield Violation("hash")
