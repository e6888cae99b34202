"""The rules of trips: one named function each, and the sentence when it is broken.

The lasting rules look at a request and a vehicle alone. The passing ones depend on who
else is aboard: they are the compiled laws of ``kernel.laws``, and named here in the
order in which they are looked at. Sentences are message ids; ``%(vehicle)s`` and
``%(request)s`` are filled in by whoever speaks to people.
"""

from collections.abc import Callable
from dataclasses import dataclass

from titian.planning.trips.model import Request, Vehicle


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
    Rule("seat", "%(vehicle)s has no seat left for %(request)s on that way."),
)
RULES = LASTING + PASSING
SENTENCES = {rule.code: rule.sentence for rule in RULES}


def lasting(request: Request, vehicle: Vehicle) -> tuple[str, ...]:
    """The codes of all lasting rules that the two break, in their order."""
    return tuple(
        rule.code for rule in LASTING if rule.keeps and not rule.keeps(request, vehicle)
    )
