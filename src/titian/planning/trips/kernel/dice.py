"""Dice: the same throws from the same seed, on every machine and in every order.

numba's own generator is one for a whole thread: two searches side by side would throw
each other's dice.
"""

import numpy as np

from titian.planning.compiled import inlined
from titian.planning.trips.kernel.arrays import Dice


def dice(seed: int) -> Dice:
    """Dice for a seed, any integer."""
    return np.array([seed % 2**64], dtype=np.uint64)


@inlined
def throw(state: Dice) -> float:
    """A number in [0, 1): splitmix64 (Steele, Lea & Flood 2014)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return float(z >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@inlined
def below(state: Dice, limit: int) -> int:
    """A whole number in [0, limit)."""
    return int(throw(state) * limit)
