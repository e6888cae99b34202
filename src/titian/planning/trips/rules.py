"""The rules of trips: one named function each, and the sentence when it is broken.

The lasting rules look at a request and a vehicle alone. The passing ones depend on who
else is aboard: they are the compiled laws of ``kernel``, and named here in the order in
which they are looked at. The last two look at several vehicles: what their requests are
bound to is a minute, so they stand in the way where else "window" would. Sentences are
message ids; ``%(vehicle)s`` and ``%(request)s`` are filled in by whoever speaks to
people.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from titian.planning.trips.model import Request, Vehicle
from titian.planning.trips.orders import Breaks, Motorcade, Pause, Shuttle

NEAR = 1e-6  # minutes that rounding may have eaten


def named(request: Request, vehicle: Vehicle) -> bool:
    """One of the vehicles asked for by name, if any is."""
    return not request.vehicles or vehicle.key in request.vehicles


def classed(request: Request, vehicle: Vehicle) -> bool:
    """Of a class that will do, if any is asked for."""
    return not request.classes or vehicle.kind in request.classes


def skilled(request: Request, vehicle: Vehicle) -> bool:
    """With every skill asked for, of driver and vehicle."""
    return set(request.skills) <= set(vehicle.skills)


def roomy(request: Request, vehicle: Vehicle) -> bool:
    """With a layout that seats all of them, were nobody else aboard."""
    return any(
        all(need <= seats for need, seats in zip(request.load, layout, strict=True))
        for layout in vehicle.layouts
    )


def rested(
    breaks: Breaks | None, leaves: float, returns: float, pauses: Sequence[Pause]
) -> bool:
    """Never on duty for longer than the breaks allow without one long enough."""
    if breaks is None:
        return True
    long = [one for one in pauses if one.ends - one.begins >= breaks.minutes - NEAR]
    begins = [leaves, *(one.ends for one in long)]
    ends = [*(one.begins for one in long), returns]
    stretches = zip(begins, ends, strict=True)
    return all(end - begin <= breaks.after + NEAR for begin, end in stretches)


def together(motorcade: Motorcade, moves_off: Mapping[str, tuple[str, float]]) -> bool:
    """All of the motorcade or none, each in a vehicle of its own, at its minute.

    ``moves_off`` are the vehicle and the minute by request, of those that are driven.
    """
    driven = [moves_off[key] for key in motorcade.requests if key in moves_off]
    if not driven:
        return True
    if len({vehicle for vehicle, _at in driven}) < len(motorcade.requests):
        return False
    minutes = [at - moves_off[motorcade.requests[0]][1] for _vehicle, at in driven]
    wanted = [number * motorcade.gap for number in range(len(minutes))]
    return all(abs(a - b) <= NEAR for a, b in zip(minutes, wanted, strict=True))


def frequent(shuttle: Shuttle, departures: Sequence[tuple[float, int]]) -> bool:
    """Whether the line keeps its headway, and all get away before they wait too long.

    ``departures`` are the minute and the seats, in order.
    """
    minutes = [shuttle.opens, *(at for at, _seats in departures), shuttle.closes]
    if any(then - now > shuttle.headway + NEAR for now, then in pairwise(minutes)):
        return False
    came = sorted(c.at for c in shuttle.crowds for _one in range(c.people))
    for at, seats in departures:
        aboard = [minute for minute in came if minute <= at + NEAR][:seats]
        if aboard and at - aboard[0] > shuttle.longest_wait + NEAR:
            return False
        came = came[len(aboard) :]
    return not came


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its code and the sentence when it is broken."""

    code: str
    sentence: str
    keeps: Callable[[Request, Vehicle], bool] | None = None


LASTING = (
    Rule("named", "%(request)s is to be driven by another vehicle.", named),
    Rule("class", "%(vehicle)s is not of a class that suits %(request)s.", classed),
    Rule("skill", "%(vehicle)s lacks something that %(request)s needs.", skilled),
    Rule("room", "%(vehicle)s is too small for %(request)s.", roomy),
)
PASSING = (
    Rule("window", "%(vehicle)s cannot be there in time for %(request)s."),
    Rule(
        "ride",
        "With %(request)s in %(vehicle)s, somebody would ride for too long.",
    ),
    Rule(
        "duty",
        "With %(request)s, the driver of %(vehicle)s would be on duty for too long.",
    ),
    Rule(
        "break",
        "With %(request)s, the driver of %(vehicle)s would have no break in time.",
    ),
    Rule("seat", "%(vehicle)s has no seat left for %(request)s on that way."),
)
BOUND = (
    Rule(
        "motorcade",
        "%(vehicle)s cannot take the place of %(request)s in its motorcade.",
    ),
    Rule(
        "headway",
        "%(vehicle)s cannot leave with %(request)s at its minute: people would wait.",
    ),
)
RULES = LASTING + PASSING + BOUND
SENTENCES = {rule.code: rule.sentence for rule in RULES}


def lasting(request: Request, vehicle: Vehicle) -> tuple[str, ...]:
    """The codes of all lasting rules that the two break, in their order."""
    return tuple(
        rule.code for rule in LASTING if rule.keeps and not rule.keeps(request, vehicle)
    )
