"""Why this vehicle, and what would have to give where there is none."""

from typing import Any

import pytest
from hypothesis import assume, given

from tests.planning.test_trips_properties import MANY, ROUNDS
from tests.planning.trips_day import car, day, guest, problems
from titian.planning.search import Iterations
from titian.planning.trips import (
    Plan,
    Problem,
    Request,
    Vehicle,
    impossible,
    solve,
    why,
)
from titian.planning.trips.model import ENDLESS
from titian.planning.trips.solving import engine

NEAR = car("near", base="airport")
FAR = car("far", base="beach")
VAN = car("van", kind="van", base="airport")


def planned(problem: Problem) -> Plan:
    return solve(problem, stop=Iterations(1), seed=1)


def test_the_runner_up_is_named_with_what_it_would_cost() -> None:
    problem = day(guest(classes=("sedan",)), NEAR, FAR, VAN)

    reason = why(problem, planned(problem), "ingrid")

    assert (reason.vehicle, reason.eligible) == ("near", ("far",))
    assert reason.ruled_out == (("van", "class"),)
    assert (reason.runner_up, reason.regret) == ("far", (("distance", 60.0),))


def test_where_no_other_will_do_there_is_no_regret() -> None:
    problem = day(guest(vehicles=("near",)), NEAR, FAR)

    reason = why(problem, planned(problem), "ingrid")

    assert (reason.eligible, reason.runner_up, reason.regret) == ((), None, ())
    assert reason.ruled_out == (("far", "named"),)


@pytest.mark.parametrize(
    ("request_", "vehicle", "slack"),
    [
        (guest(classes=("coach",)), car(), ["class"]),
        (guest(skills=("french",)), car(), ["skill"]),
        (guest(load=(9,)), car(), ["room"]),
        (guest(ride=10), car(), ["ride"]),
        (guest(ready=(0, 5)), car(), ["window"]),
        (guest(), car(duty=30), ["duty"]),
        (guest(ride=10, skills=("french",)), car(), ["skill", "ride"]),
        (guest(vehicles=("car 1",)), car("car 2"), ["named"]),
    ],
)
def test_the_fewest_rules_that_must_give_are_named(
    request_: Request, vehicle: Vehicle, slack: list[str]
) -> None:
    problem = day(request_, vehicle)

    found = impossible(problem, planned(problem), "ingrid")

    assert [code for code, _minutes in found.slack] == slack
    assert found.vehicle == vehicle.key


def test_the_minutes_are_enough_and_no_more_than_half_a_minute_too_many() -> None:
    """Twenty minutes of road, ten allowed; fifteen too late at the airport."""
    problem = day(guest(ride=10))

    found = impossible(problem, planned(problem), "ingrid")

    ((code, minutes),) = found.slack
    assert code == "ride"
    assert 10 <= minutes <= 10.5
    assert served(day(guest(ride=10 + minutes)))
    assert not served(day(guest(ride=10 + minutes - 0.6)))


def served(problem: Problem) -> bool:
    return not planned(problem).unserved


@MANY
@given(problems())
def test_every_named_set_of_rules_is_enough_and_none_is_named_for_nothing(
    problem: Problem,
) -> None:
    """With all of them relaxed somebody could; with any one back nobody can."""
    plan = solve(problem, stop=ROUNDS, seed=3)
    assume(plan.unserved)
    key = plan.unserved[0]

    found = impossible(problem, plan, key)

    day_as_is = engine(problem, round_about=())
    day_as_is.load(plan.trips)
    assert found.slack
    assert helped(day_as_is, key, dict(found.slack)) == found.vehicle
    for code, _minutes in found.slack:
        others = {rule: ENDLESS for rule, _m in found.slack if rule != code}
        assert helped(day_as_is, key, others) is None


def helped(found: Any, key: str, slack: dict[str, float]) -> str | None:
    """Who can drive the request if these rules give."""
    with found.relaxed(key, slack):
        prices = found.prices(key)
    return found.problem.vehicles[prices[0][1]].key if prices else None
