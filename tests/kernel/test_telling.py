"""An hour is written as the reader writes it, with day and zone where needed."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import translation

from tests.world import NOON, World
from titian.kernel import telling

SOURCE = Path(__file__).resolve().parents[2] / "src" / "titian"


@pytest.mark.parametrize(
    ("language", "ahead", "zone", "words"),
    [
        ("en", 0, "", "12:00"),
        ("id", 0, "", "12.00"),
        ("en", 12, "", "Sun 2 May 00:00"),  # another day is told
        ("id", 12, "", "Min 2 Mei 00.00"),
        ("en", 0, "Asia/Makassar", "20:00 WITA"),  # and so is another zone
        ("id", 0, "Europe/Paris", "14.00 Paris"),
    ],
)
def test_day_and_zone_are_told_only_where_they_could_be_mistaken(
    world: World, language: str, ahead: int, zone: str, words: str
) -> None:
    then = NOON + timedelta(hours=ahead)

    with translation.override(language):
        told = telling.hour_near(world.event, then, near=NOON, zone=zone)

    assert told == words


@pytest.mark.parametrize(
    ("language", "hours", "words"),
    [
        ("en", 1, "1 May 12:00–13:00"),
        ("id", 1, "1 Mei 12.00–13.00"),
        ("en", 13, "1 May 12:00–2 May 01:00"),
    ],
)
def test_a_span_tells_its_second_day_only_if_it_is_another(
    world: World, language: str, hours: int, words: str
) -> None:
    with translation.override(language):
        told = telling.span(world.event, NOON, NOON + timedelta(hours=hours))

    assert told == words


def test_how_an_hour_is_written_is_said_in_one_place() -> None:
    said = [
        page.relative_to(SOURCE).as_posix()
        for page in SOURCE.rglob("*.py")
        if re.search(r"%H\.%M", page.read_text("utf-8"))
    ]

    assert said == ["kernel/telling.py"]
