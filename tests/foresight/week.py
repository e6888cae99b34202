"""An invented week in small: six delegations, three days, officers enough but one."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.people.cast import guard, make_officer
from tests.scene import make_arrival
from tests.world import HOUR, NOON, World, make_party
from titian.foresight.commands.cover import propose
from titian.foresight.models import Proposal
from titian.logistics.models import Journey
from titian.people.models import Delegation, Officer
from titian.places.models import Place

DAY = timedelta(days=1)
MORNING = NOON - 12 * HOUR
LAST_NIGHT = MORNING + 3 * DAY


@dataclass(frozen=True)
class Week:
    """The world, with days to plan."""

    world: World
    delegations: tuple[Delegation, ...]
    speakers: tuple[Officer, ...]
    """The three who speak Arunika's Arabic."""


def make_week(world: World, *, officers: int = 14, delegations: int = 6) -> Week:
    """Six ministers land at noon, are guarded from eight to eight, and leave."""
    world.event.starts_on, world.event.ends_on = date(2027, 5, 1), date(2027, 5, 3)
    world.event.save()
    guard(world)
    rows = [world.arunika, world.selaya]
    for n in range(delegations - len(rows)):
        party = make_party(f"IS{n}", f"Isle {n}", "state")
        rows.append(
            Delegation.objects.create(party=party, event=world.event, level="minister")
        )
    world.arunika.party.languages = ["ar"]
    world.arunika.party.save()
    for n, row in enumerate(rows):
        make_arrival(world, NOON, delegation=row, code=f"A{n}")
        make_departure(world, row, f"D{n}")
    world.officer.clearance = 1
    world.officer.save()
    world.assignment.delegation = world.selaya  # Marco speaks no Arabic
    world.assignment.save()
    speakers = [
        make_officer(world, name, f"LO-A{n}", speaks={"ar": "B2"})
        for n, name in enumerate(("Aya", "Bilal", "Dunya"))
    ]
    for n in range(officers - len(speakers) - 1):
        make_officer(world, f"Officer{n}", f"LO-B{n:02}", speaks={"en": "C1"})
    return Week(world, tuple(rows), tuple(speakers))


def make_departure(world: World, row: Delegation, code: str) -> None:
    """They leave on the third day at six in the evening."""
    Journey.objects.create(
        event=world.event,
        delegation=row,
        code=code,
        kind=Journey.Kind.DEPARTURE,
        planned_at=LAST_NIGHT - 6 * HOUR,
        airport=Place.objects.get(code="SKY"),
    )


def proposal_of(week: Week, **more: object) -> Proposal:
    """A short search: the same plan each time."""
    given = {"iterations": 20, "actor": week.world.wati, "at": NOON, **more}
    return propose(week.world.event.pk, **given)  # type: ignore[arg-type]
