"""Rules that give for one request: the arrays changed for a moment, then put back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from titian.planning.trips.kernel.arrays import FAR, Data
from titian.planning.trips.model import Problem
from titian.planning.trips.rules import LASTING


@contextmanager
def slackened(
    problem: Problem, data: Data, row: int, slack: Mapping[str, float]
) -> Iterator[None]:
    """These rules give by so many minutes for the request numbered ``row``.

    "room" and "seat" give together with the seats: nobody is counted. "duty" gives for
    every driver: in a duty, and at the end of the shift; so does "break", before one.
    """
    kept = [array.copy() for array in data[1:] if isinstance(array, np.ndarray)]
    arrays = [array for array in data[1:] if isinstance(array, np.ndarray)]
    nodes = [row, row + data.requests]
    data.allowed[:, row] = _allowed(problem, data, row, slack)
    if "room" in slack or "seat" in slack:
        data.load[nodes] = 0
    if "window" in slack:
        data.opens[nodes] = np.maximum(data.opens[nodes] - slack["window"], 0.0)
        data.closes[nodes] = np.minimum(data.closes[nodes] + slack["window"], FAR)
    if "ride" in slack:
        data.ride[row] = min(data.ride[row] + slack["ride"], FAR)
    if "duty" in slack:
        ends = slice(2 * data.requests + 2, None, 2)
        data.longest[:] = np.minimum(data.longest + slack["duty"], FAR)
        data.closes[ends] = np.minimum(data.closes[ends] + slack["duty"], FAR)
    if "break" in slack:
        data.break_after[:] = np.minimum(data.break_after + slack["break"], FAR)
    try:
        yield
    finally:
        for array, before in zip(arrays, kept, strict=True):
            array[...] = before


def _allowed(
    problem: Problem, data: Data, row: int, slack: Mapping[str, float]
) -> list[bool]:
    """By kind: whether the lasting rules that do not give are kept."""
    request = problem.requests[row - 1]
    first = {int(kind): at for at, kind in reversed(list(enumerate(data.kind)))}
    strict = [rule.keeps for rule in LASTING if rule.code not in slack and rule.keeps]
    return [
        all(keeps(request, problem.vehicles[first[kind]]) for keeps in strict)
        for kind in range(data.allowed.shape[0])
    ]
