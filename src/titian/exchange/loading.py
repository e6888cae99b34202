"""A scenario into an event: its lists, its history, its clock; all or nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from titian.exchange import commands, history
from titian.exchange.queries import refusals
from titian.exchange.reasons import Unreadable
from titian.exchange.scenario import Scenario, Told
from titian.exchange.stage import Stage
from titian.kernel import clock
from titian.kernel.actor import HOUSE
from titian.kernel.commands import open_event, set_clock, wind
from titian.kernel.models import Event


class Spoiled(ValueError):
    """A list of the scenario has a row that does not go in; says which and why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it; ``was_there`` if the event had been loaded before."""

    event: Event
    was_there: bool
    rows: int = 0
    acts: int = 0


@transaction.atomic
def load(scenario: Scenario, *, reads: datetime | None = None) -> Loaded:
    """Make the event of ``scenario``, through the reader and commands of any import.

    Its clock reads ``reads``, or what the scenario says; what its history tells up to
    then is done by the people it names. A second time nothing is changed. Raises
    ``Spoiled``, ``history.Stumbled`` or ``NoScenario``, and then nothing is there.
    """
    if event := Event.objects.filter(code=scenario.code).first():
        return Loaded(event, was_there=True)
    told = scenario.history()
    reads = reads or scenario.reads
    at = _beginning(told, reads)
    event = open_event(scenario.code, scenario.traits, reads=reads, actor=HOUSE, at=at)
    rows = sum(_bring_in(scenario, sheet, event, at) for sheet in scenario.order)
    _count_the_rows()
    acts = 0
    if reads is not None:
        acts = history.play(Stage(event), told, until=reads)
        wind(event, reads)
        set_clock(event.pk, reads, scenario.speed, actor=HOUSE, at=reads)
        event.refresh_from_db()
    return Loaded(event, was_there=False, rows=rows, acts=acts)


def _beginning(told: list[Told], reads: datetime | None) -> datetime:
    """The hour at which the lists came in: before anybody did anything."""
    if reads is None:
        return clock.real_time()
    return min([reads, *(line.at for line in told[:1])])


def _count_the_rows() -> None:
    """Let PostgreSQL know how much there is now.

    It learns by itself within a minute or two; until then it joins thousands of rows
    as if they were a handful, and one question takes seconds.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _bring_in(scenario: Scenario, sheet: str, event: Event, at: datetime) -> int:
    content, name = scenario.content(sheet), f"{sheet}.csv"
    kind = sheet.rpartition("/")[2]
    try:
        seen = commands.preview(content, name, kind, event.pk, actor=HOUSE, at=at)
    except Unreadable as error:
        raise Spoiled(f"{name}: {error}") from error
    if refused := next(refusals(seen), None):
        raise Spoiled(f"{name}: {refused.sentence} ({len(seen.refused)} in all)")
    commands.accept(seen.pk, actor=HOUSE, at=at)
    return len(seen.rows)
