"""Each rule of trips, by itself, on three lines of data."""

from dataclasses import replace

import pytest
from django.utils import translation

from tests.planning.trips_day import car, day, guest, line
from titian.foresight.sentences import TRIP_RULES
from titian.planning.trips import (
    Breaks,
    Crowd,
    Motorcade,
    Pause,
    Plan,
    Problem,
    Request,
    Vehicle,
)
from titian.planning.trips import rules as law
from titian.planning.trips.explain import why
from titian.planning.trips.rules import RULES, SENTENCES
from titian.planning.trips.solving import engine


@pytest.mark.parametrize(("asked", "keeps"), [((), True), (("car 2",), False)])
def test_a_vehicle_asked_for_by_name_is_the_only_one(
    asked: tuple[str, ...], keeps: bool
) -> None:
    assert law.named(guest(vehicles=asked), car("car 1")) is keeps


@pytest.mark.parametrize(
    ("asked", "keeps"), [((), True), (("van",), False), (("van", "sedan"), True)]
)
def test_a_vehicle_is_of_a_class_that_will_do(
    asked: tuple[str, ...], keeps: bool
) -> None:
    assert law.classed(guest(classes=asked), car(kind="sedan")) is keeps


@pytest.mark.parametrize(("asked", "keeps"), [(("french",), True), (("lift",), False)])
def test_driver_and_vehicle_have_what_is_needed(
    asked: tuple[str, ...], keeps: bool
) -> None:
    assert law.skilled(guest(skills=asked), car(skills=("french", "arabic"))) is keeps


@pytest.mark.parametrize(
    ("load", "keeps"),
    [
        ((3, 0), True),
        ((1, 1), True),  # with a seat folded away
        ((3, 1), False),  # not both at once
    ],
)
def test_some_layout_seats_all_of_them(load: tuple[int, int], keeps: bool) -> None:
    assert law.roomy(guest(load=load), car(seats=((3, 0), (1, 1)))) is keeps


def rule_in_the_way(wayan: Request, *others: Request, vehicle: Vehicle) -> str:
    """The first rule between Wayan and a vehicle that drives the others."""
    problem: Problem = day(wayan, *others, vehicle)
    found = engine(problem, round_about=())
    found.bar([wayan.key])
    found.construct()
    assert found.unserved() == (wayan.key,)
    codes = [*(rule.code for rule in law.PASSING), "free"]
    broken: int = found.first_broken(wayan.key, 0)
    return codes[broken]


INGRID = guest(load=(2,), ready=(60, 60), due=(0, 85))


@pytest.mark.parametrize(
    ("wayan", "vehicle", "rule"),
    [
        # Two and two are more than three, on the same way at the same hour.
        (guest("wayan", load=(2,), ready=(60, 70), due=(0, 85)), car(), "seat"),
        # At the beach when Ingrid is at the airport.
        (guest("wayan", "beach", "hall", ready=(60, 60)), car(), "window"),
        # The way takes 50 minutes.
        (guest("wayan", drop="beach", ride=40, ready=(200, 210)), car(), "ride"),
        # Home at 85, and out again at 220.
        (guest("wayan", ready=(240, 250)), car(duty=120), "duty"),
        # The same, and only ten minutes to rest between 85 and the way at 95.
        (
            guest("wayan", ready=(115, 116)),
            replace(car(), breaks=Breaks(60, 20)),
            "break",
        ),
        (guest("wayan", ready=(240, 250)), car(), "free"),
    ],
)
def test_the_first_rule_in_the_way_is_named(
    wayan: Request, vehicle: Vehicle, rule: str
) -> None:
    assert rule_in_the_way(wayan, INGRID, vehicle=vehicle) == rule


@pytest.mark.parametrize(
    ("pauses", "keeps"),
    [
        ((), False),  # 300 minutes of duty
        ((Pause("hotel", 170, 200),), True),
        ((Pause("hotel", 170, 190),), False),  # ten minutes short
        ((Pause("hotel", 320, 350),), False),  # too late
    ],
)
def test_a_driver_has_a_break_in_time(pauses: tuple[Pause, ...], keeps: bool) -> None:
    assert law.rested(Breaks(180, 30), 60, 360, pauses) is keeps
    assert law.rested(None, 60, 360, pauses)


@pytest.mark.parametrize(
    ("second", "keeps"),
    [
        (("car 2", 101.0), True),
        (("car 2", 102.0), False),  # a gap too wide
        (("car 1", 101.0), False),  # the same car
        (None, False),  # the leader alone
    ],
)
def test_a_motorcade_is_together_or_not_there(
    second: tuple[str, float] | None, keeps: bool
) -> None:
    driven = {"escort": ("car 1", 100.0)} | ({"leader": second} if second else {})
    assert law.together(Motorcade("m", ("escort", "leader"), 100, 1), driven) is keeps
    assert law.together(Motorcade("m", ("escort", "leader"), 100, 1), {})


@pytest.mark.parametrize(
    ("departures", "keeps"),
    [
        ([(115, 3), (130, 2), (190, 1)], True),
        ([(116, 3), (130, 2), (190, 1)], False),  # waited 16 minutes
        ([(115, 3), (130, 1), (190, 1)], False),  # one is left
        ([(115, 3), (130, 2)], False),  # nothing for 90 minutes
    ],
)
def test_a_shuttle_keeps_its_headway_and_nobody_waits_too_long(
    departures: list[tuple[float, int]], keeps: bool
) -> None:
    bus = line(Crowd(100, 3), Crowd(115, 2))
    assert law.frequent(bus, departures) is keeps


def test_every_rule_has_a_sentence_with_both_names() -> None:
    assert len(SENTENCES) == len(RULES) == 11
    for sentence in SENTENCES.values():
        assert "ingrid" in sentence % {"vehicle": "car 1", "request": "ingrid"}


def test_nobody_asks_why_of_whom_nobody_drives() -> None:
    problem = day(guest())
    nothing = Plan((), ("ingrid",), (), 1, "by hand", "")

    with pytest.raises(ValueError, match="Nobody drives ingrid"):
        why(problem, nothing, "ingrid")


def test_every_sentence_is_said_in_both_languages() -> None:
    with translation.override("en"):
        assert {code: str(words) for code, words in TRIP_RULES.items()} == SENTENCES
    with translation.override("id"):
        assert not set(map(str, TRIP_RULES.values())) & set(SENTENCES.values())
