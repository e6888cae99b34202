"""Templates, incidents and calls that a test may begin with."""

from datetime import date, timedelta
from typing import Any

from tests.world import MINUTE, NOON, World, make_party, make_person, with_account
from titian.kernel.actor import Actor
from titian.loop.commands import playbooks
from titian.loop.commands.incidents import raise_alarm
from titian.loop.models import Anchor, Incident, Playbook, PlaybookLine, Run, Step
from titian.people.models import Officer, Party, Seat

DAY = timedelta(days=1)


def book(world: World, kind: str = Playbook.Kind.TIMELINE, **more: Any) -> Playbook:
    """A template of the lagoon games, which begin a week from noon."""
    world.event.starts_on = date(2027, 5, 8)
    world.event.ends_on = date(2027, 5, 12)
    world.event.save()
    code = more.pop("code", f"the-{kind}")
    return Playbook.objects.create(
        event=world.event, code=code, kind=kind, name_en="List", **more
    )


def line(
    playbook: Playbook,
    code: str,
    days: float,
    *after: str,
    owner: Party | None = None,
    anchor: str = Anchor.START,
    **more: Any,
) -> PlaybookLine:
    """A line due so many days after the anchor, one day's work."""
    return PlaybookLine.objects.create(
        playbook=playbook,
        code=code,
        what_en=code.capitalize(),
        what_id=f"{code} (id)",
        anchor=anchor,
        offset=days * DAY,
        takes=more.pop("takes", DAY),
        owner=owner,
        depends_on=list(after),
        **more,
    )


def timeline(world: World) -> dict[str, Step]:
    """Pontoon, boats, race: each waits for the one before; the boat desk's."""
    playbook = book(world)
    line(playbook, "pontoon", -5, owner=world.boats)
    line(playbook, "boats", -3, "pontoon", owner=world.boats)
    line(playbook, "race", 0, "boats", owner=world.boats)
    line(playbook, "dinner", -1, owner=world.kitchen)
    run = playbooks.run(playbook.pk, actor=world.wati, at=NOON)
    return steps_of(run)


def steps_of(run: Run) -> dict[str, Step]:
    return {step.code: step for step in run.steps.select_related("run", "event")}


def fire_book(world: World) -> Playbook:
    """What to do in a fire: out, then count; the commander calls the embassy."""
    playbook = book(world, Playbook.Kind.EMERGENCY, alarm="fire", code="fire")
    near: dict[str, Any] = {"anchor": Anchor.ALARM, "takes": MINUTE}
    line(playbook, "out", 2 / 1440, role="lo", **near)
    line(playbook, "count", 8 / 1440, "out", owner=world.boats, **near)
    line(playbook, "embassy", 10 / 1440, role="commander", **near)
    return playbook


def alarm(world: World, kind: str = "fire", **more: Any) -> Incident:
    """Marco raises it; the security team has it."""
    if not Party.objects.filter(code="SEC").exists():
        make_party("SEC", "Security", "team")
    actor = more.pop("actor", world.marco)
    ask = raise_alarm(world.arunika.pk, kind, actor=actor, at=NOON, **more)
    return Incident.objects.get(ask=ask)


def sena(world: World) -> Actor:
    """Sena, who sits at the security desk."""
    team = Party.objects.get(code="SEC")
    person = make_person("Sena", team)
    Seat.objects.create(event=world.event, person=person, team=team, role="desk")
    return with_account(person)


def second_officer(world: World) -> Actor:
    """Lia accompanies Selaya."""
    person = make_person("Lia", Party.objects.get(code="LOC"))
    officer = Officer.objects.create(person=person, event=world.event, code="LO-2")
    world.selaya.assignments.create(officer=officer, consent="agreed")
    return with_account(person)
