"""Whether the same question is answered with the same bytes, time after time (T11)."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any


def alike(times: int, answer: Callable[[], Any]) -> str:
    """How many of so many answers are the first to the byte: "20 of 20"."""
    found = [json.dumps(answer(), default=str) for _time in range(times)]
    return f"{sum(one == found[0] for one in found)} of {times}"


def is_alike(told: str) -> bool:
    """Whether all of them were."""
    same, _of, times = told.split()
    return same == times


def take_again(reader: ArgumentParser, times: int = 0) -> None:
    """Let the reader take ``--again``."""
    reader.add_argument(
        "--again", type=int, default=times, help="plans that must agree to the byte"
    )
