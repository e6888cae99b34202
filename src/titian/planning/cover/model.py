"""The nouns of cover: who must be held when, who can hold, and the plan of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

ENGINE = "cover 1"
CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")
LEVELS = range(1, 8)
OBJECTIVE = ("changed", "uncovered", "faces", "handovers", "spread", "margin")


class Mode(StrEnum):
    """How a delegation is held: in person, or by telephone with several others."""

    ATTACHED = "attached"
    ON_CALL = "on_call"


class Role(StrEnum):
    """The face of a delegation, and those who relieve it."""

    PRIMARY = "primary"
    RELIEF = "relief"


@dataclass(frozen=True, slots=True)
class Span:
    """Hours from ``start`` until ``end``, both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        _require_hours(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Demand:
    """Hours in which somebody must hold the delegation, and how."""

    start: datetime
    end: datetime
    mode: Mode = Mode.ATTACHED

    def __post_init__(self) -> None:
        _require_hours(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this officer, as codes and parameters; the pages make the sentence.

    ``fit`` others speak, are cleared and willing; ``free`` of them could take the whole
    duty instead. If none could, ``rule`` is what rules ``runner_up`` out; if one could,
    ``regret`` is what the swap would add to each level of the objective.
    """

    language: str
    cefr: str
    met: bool
    fit: int
    free: int
    runner_up: str | None = None
    rule: str | None = None
    regret: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Hours in which one officer holds one delegation.

    Two duties compare by who holds whom when and how, not by role or reason.
    """

    post: str
    officer: str
    start: datetime
    end: datetime
    mode: Mode = Mode.ATTACHED
    role: Role = field(default=Role.RELIEF, compare=False)
    reason: Reason | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        _require_hours(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Post:
    """A delegation to be held.

    ``wanted`` are languages with the lowest CEFR level that will do, any one suffices
    (none: any officer can talk to them); ``level`` is 1 for a head of state … 7;
    ``kept`` are officers they have met already.
    """

    key: str
    level: int
    demand: tuple[Demand, ...]
    wanted: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Officer:
    """One who can hold delegations.

    ``languages`` are code → CEFR level; ``clearance`` is the lowest level number that
    may be served; ``declined`` are posts refused; ``held`` are duties that stay, here
    or elsewhere, before or after; ``travel_minutes`` is the way from home, one way.
    """

    key: str
    languages: Mapping[str, str]
    clearance: int = 7
    licence: bool = False
    unavailable: tuple[Span, ...] = ()
    declined: tuple[str, ...] = ()
    held: tuple[Duty, ...] = ()
    travel_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits, in hours where nothing else is said. Defaults are the house's (B05).

    Hours attached count as hours of duty. Hours on call do not, but they interrupt rest
    and the day off: the telephone may ring.
    """

    attached_limit: int = 10
    attached_window: int = 24
    rest: int = 11
    rest_window: int = 24
    day_off: int = 24
    day_off_window: int = 168
    on_call_limit: int = 5
    shortest: int = 3
    longest_on_call: int = 12
    handover_hours: tuple[int, ...] = (5, 13, 21)
    step_minutes: int = 60

    def __post_init__(self) -> None:
        """Raise ValueError for limits that no roster can mean."""
        if self.step_minutes < 1 or 60 % self.step_minutes:
            raise ValueError("Expected a step that divides the hour.")
        longest = min(self.attached_limit, self.longest_on_call)
        if not 0 < self.shortest <= (longest + 1) // 2:
            raise ValueError("Expected limits of at least two shortest duties.")
        if not self.attached_limit <= self.attached_window <= 168:
            raise ValueError("Expected attached_limit <= its window, a week at most.")
        if not 0 < self.rest <= self.rest_window <= 168:
            raise ValueError("Expected 0 < rest <= its window, a week at most.")
        if not 0 < self.day_off <= self.day_off_window <= 168:
            raise ValueError("Expected 0 < day_off <= its window, a week at most.")
        if self.on_call_limit < 1:
            raise ValueError("Expected on_call_limit >= 1.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan is made from.

    ``start`` and ``end`` bound the demand; the zone of ``start`` says what 05:00 is.
    Spans are widened to whole steps. ``published`` are duties already announced: they
    are kept wherever they break no rule; those of strangers or at other posts count as
    changed, since what is held elsewhere belongs to the officer. ``order`` are the
    levels of the objective, the first the weightiest; with "changed" first (the
    default) published duties never move, put "uncovered" before it to let them move
    for the sake of a gap.
    """

    start: datetime
    end: datetime
    posts: tuple[Post, ...]
    officers: tuple[Officer, ...]
    rules: Rules = Rules()
    published: tuple[Duty, ...] = ()
    order: tuple[str, ...] = OBJECTIVE

    def __post_init__(self) -> None:
        """Raise ValueError, naming the first thing that makes no sense."""
        _require_hours(self.start, self.end)
        _require_keys("post", [post.key for post in self.posts])
        _require_keys("officer", [officer.key for officer in self.officers])
        if sorted(self.order) != sorted(OBJECTIVE):
            raise ValueError(f"Expected each of {OBJECTIVE} once.")
        for post in self.posts:
            self._require_sound(post)
        for officer in self.officers:
            _require_levels(officer.key, officer.languages.values())
            _require_owner(officer)

    def _require_sound(self, post: Post) -> None:
        if post.level not in LEVELS:
            raise ValueError(f"{post.key}: expected a level 1-7.")
        _require_levels(post.key, [cefr for _language, cefr in post.wanted])
        if any(d.start < self.start or self.end < d.end for d in post.demand):
            raise ValueError(f"{post.key}: demand lies outside the horizon.")


@dataclass(frozen=True, slots=True)
class Nearest:
    """Who comes nearest to filling a gap, and what is in the way.

    ``rule`` alone rules the officer out. With ``free_from`` the officer could hold the
    post from then until the gap ends.
    """

    officer: str
    rule: str
    free_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours nobody can hold, and why: how many officers each first rule rules out."""

    post: str
    start: datetime
    end: datetime
    mode: Mode = Mode.ATTACHED
    ruled_out: tuple[tuple[str, int], ...] = field(default=(), compare=False)
    nearest: Nearest | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who holds whom when, what stays open, and where it came from.

    ``objective`` are (level, value) in the order of the problem, lower is better, and
    two plans of one problem compare by it.
    """

    duties: tuple[Duty, ...]
    gaps: tuple[Gap, ...]
    objective: tuple[tuple[str, int], ...]
    seed: int
    engine: str
    input_hash: str
    iterations: int


def cefr_rank(level: str) -> int:
    """1 for A1 … 6 for C2; 0 for what is none of them."""
    return CEFR.index(level) + 1 if level in CEFR else 0


def as_data(thing: object) -> Any:
    """The same in lists, dicts, texts and numbers, for JSON; instants in UTC."""
    if isinstance(thing, datetime):
        return thing.astimezone(UTC).isoformat()
    if is_dataclass(thing) and not isinstance(thing, type):
        return {f.name: as_data(getattr(thing, f.name)) for f in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): as_data(thing[key]) for key in sorted(thing)}
    if isinstance(thing, tuple | list):
        return [as_data(one) for one in thing]
    return str(thing) if isinstance(thing, StrEnum) else thing


def input_hash(problem: Problem) -> str:
    """The sha256, in hex, of the problem as JSON in one canonical form.

    The order of posts, officers and published duties does not matter; the zone of the
    horizon does, since it says when 05:00 is.
    """
    data = as_data(problem)
    data["utc_offset"] = str(problem.start.utcoffset())
    for several in ("posts", "officers", "published"):
        data[several].sort(key=lambda one: json.dumps(one, sort_keys=True))
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _require_hours(start: datetime, end: datetime) -> None:
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("Expected aware datetimes.")
    if end - start <= timedelta(0):
        raise ValueError(f"Expected an end after the start {start.isoformat()}.")


def _require_keys(noun: str, keys: list[str]) -> None:
    if len(set(keys)) != len(keys):
        raise ValueError(f"Two have the same {noun} key.")


def _require_levels(key: str, levels: Any) -> None:
    if unknown := [level for level in levels if level not in CEFR]:
        raise ValueError(f"{key}: {unknown[0]!r} is not a CEFR level.")


def _require_owner(officer: Officer) -> None:
    if any(duty.officer != officer.key for duty in officer.held):
        raise ValueError(f"{officer.key} holds the duty of another.")
