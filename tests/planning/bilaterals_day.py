"""A small invented afternoon of bilaterals: four leaders, two rooms, six slots.

Slots are quarters of an hour. Leaders, rooms and meetings come with what most tests
want; the republics are invented.
"""

from hypothesis import strategies as st

from titian.planning.bilaterals import (
    EVER,
    Held,
    Interpreters,
    Leader,
    Meeting,
    Plan,
    Problem,
    Room,
    Rules,
    Span,
)

LEADERS = ("arn", "bor", "cal", "dun")
TONGUES = ("ar", "fr")


def leader(key: str = "arn", *free: tuple[int, int], level: int = 4) -> Leader:
    """A leader with these hours, or all."""
    return Leader(key, level, tuple(Span(*one) for one in free) or EVER)


def meeting(
    sides: str = "arn bor",
    *within: tuple[int, int],
    length: int = 1,
    people: int = 6,
    languages: tuple[str, ...] = (),
    rooms: tuple[str, ...] = (),
    weight: int | None = None,
) -> Meeting:
    """The sides name the meeting."""
    hours = tuple(Span(*one) for one in within) or EVER
    return Meeting(
        sides, tuple(sides.split()), length, people, languages, hours, rooms, weight
    )


def room(key: str = "lotus", seats: int = 8, level: int = 7) -> Room:
    """A room for eight."""
    return Room(key, seats, level)


def afternoon(
    *what: Leader | Room | Meeting | Interpreters | Held,
    days: tuple[int, ...] = (6,),
    rules: Rules | None = None,
) -> Problem:
    """A problem of these; the four leaders and one room where none is given."""

    def of[T](kind: type[T]) -> tuple[T, ...]:
        return tuple(one for one in what if isinstance(one, kind))

    named = {one.key for one in of(Leader)}
    others = tuple(leader(key) for key in LEADERS if key not in named)
    return Problem(
        days,
        of(Leader) + others,
        of(Room) or (room(),),
        of(Meeting),
        of(Interpreters),
        of(Held),
        rules or Rules(),
    )


def published(*held: Held, refused: tuple[str, ...] = ()) -> Plan:
    """What people were told, of whatever problem."""
    assert not refused
    return Plan(held, (), (), 1, "by hand", "")


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """All hours, or one or two stretches of them."""
    if draw(st.booleans()):
        return EVER
    ends = sorted(draw(st.sets(st.integers(0, 10), min_size=2, max_size=4)))
    return tuple(
        Span(first, after) for first, after in zip(ends[::2], ends[1::2], strict=False)
    )


@st.composite
def meetings(draw: st.DrawFn, sides: tuple[str, str]) -> Meeting:
    """Two who wish to meet, some of them in ways that can never be."""
    return Meeting(
        " ".join(sides),
        sides,
        draw(st.integers(1, 3)),
        draw(st.sampled_from([4, 8, 20])),
        draw(st.sampled_from([(), TONGUES])),
        draw(spans()),
        draw(st.sampled_from([(), ("lotus",)])),
        draw(st.sampled_from([None, 3])),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to six meetings of four leaders on two short days."""
    pairs = [(a, b) for a in LEADERS for b in LEADERS if a < b]
    asked = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6))
    return Problem(
        draw(st.sampled_from([(6,), (5, 5)])),
        tuple(Leader(k, draw(st.integers(1, 7)), draw(spans())) for k in LEADERS),
        (
            Room("lotus", 8, 7, draw(spans())),
            Room("teak", 8, draw(st.sampled_from([3, 7]))),
            Room("banyan", 20),
        )[: draw(st.integers(1, 3))],
        tuple(draw(meetings(pair)) for pair in asked),
        (Interpreters(TONGUES, draw(st.integers(0, 1))),),
        rules=Rules(
            reset=draw(st.integers(0, 1)),
            pause=draw(st.integers(0, 2)),
            spread=draw(st.integers(0, 2)),
        ),
    )
