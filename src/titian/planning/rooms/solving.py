"""From a problem to a plan: hotels shared out, then floors and rooms."""

from collections.abc import Callable
from dataclasses import replace

from titian.planning.rooms.blocks import Effort, Share
from titian.planning.rooms.board import NOWHERE, Board
from titian.planning.rooms.ejecting import make_room
from titian.planning.rooms.model import ENGINE, Plan, Problem, input_hash
from titian.planning.rooms.placing import place
from titian.planning.rooms.sharing import Sharing, construct, proved
from titian.planning.rooms.stock import Blocks, Stock, needs_of
from titian.planning.search import Iterations, Stop, spent

ROUNDS = 40
TIDY = Effort(nodes=20)

type Progress = Callable[[tuple[int, int]], None]


def solve(
    problem: Problem,
    *,
    stop: Stop | None = None,
    seed: int = 42,
    proof: Effort | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Plan who sleeps where: everybody housed, each group together and near its work.

    Parameters
    ----------
    problem
        ``g`` groups, ``h`` hotels, ``p`` parties, ``r`` rooms.
    stop
        When to stop sharing the hotels out anew, asked before every round; 40 rounds
        if not said. Where groups times hotels are few the first answer is exact.
    seed
        The same problem, seed and number of rounds give the same plan, byte for byte.
    proof
        How long to think about what no plan can be below: in nodes for the same plan
        again, or seconds. Not at all if not said.
    progress
        Given unhoused and minutes of the best blocks whenever a round made them better.

    Returns
    -------
    Plan
        Every rule is kept; no free room is left that an unhoused party could have.

    Notes
    -----
    Blocks of rooms by group and hotel are a multi-commodity facility location problem
    with fixed charges, solved by ruin and recreate (Schrimpf et al. 2000) and then by
    large neighbourhood search (Shaw 1998) over programmes of ``g · h`` binaries at
    most. Rooms are given floor by floor: O(p · r / h).
    """
    stop = stop or Iterations(ROUNDS)
    board = Board(problem)
    stock = Stock(board, needs_of(problem))
    sharing = Sharing(stock, construct(stock), seed)
    rounds = _improved(sharing, stop, progress)
    blocks = sharing.blocks
    bound: tuple[tuple[str, int], ...] = ()
    if proof:
        blocks, least = proved(stock, blocks, proof)
        bound = tuple(zip(("unhoused", "spread"), least, strict=True))
    place(stock, _tidied(stock, blocks))
    make_room(board, [p for p, room in enumerate(board.at) if room == NOWHERE])
    return replace(made(board, seed, rounds), bound=bound)


def _improved(sharing: Sharing, stop: Stop, progress: Progress | None) -> int:
    """Until told to stop; the number of rounds."""
    rounds = since = 0
    while not stop(rounds, since):
        is_better = sharing.round(rounds, spent(stop, rounds))
        since = 0 if is_better else since + 1
        rounds += 1
        if is_better and progress:
            progress(sharing.value)
    return rounds


def _tidied(stock: Stock, blocks: Blocks) -> Blocks:
    """The same hotels for the same groups, with the cheapest rooms, if any costs."""
    if not any(room.price for room in stock.problem.rooms):
        return blocks
    hotels = range(len(stock.problem.hotels))
    found = Share(stock, blocks, stock.groups, hotels).cheapest(TIDY)
    return min(blocks, found, key=stock.value) if found != blocks else blocks


def made(board: Board, seed: int, rounds: int, digest: str = "", told: int = 0) -> Plan:
    """What is on the board, as a plan."""
    return Plan(
        stays=board.stays(),
        unhoused=board.unhoused(),
        objective=board.objective(told),
        seed=seed,
        engine=ENGINE,
        input_hash=digest or input_hash(board.problem),
        iterations=rounds,
    )
