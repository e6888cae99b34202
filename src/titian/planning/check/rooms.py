"""Does a plan of rooms keep its word? Read from the problem alone, stay by stay."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from titian.planning.rooms.model import Group, Party, Plan, Problem, Room

type Home = tuple[Party, Room]


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule broken: its code, and by whom."""

    code: str
    who: str
    by: int = 0


def violations(problem: Problem, plan: Plan, *, told: int = 0) -> tuple[Violation, ...]:
    """Everything that is wrong with the plan; nothing if it may be shown to a person.

    Parameters
    ----------
    problem, plan
        ``p`` parties, ``r`` rooms, ``n`` nights.
    told
        What the level "told" must come to; 0 if nothing was announced before.

    Returns
    -------
    tuple[Violation, ...]
        Codes: twice, unknown, names, category, standard, accessible, free, apart,
        security, lost, objective.

    Notes
    -----
    No code is shared with the solver. O(p · n + r).
    """
    return tuple(_violations(problem, plan, told))


def _violations(problem: Problem, plan: Plan, told: int) -> Iterator[Violation]:
    parties = {party.key: party for party in problem.parties}
    rooms = {room.key: room for room in problem.rooms}
    times = Counter(stay.party for stay in plan.stays)
    yield from (Violation("twice", key) for key, count in times.items() if count > 1)
    homes: list[Home] = []
    for stay in plan.stays:
        if stay.party not in parties or stay.room not in rooms:
            yield Violation("unknown", stay.party)
            continue
        homes.append((parties[stay.party], rooms[stay.room]))
        if stay.names != parties[stay.party].names:
            yield Violation("names", stay.party)
    yield from _alone(problem, homes)
    yield from _nights(homes)
    yield from _company(problem, homes)
    for key in parties:
        if (key in times) == (key in plan.unhoused):
            yield Violation("lost", key)
    yield from _objective(problem, plan, homes, told)


def _alone(problem: Problem, homes: list[Home]) -> Iterator[Violation]:
    """What is wrong with a room whoever else is in the house."""
    standards = {hotel.key: hotel.standard for hotel in problem.hotels}
    groups = {group.key: group for group in problem.groups}
    for party, room in homes:
        if party.category != room.category:
            yield Violation("category", party.key)
        if standards[room.hotel] < groups[party.group].standard:
            yield Violation("standard", party.key)
        if party.accessible and not room.accessible:
            yield Violation("accessible", party.key)


def _nights(homes: list[Home]) -> Iterator[Violation]:
    """No room has two parties in one night."""
    taken: set[tuple[str, int]] = set()
    for party, room in homes:
        nights = {(room.key, night) for night in range(party.first, party.last + 1)}
        if nights & taken:
            yield Violation("free", party.key)
        taken |= nights


def _company(problem: Problem, homes: list[Home]) -> Iterator[Violation]:
    """Nobody is with those they must not meet, nor on another's own floor."""
    groups = {group.key: group for group in problem.groups}
    hotels: dict[str, set[str]] = defaultdict(set)
    floors: dict[tuple[str, int], set[str]] = defaultdict(set)
    for party, room in homes:
        hotels[room.hotel].add(party.group)
        floors[room.hotel, room.floor].add(party.group)
    for there in hotels.values():
        for key in sorted(there):
            if there.intersection(groups[key].apart):
                yield Violation("apart", key)
    for there in floors.values():
        if len(there) > 1:
            for key in sorted(there):
                if groups[key].secure:
                    yield Violation("security", key)


def _objective(
    problem: Problem, plan: Plan, homes: list[Home], told: int
) -> Iterator[Violation]:
    """What the plan says of itself is what it is."""
    groups = {group.key: group for group in problem.groups}
    weight = {
        key: problem.rules.weight[group.level - 1] for key, group in groups.items()
    }
    left = set(plan.unhoused)
    found = {
        "unhoused": sum(weight[p.group] for p in problem.parties if p.key in left),
        "told": told,
        "spread": _spread(problem, groups, homes),
        "near": _missed(homes, weight),
        "floors": len({(p.group, room.hotel, room.floor) for p, room in homes}),
        "price": sum(room.price * (p.last - p.first + 1) for p, room in homes),
    }
    if [level for level, _value in plan.objective] != list(problem.order):
        yield Violation("objective", "order")
    for level, value in plan.objective:
        if found.get(level) != value:
            yield Violation("objective", level, value - found.get(level, 0))


def _spread(problem: Problem, groups: dict[str, Group], homes: list[Home]) -> int:
    column = {hotel.key: number for number, hotel in enumerate(problem.hotels)}
    return sum(
        problem.rules.hotel_minutes + groups[key].minutes[column[hotel]]
        for key, hotel in {(party.group, room.hotel) for party, room in homes}
    )


def _missed(homes: list[Home], weight: dict[str, int]) -> int:
    """Wishes that are not met, by the weight of those who have them."""
    where = {party.key: room for party, room in homes}
    missed = 0
    for party, room in homes:
        for key in party.near:
            other = where.get(key)
            met = (
                other is not None
                and (room.hotel, room.floor) == (other.hotel, other.floor)
                and room.position - other.position in (-1, 1)
            )
            missed += 0 if met else weight[party.group]
        for key in party.connecting:
            other = where.get(key)
            met = other is not None and (
                other.key in room.doors or room.key in other.doors
            )
            missed += 0 if met else weight[party.group]
    return missed
