"""The rooming list: who sleeps where, as the hotel wants to read it."""

from dataclasses import dataclass

from titian.planning.rooms.model import Plan, Problem


@dataclass(frozen=True, slots=True)
class Line:
    """A room with those in it, their nights, and the rooms it has a door to."""

    hotel: str
    floor: int
    room: str
    category: str
    group: str
    names: tuple[str, ...]
    first: int
    last: int
    doors: tuple[str, ...]


def listing(problem: Problem, plan: Plan) -> tuple[Line, ...]:
    """All stays by hotel, floor and position, and by night in the same room."""
    rooms = {room.key: room for room in problem.rooms}
    parties = {party.key: party for party in problem.parties}
    found = []
    for stay in plan.stays:
        room, party = rooms[stay.room], parties[stay.party]
        nights = party.first, party.last
        where = room.hotel, room.floor, room.key
        line = Line(*where, room.category, party.group, stay.names, *nights, room.doors)
        found.append(((room.hotel, room.floor, room.position, *nights), line))
    return tuple(line for _key, line in sorted(found, key=lambda one: one[0]))
