"""A small invented week: hours counted from the first midnight, a few known people."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from titian.planning.cover import (
    Demand,
    Duty,
    Mode,
    Officer,
    Post,
    Problem,
    Rules,
    Span,
)
from titian.planning.cover.board import Board, Piece, piece_of
from titian.planning.cover.model import OBJECTIVE

BALI = timezone(timedelta(hours=8))
MIDNIGHT = datetime(2027, 5, 1, tzinfo=BALI)
CALL = Mode.ON_CALL


def at(hour: float) -> datetime:
    """So many hours after the first midnight."""
    return MIDNIGHT + timedelta(hours=hour)


def demand(start: float, end: float, mode: Mode = Mode.ATTACHED) -> Demand:
    """Hours to be held."""
    return Demand(at(start), at(end), mode)


def duty(
    officer: str,
    start: float,
    end: float,
    mode: Mode = Mode.ATTACHED,
    post: str = "ARN",
) -> Duty:
    """Hours held."""
    return Duty(post, officer, at(start), at(end), mode)


def arunika(
    *demands: Demand,
    level: int = 3,
    wanted: tuple[tuple[str, str], ...] = (("fr", "B2"),),
    kept: tuple[str, ...] = (),
) -> Post:
    """The Republic of Arunika, which wants French."""
    return Post("ARN", level, demands or (demand(8, 16),), wanted, kept)


def officer(
    key: str,
    french: str = "C1",
    *,
    clearance: int = 1,
    away: Sequence[tuple[float, float]] = (),
    declined: tuple[str, ...] = (),
    held: tuple[Duty, ...] = (),
    travel_minutes: int = 0,
) -> Officer:
    """One who speaks French, unless something else is said."""
    return Officer(
        key,
        {"fr": french} if french else {},
        clearance=clearance,
        unavailable=tuple(Span(at(start), at(end)) for start, end in away),
        declined=declined,
        held=held,
        travel_minutes=travel_minutes,
    )


def problem(
    posts: Sequence[Post],
    officers: Sequence[Officer],
    *,
    days: int = 3,
    rules: Rules | None = None,
    published: tuple[Duty, ...] = (),
    order: tuple[str, ...] = OBJECTIVE,
) -> Problem:
    """So many days from the first midnight."""
    return Problem(
        at(0),
        at(24 * days),
        tuple(posts),
        tuple(officers),
        rules or Rules(),
        published,
        order,
    )


def board(one: Officer, post: Post | None = None, rules: Rules | None = None) -> Board:
    """A board with one officer and one post, and what the officer holds on it."""
    found = Board(problem([post or arunika()], [one], days=14, rules=rules))
    for held in one.held:
        found.put(found.piece(held), 0)
    return found


def piece(of: Board, start: float, end: float, mode: Mode = Mode.ATTACHED) -> Piece:
    """Hours of the only post of a board."""
    return piece_of(0, *of.grid.bounds(at(start), at(end)), mode)


UNCOVERED_FIRST = ("uncovered", "changed", "faces", "handovers", "spread", "margin")
LEVELS = st.sampled_from(("A2", "B1", "B2", "C1"))
MODES = st.sampled_from(Mode)


@st.composite
def spans(draw: st.DrawFn, days: int) -> tuple[float, float]:
    """Some hours of the days, sometimes on the half hour."""
    start = draw(st.integers(0, 48 * days - 2))
    length = draw(st.integers(1, min(60, 48 * days - start)))
    return start / 2, (start + length) / 2


@st.composite
def posts(draw: st.DrawFn, key: str, days: int) -> Post:
    """A delegation with one to four stretches to be held."""
    told = draw(st.lists(st.tuples(spans(days), MODES), min_size=1, max_size=4))
    wanted = draw(
        st.lists(st.tuples(st.sampled_from(("fr", "ar")), LEVELS), max_size=2)
    )
    return Post(
        key,
        draw(st.integers(1, 7)),
        tuple(demand(*hours, mode) for hours, mode in told),
        tuple(wanted),
        tuple(draw(st.lists(st.sampled_from(("L0", "L1", "gone")), max_size=2))),
    )


@st.composite
def duties(draw: st.DrawFn, who: str, keys: Sequence[str], days: int) -> Duty:
    """A duty of the officer, sensible or not."""
    hours, mode = draw(st.tuples(spans(days), MODES))
    return duty(who, *hours, mode, post=draw(st.sampled_from(keys)))


@st.composite
def officers(draw: st.DrawFn, key: str, days: int) -> Officer:
    """An officer with languages, absences and perhaps duties that stay."""
    held = draw(st.lists(duties(key, ("P0", "P1", "ELSEWHERE"), days), max_size=1))
    away = draw(st.lists(spans(days), max_size=1))
    return Officer(
        key,
        draw(st.dictionaries(st.sampled_from(("fr", "ar")), LEVELS)),
        clearance=draw(st.integers(1, 4)),
        unavailable=tuple(Span(at(start), at(end)) for start, end in away),
        declined=tuple(draw(st.lists(st.sampled_from(("P0", "P1")), max_size=1))),
        held=tuple(held),
        travel_minutes=draw(st.integers(0, 90)),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Small problems, mostly with too few officers, some of it published before."""
    days = draw(st.integers(1, 4))
    crew = [f"L{n}" for n in range(draw(st.integers(1, 5)))]
    told = draw(
        st.lists(
            st.sampled_from((*crew, "gone")).flatmap(
                lambda who: duties(who, ("P0", "P1", "ELSEWHERE"), days)
            ),
            max_size=3,
            unique=True,
        )
    )
    return problem(
        [draw(posts(f"P{n}", days)) for n in range(draw(st.integers(1, 3)))],
        [draw(officers(key, days)) for key in crew],
        days=days,
        rules=Rules(step_minutes=draw(st.sampled_from((30, 60)))),
        published=tuple(told),
        order=draw(st.sampled_from((OBJECTIVE, UNCOVERED_FIRST))),
    )
