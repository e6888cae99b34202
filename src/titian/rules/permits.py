"""When a permit is late. Pure: days in, a word out."""

from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=3)
CLOSE = timedelta(days=2)


class Standing(StrEnum):
    """How a permit stands on a day; the words are the design's states."""

    OK = "ok"
    CALM = "calm"
    LATE = "late"
    RED = "red"
    STILL = "still"


def apply_by(needed_on: date, lead_days: int) -> date:
    """The last day on which the paper can go to the authority and be back in time.

    >>> apply_by(date(2022, 11, 12), 30)
    datetime.date(2022, 10, 13)
    """
    return needed_on - timedelta(days=lead_days)


def standing(state: str, needed_on: date, lead_days: int, on: date) -> Standing:
    """Red once the last day to apply has passed, or the need is here and unsettled.

    >>> needed = date(2022, 11, 12)
    >>> days = (date(2022, 10, 1), date(2022, 10, 11), date(2022, 10, 14))
    >>> [standing("declared", needed, 30, day).value for day in days]
    ['calm', 'late', 'red']
    """
    if state == "granted":
        return Standing.OK
    if state == "withdrawn":
        return Standing.STILL
    if state == "refused":
        return Standing.RED
    last = apply_by(needed_on, lead_days) if state == "declared" else needed_on
    if on > last or on >= needed_on:
        return Standing.RED
    margin = SOON if state == "declared" else CLOSE
    return Standing.LATE if on >= last - margin else Standing.CALM
