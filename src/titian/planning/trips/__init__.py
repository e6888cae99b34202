"""Trips: for every guest a seat, in time, and never aboard for longer than promised."""

from titian.planning.trips.explain import Reason, Relaxation, impossible, why
from titian.planning.trips.model import (
    ENGINE,
    OBJECTIVE,
    Halt,
    Plan,
    Problem,
    Request,
    Rules,
    Stop,
    Trip,
    Vehicle,
    Window,
    as_data,
    input_hash,
    longest_ride,
)
from titian.planning.trips.orders import (
    Breaks,
    Crowd,
    Motorcade,
    Pause,
    Shuttle,
)
from titian.planning.trips.repair import Repair, repair
from titian.planning.trips.rules import RULES, SENTENCES
from titian.planning.trips.solving import solve
from titian.planning.trips.timetable import Departure, timetable, timetabled

__all__ = [
    "ENGINE",
    "OBJECTIVE",
    "RULES",
    "SENTENCES",
    "Breaks",
    "Crowd",
    "Departure",
    "Halt",
    "Motorcade",
    "Pause",
    "Plan",
    "Problem",
    "Reason",
    "Relaxation",
    "Repair",
    "Request",
    "Rules",
    "Shuttle",
    "Stop",
    "Trip",
    "Vehicle",
    "Window",
    "as_data",
    "impossible",
    "input_hash",
    "longest_ride",
    "repair",
    "solve",
    "timetable",
    "timetabled",
    "why",
]
