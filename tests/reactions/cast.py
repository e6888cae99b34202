"""One of everything that a message speaks of, by the type its template asks for."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.briefing.told import sent
from tests.loop.stories import answered
from tests.scene import make_activity, make_car, make_duty, make_trip
from tests.talks.bridge import make_table
from tests.talks.paper import make_paper
from tests.talks.table import called, drafted
from tests.talks.twosome import make_twosome
from tests.world import HOUR, NOON, WORDS, World
from titian.briefing.models import Copy, Diversion, Notice
from titian.kernel.models import Consequence, Entry
from titian.logistics.models import Stay, Trip
from titian.loop.commands import promises, roll
from titian.loop.models import (
    Ask,
    Confirmation,
    HandOver,
    Incident,
    Promise,
    Roll,
    RollAnswer,
)
from titian.people.models import Assignment, Delegation, Duty, Officer
from titian.programme.commands.seating import give_seat
from titian.programme.models import Activity, Placing
from titian.talks.commands import reports
from titian.talks.commands.texts import lay_text
from titian.talks.models import Bilateral, Deliverable, Issue, Meeting, Offer, Talk
from titian.talks.models.card import TalkingCard
from titian.talks.models.report import Report
from titian.talks.models.text import TextVersion


def hand_over(world: World) -> HandOver:
    """Marco hands Arunika over to himself."""
    return HandOver(
        event=world.event,
        delegation=world.arunika,
        outgoing=world.officer,
        incoming=world.officer,
        opened_at=NOON,
    )


def promise(world: World) -> Promise:
    """The boat desk gives its word."""
    return promises.promise(
        world.arunika.pk, WORDS, due_at=NOON + HOUR, actor=world.marco, at=NOON
    )


def placing(world: World) -> Placing:
    """Arunika sits at the gala."""
    gala = make_activity(world, "Gala", NOON + HOUR, is_for_all=True)
    return give_seat(gala.pk, world.arunika.pk, "Table 1", actor=world.wati, at=NOON)


def call(world: World) -> Roll:
    """A muster that nobody has answered."""
    return roll.call_roll(world.event.pk, [world.arunika.pk], actor=world.wati, at=NOON)


def change(world: World) -> Confirmation:
    """Something that Marco must have seen."""
    return Confirmation(
        event=world.event, sentence_en="Land at four", sentence_id="Tiba pukul empat"
    )


def replies(world: World) -> list[Any]:
    """A copy that a short reply could mean."""
    return list(sent(world).copies.select_related("notice"))


def offer(world: World) -> Offer:
    """Arunika offers four oars for ten towels."""
    table = make_table(world)
    return table.offered(table.olav, table.terms(1, 0))


def version(world: World) -> TextVersion:
    """Arunika lays a first text on oars on the table."""
    table = make_table(world)
    return lay_text(table.talk.pk, "1. Oars.", answers=0, actor=table.olav, at=NOON)


def report(world: World) -> Report:
    """Marco is asked for his report on a meeting."""
    (asked,) = reports.ask_for(called(world).pk, at=NOON + HOUR)
    return asked


def talking_card(world: World) -> TalkingCard:
    """Marco drafts a card for Arunika."""
    return drafted(world)


def owed(world: World) -> Consequence:
    """What follows when Arunika leaves in an hour."""
    facts = {"leaves_at": (NOON + HOUR).isoformat()}
    return Consequence(entry=Entry(event=world.event, facts=facts))


ONE_OF: Mapping[Any, Callable[[World], Any]] = {
    Activity: lambda world: make_activity(world, "Gala", NOON, place=world.pier),
    Ask: answered,
    Assignment: lambda world: world.assignment,
    Bilateral: lambda world: make_twosome(world).placed(),
    Confirmation: change,
    Consequence: owed,
    Delegation: lambda world: world.arunika,
    Deliverable: lambda world: make_paper(world).boats,
    Diversion: lambda world: Diversion(event=world.event, ask=answered(world)),
    Duty: lambda world: make_duty(world, NOON, NOON + HOUR),
    HandOver: hand_over,
    Incident: lambda world: Incident(event=world.event, ask=answered(world)),
    Issue: lambda world: make_table(world).oars,
    Meeting: called,
    Notice: sent,
    Offer: offer,
    Officer | None: lambda world: world.officer,
    Placing: placing,
    Promise: promise,
    Report: report,
    Roll: call,
    TalkingCard: talking_card,
    TextVersion: version,
    Talk: lambda world: make_table(world).talk,
    Stay: lambda world: Stay.objects.create(
        event=world.event, delegation=world.arunika, place=world.hotel, rooms=4
    ),
    Trip: lambda world: make_trip(world, make_car(world, "L 1")),
    list[Copy | RollAnswer]: replies,
    list[str]: lambda world: ["Marco"],
    int: lambda world: 3,
    str: lambda world: "several",
}
