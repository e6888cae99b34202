"""From blocks to rooms: floors kept together, neighbours side by side, doors joined."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from titian.planning.rooms.board import NOWHERE, Board
from titian.planning.rooms.model import Party
from titian.planning.rooms.rules import allows
from titian.planning.rooms.stock import Blocks, Stock


def place(stock: Stock, blocks: Blocks) -> None:
    """Give everybody in the blocks a room of their hotel, then whoever is left any.

    In each hotel those who need an accessible room come first, then secure groups on
    their floors, then the others, the weightiest first, on as few floors as possible.
    """
    board = stock.board
    for hotel, guests in sorted(_guests(stock, blocks).items()):
        _place_in(stock, blocks, hotel, guests)
    settle(board, _left(stock))


def settle(board: Board, parties: Iterable[int]) -> None:
    """Put whoever can be in the free room that costs least, the weightiest first."""
    weight = board.weight
    for party in sorted(parties, key=lambda p: (-weight[board.group[p]], p)):
        if (room := cheapest(board, party)) is not None:
            board.put(party, room)


def cheapest(board: Board, party: int) -> int | None:
    """The free room that makes the fewest minutes more; None without one."""
    rooms = (room for room in range(len(board.rooms)) if allows(board, party, room))
    return min(
        rooms, key=lambda room: (*minutes(board, party, room), room), default=None
    )


def minutes(board: Board, party: int, room: int) -> tuple[int, ...]:
    """What the room adds for the group: minutes, a floor, something special, money."""
    group, hotel = board.group[party], board.hotel[room]
    way = 0
    if group not in board.in_hotel[hotel]:
        problem = board.problem
        way = problem.rules.hotel_minutes + problem.groups[group].minutes[hotel]
    special = board.rooms[room].accessible and not board.parties[party].accessible
    new_floor = group not in board.on_floor[board.floor[room]]
    return way, new_floor, special, board.rooms[room].price


def _left(stock: Stock) -> list[int]:
    board = stock.board
    everybody = (p for members in stock.members.values() for p in members)
    return [party for party in everybody if board.at[party] == NOWHERE]


def _guests(stock: Stock, blocks: Blocks) -> dict[int, dict[int, list[int]]]:
    """Who lives in which hotel: by hotel, by group.

    Of each kind those with wishes come first, so that they live where most of the
    group does.
    """
    guests: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    wishing = _wishing(stock.board)
    for number, kind in enumerate(stock.kinds):
        members = sorted(stock.members[kind], key=lambda p: (p not in wishing, p))
        shares = [(h, c) for (k, h), c in blocks.rooms.items() if k == number]
        for hotel, count in sorted(shares, key=lambda one: (-one[1], one[0])):
            guests[hotel][kind.group] += members[:count]
            members = members[count:]
    return guests


def _wishing(board: Board) -> set[int]:
    """Whoever wishes to be near somebody, or somebody wishes to be near to."""
    found = set[int]()
    for number, party in enumerate(board.parties):
        others = [board.party[k] for k in wishes(party) if k in board.party]
        found.update(others, [number] if others else [])
    return found


def wishes(party: Party) -> tuple[str, ...]:
    """Those a party wishes to be near, or to have a door to."""
    return party.near + party.connecting


def _place_in(
    stock: Stock, blocks: Blocks, hotel: int, guests: dict[int, list[int]]
) -> None:
    board = stock.board
    weight = board.weight
    order = sorted(
        guests, key=lambda g: (not stock.secure(g), -weight[g], -len(guests[g]), g)
    )
    for is_special in (True, False):
        for group in order:
            own = blocks.floors.get((group, hotel))
            floors = own if stock.secure(group) and own else board.floors_of(hotel)
            rest = [
                p for p in guests[group] if board.parties[p].accessible == is_special
            ]
            _fill(board, list(floors), rest)


def _fill(board: Board, floors: list[int], parties: list[int]) -> None:
    """Floor by floor, the one first that takes most of them."""
    while parties and floors:
        best = max(floors, key=lambda f: (*_takes(board, f, parties), -f))
        floors.remove(best)
        rooms = board.along[best]
        for party in _in_order(board, parties):
            if (room := _best(board, party, rooms)) is not None:
                board.put(party, room)
        parties = [party for party in parties if board.at[party] == NOWHERE]


def _takes(board: Board, floor: int, parties: list[int]) -> tuple[int, bool, int]:
    """How many of them the floor takes, whether they are there, and how full it is."""
    asked = Counter(board.parties[p].category for p in parties)
    mask = board.mask[parties[0]]
    room_for: Counter[str] = Counter()
    for room in board.along[floor]:
        if not board.masks[room] & mask:
            room_for[board.rooms[room].category] += 1
    probe = {board.parties[p].category: p for p in reversed(parties)}
    for category, party in probe.items():
        rooms = [r for r in board.along[floor] if board.rooms[r].category == category]
        if not any(allows(board, party, room) for room in rooms):
            room_for[category] = 0
    takes = sum(min(count, room_for[category]) for category, count in asked.items())
    is_there = board.group[parties[0]] in board.on_floor[floor]
    return takes, is_there, -sum(room_for.values())


def _in_order(board: Board, parties: list[int]) -> list[int]:
    """Those who wish to be together one after the other, with the others behind."""
    inside, seen, order = set(parties), set(), list[int]()
    linked: dict[int, list[int]] = defaultdict(list)
    for party in parties:
        for key in wishes(board.parties[party]):
            other = board.party.get(key)
            if other in inside and other is not None:
                linked[party].append(other)
                linked[other].append(party)
    for party in sorted(parties, key=lambda p: (-len(linked[p]), p)):
        stack = [party]
        while stack:
            one = stack.pop(0)
            if one not in seen:
                seen.add(one)
                order.append(one)
                stack += [other for other in linked[one] if other not in seen]
    return order


def _best(board: Board, party: int, rooms: list[int]) -> int | None:
    """The room on the floor that meets most wishes, special only for those in need."""
    asks, mask, masks = board.parties[party], board.mask[party], board.masks
    open_ = [room for room in rooms if not masks[room] & mask]
    fit = [room for room in open_ if allows(board, party, room)]
    if not fit:
        return None
    special = asks.accessible
    links = _links(board, party)
    if not links:
        plain = (room for room in fit if board.rooms[room].accessible == special)
        return next(plain, fit[0])
    return max(
        fit,
        key=lambda r: (
            sum(_meets(board, r, *link) for link in links),
            board.rooms[r].accessible == special,
            -r,
        ),
    )


def _links(board: Board, party: int) -> list[tuple[int, bool]]:
    """With whom, and whether through a door; whichever of the two wished it."""
    asks, key = board.parties[party], board.parties[party].key
    links = [(board.party[k], False) for k in asks.near if k in board.party]
    links += [(board.party[k], True) for k in asks.connecting if k in board.party]
    links += [(other, door) for other, door in board.wished_by.get(key, ())]
    return links


def _meets(board: Board, room: int, other: int, door: bool) -> float:
    """1 if the wish is met in the room; half if a room that would meet it is free."""
    where = board.at[other]
    meets = board.joined if door else board.side_by_side
    if where != NOWHERE:
        return float(meets(room, where))
    floor = board.along[board.floor[room]]
    category = board.parties[other].category
    return 0.5 * any(
        meets(room, near)
        and not board.masks[near] & board.mask[other]
        and board.rooms[near].category == category
        for near in floor
        if near != room
    )
