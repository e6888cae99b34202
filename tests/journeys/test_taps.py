"""How often each side presses for a request; seconds are printed, never asserted."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import DESK, PHONE, Enter
from tests.journeys.counting import Count, Side, exact, routine

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("story", "taps"),
    [
        (routine, {"guest": 2, "officer": 2, "desk": 2}),
        # to be said back costs the officer and the desk what it is worth
        (exact, {"guest": 2, "officer": 4, "desk": 3}),
    ],
    ids=["routine", "exact"],
)
def test_each_side_presses_no_more_than_this(
    enter: Enter, story: Callable[[Count], list[Side]], taps: dict[str, int]
) -> None:
    guest, desk = enter("focal-point", PHONE), enter("transport", DESK)
    officer = enter("officer-arn", PHONE)
    desk.goto(desk.url.split("/", 3)[0] + "//" + desk.url.split("/")[2] + "/asks/")

    found = story(Count(guest, officer, desk))

    for side in found:
        print(f"{story.__name__} {side.name}: {side.taps} taps {side.seconds:.2f} s")
    assert {side.name: side.taps for side in found} == taps
