"""How long to wait: pure arithmetic, with the chance handed in."""

from datetime import datetime, timedelta

from titian.channels import Rate

FIRST, LONGEST = timedelta(seconds=2), timedelta(minutes=5)
LEAST = timedelta(seconds=1)


def pause(
    failures: int,
    chance: float,
    *,
    first: timedelta = FIRST,
    longest: timedelta = LONGEST,
) -> timedelta:
    """How long to leave a carrier alone after so many failures in a row.

    Exponential with full jitter: anything up to the doubled bound, so that many who
    failed together do not come back together. ``chance`` lies in [0, 1). Source:
    Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015).

    >>> [pause(n, 0.999999).seconds for n in (1, 2, 3, 20)]
    [1, 3, 7, 299]
    >>> pause(5, 0.0)
    datetime.timedelta(seconds=1)
    """
    doublings = min(max(failures - 1, 0), 32)
    bound = min(longest, first * float(2**doublings))
    return max(LEAST, bound * chance)


def next_turn(free_at: datetime | None, rate: Rate, at: datetime) -> datetime:
    """When the next message may go, if ``free_at`` is when the books are even.

    The generic cell rate algorithm (ITU-T I.371): a burst of ``rate.at_once``, then
    one every ``1 / rate.a_second``.
    """
    allowance = timedelta(seconds=(rate.at_once - 1) / rate.a_second)
    return at if free_at is None else max(at, free_at - allowance)


def booked(free_at: datetime | None, rate: Rate, at: datetime) -> datetime:
    """When the books are even after one more message at ``at``."""
    begin = at if free_at is None else max(at, free_at)
    return begin + timedelta(seconds=1 / rate.a_second)
