"""A small town with two hotels, and whoever wants to sleep in it."""

from typing import Any

from hypothesis import strategies as st

from titian.planning.rooms import Group, Hotel, Party, Problem, Room


def group(key: str = "A", level: int = 3, **said: Any) -> Group:
    """A delegation that works 5 minutes from the first hotel, 20 from the second."""
    return Group(key, level, said.pop("minutes", (5, 20)), **said)


def party(key: str = "A1", **said: Any) -> Party:
    """Somebody of the group whose letter begins the key."""
    return Party(key, key[0], said.pop("category", "twin"), (f"Guest {key}",), **said)


def hotel(key: str, rooms: int, floors: int = 1, **said: Any) -> tuple[Room, ...]:
    """So many twin rooms a floor, one beside the other, the first two joined."""
    said.setdefault("category", "twin")
    return tuple(
        Room(
            f"{key}{floor}{n}",
            key,
            floor=floor,
            position=n,
            doors=(f"{key}{floor}1",) if n == 0 else (),
            **said,
        )
        for floor in range(1, floors + 1)
        for n in range(rooms)
    )


def town(
    parties: tuple[Party, ...],
    rooms: tuple[Room, ...],
    groups: tuple[Group, ...] = (group(),),
    **said: Any,
) -> Problem:
    """The hotels H and I, of four and five stars."""
    hotels = Hotel("H", 4), Hotel("I", 5)
    return Problem(groups, parties, hotels, rooms, **said)


@st.composite
def towns(draw: st.DrawFn) -> Problem:
    """Any small town: three groups, two hotels, a few nights."""
    flag = st.sampled_from([False, False, True])
    groups = tuple(
        group(
            key,
            draw(st.integers(1, 7)),
            minutes=(draw(st.integers(0, 40)), draw(st.integers(0, 40))),
            standard=draw(st.sampled_from([0, 0, 5])),
            secure=draw(flag),
            apart=("A",) if key == "C" and draw(flag) else (),
        )
        for key in "ABC"
    )
    parties = tuple(
        _party(draw, f"{one.key}{n}")
        for one in groups
        for n in range(draw(st.integers(0, 4)))
    )
    rooms = tuple(
        Room(
            f"{key}{floor}{n}",
            key,
            draw(st.sampled_from(["twin", "twin", "suite"])),
            floor,
            n,
            draw(flag),
            (f"{key}{floor}{n + 1}",) if draw(flag) else (),
            draw(st.integers(0, 3)),
        )
        for key in "HI"
        for floor in range(1, draw(st.integers(1, 3)))
        for n in range(draw(st.integers(0, 4)))
    )
    return town(parties, rooms, groups)


def _party(draw: st.DrawFn, key: str) -> Party:
    first = draw(st.integers(0, 2))
    wish = st.sampled_from([(), (), (f"{key[0]}0",)])
    return party(
        key,
        category=draw(st.sampled_from(["twin", "twin", "suite"])),
        first=first,
        last=first + draw(st.integers(0, 2)),
        accessible=draw(st.sampled_from([False, False, False, True])),
        near=draw(wish) if key[1] != "0" else (),
        connecting=draw(wish) if key[1] != "0" else (),
    )
