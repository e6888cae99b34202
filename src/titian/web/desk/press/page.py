"""What the press desk's pages show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from titian.briefing.commands.statements import key_messages
from titian.briefing.diverting import holding_line, is_diverted, press_team
from titian.briefing.gate import incidents
from titian.briefing.models import Diversion, KeyMessage, Statement
from titian.briefing.policy import is_at_the_press_desk, is_spokesperson
from titian.intake.models import Incoming
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.kernel.telling import is_indonesian
from titian.loop.models import Ask
from titian.loop.policy import is_officer
from titian.people.models import Person
from titian.people.policy import coordinates

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """One text that the gate holds: for whom, since when."""

    name: str
    about: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OfAsk:
    """What the page of an ask says of the press desk."""

    diverted: bool
    line: str
    may_divert: bool


def of_ask(ask: Ask, actor: Actor) -> OfAsk:
    """Whether the desk has it, what may be said, and whether the reader may divert."""
    diverted, desk = is_diverted(ask), press_team()
    line = holding_line(ask.event, "id" if is_indonesian() else "en")
    moves = {move.name for move in ask.moves}
    is_open = "divert" in moves and ask.complains_of_id is None
    may = is_officer(actor, ask) or coordinates(actor, ask.event)
    elsewhere = desk is not None and ask.owner_id != desk.pk
    return OfAsk(diverted, line, is_open and may and elsewhere)


def desk_context(event: Event, actor: Actor) -> dict[str, object]:
    """The desk: what came to it, what it says, what the gate holds."""
    at = clock.time_at(event)
    seen = Diversion.objects.visible_to(actor).filter(event=event)
    rows = seen.select_related("ask__asked_by__party", "ask__said_by", "before")
    burning = list(incidents(event))
    return {
        "event": event,
        "now": clock.local(event, at),
        "diversions": rows[:NEWEST],
        "statements": Statement.objects.visible_to(actor).filter(event=event)[:NEWEST],
        "strangers": _strangers(event, actor),
        "line": holding_line(event, "id" if is_indonesian() else "en"),
        "incidents": burning,
        "held": held(event) if burning else [],
        "is_desk": is_at_the_press_desk(actor, event),
        "is_spokesperson": is_spokesperson(actor, event),
        "key": uuid4(),
    }


def _strangers(event: Event, actor: Actor) -> list[Incoming]:
    """Messages of strangers that speak of press matters, the oldest first."""
    seen = Incoming.objects.visible_to(actor).exclude(phrase="")
    here = seen.filter(Q(event=event) | Q(event=None))
    return list(here.waiting()[:NEWEST])


def statement_context(statement: Statement, actor: Actor) -> dict[str, object]:
    """One statement: its words, what it was held against, what may be done now."""
    event = statement.event
    desk, spokes = is_at_the_press_desk(actor, event), is_spokesperson(actor, event)
    sides = {"press desk": desk, "spokesperson": spokes}
    moves = Statement.machine.moves_from(statement.state)
    return {
        "statement": statement,
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "clearances": statement.clearances.select_related("message"),
        "key_messages": key_messages(event),
        "moves": {move.name for move in moves if sides[move.by]},
        "incidents": list(incidents(event)),
        "key": uuid4(),
    }


def messages_context(event: Event, actor: Actor) -> dict[str, object]:
    """What the event stands by now, and the line."""
    rows = KeyMessage.objects.visible_to(actor).filter(event=event, retired_at=None)
    return {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "key_messages": rows.select_related("approved_by").order_by("-kind", "pk"),
        "may_approve": is_spokesperson(actor, event),
        "key": uuid4(),
    }


def held(event: Event) -> list[Waiting]:
    """What waits at the gate, the newest first."""
    entries = Entry.objects.filter(event=event, verb="text.held").order_by("-pk")
    rows = list(entries[:NEWEST])
    people = Person.objects.filter(pk__in=[row.facts["person"] for row in rows])
    names = dict(people.values_list("pk", "display"))
    return [
        Waiting(names.get(row.facts["person"], ""), _matter(row), row.said_at)
        for row in rows
    ]


def _matter(entry: Entry) -> str:
    kind = str(entry.facts.get("matter", "")).partition(":")[0]
    return {
        "loop.ask": _("an answer to a request"),
        "briefing.copy": _("a notice"),
    }.get(kind, _("a message"))
