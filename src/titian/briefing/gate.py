"""The one release gate: every text that leaves the house leaves through here.

Three questions: whose text is it, whom does it reach, is there an emergency? What may
not go now is held, not lost. ``WAYS`` names every way out and who lets text out by it;
a test reads the whole source against it.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from django.db import models, transaction
from django.db.models import Q

from titian.briefing.addressing import COPY, Addressee, fitting
from titian.briefing.commands import devices, tidings
from titian.briefing.models import Statement
from titian.briefing.reach import Reach, reach_of
from titian.briefing.reaching import PUSH, addresses_of
from titian.channels import Address, Trouble, Undelivered, Words
from titian.channels.carrying import Carried, carry
from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE
from titian.kernel.models import Event
from titian.kernel.postponed import Postponed
from titian.loop.models import Ask, Incident
from titian.people.models import Person

LOOK_AGAIN = timedelta(minutes=5)

__all__ = ["Carried", "Reach", "Trouble", "Undelivered", "reach_of"]


class Source(StrEnum):
    """Whose text it is."""

    HOUSE = "house"  # an answer, a notice, a reminder
    CARD = "card"  # approved safety words of a playbook
    HOLDING = "holding"  # the approved line until there is more
    STATEMENT = "statement"


class Way(StrEnum):
    """By what text leaves."""

    MAIL = "mail"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    PUSH = "push"
    GUEST_PAGE = "guest page"
    BOARD = "board"
    ICS = "ics"
    PDF = "pdf"
    EXPORT = "export"
    WEBHOOK = "webhook"


LET_OUT = "titian.briefing.gate.let_out"
WAYS: dict[Way, tuple[str, ...]] = {
    Way.MAIL: (LET_OUT,),
    Way.WHATSAPP: (LET_OUT,),
    Way.SMS: (LET_OUT,),
    Way.PUSH: (LET_OUT,),
    Way.GUEST_PAGE: ("titian.web.guest.views.drawn",),
    Way.BOARD: (
        "titian.web.desk.room.views.show",
        "titian.web.desk.room.views.line",
        "titian.web.desk.room.views.rail",
        "titian.web.desk.room.views.strips",
    ),
    Way.ICS: (),
    Way.PDF: ("titian.web.desk.reports.views.paper",),
    Way.EXPORT: (
        "titian.web.desk.agreements.life.bundle",
        "titian.web.desk.agreements.views.read_evidence",
        "titian.web.desk.documents.views.read",
        "titian.web.desk.incoming.papers.of_ask",
        "titian.web.desk.incoming.papers.of_message",
        "titian.web.desk.files.views.list_out",
        "titian.web.desk.meetings.record.read",
        "titian.web.desk.timeline.views.read_evidence",
    ),
    Way.WEBHOOK: (),
}
"""Every way by which text leaves, and the functions that let it out by that way."""


class Held(Postponed):
    """It may not leave now; it is tried again until it may."""


@dataclass(frozen=True, slots=True)
class Text:
    """What would leave: whose it is, about what, and the words, formal and brief.

    Without ``brief`` the words have one form, and go as they are. A letter is signed by
    the guest's LO, unless the coordination speaks past her.
    """

    event: Event | None
    words: Words
    source: Source = Source.HOUSE
    brief: Words | None = None
    statement: Statement | None = None
    is_of_the_coordination: bool = False


def let_out(
    text: Text, person: Person, *, key: UUID, first: str = "", anew: bool = True
) -> Carried:
    """Give the words to the person's channels, in her order, or raise ``Held``.

    ``first`` is the way by which the matter came, before all others. Under the same
    ``key`` nothing is given twice; without ``anew`` a way that failed stays failed.
    Hold no transaction. A person with no address gives an empty ``Carried``; what a
    carrier says is told in it.
    """
    past_her_lo = text.is_of_the_coordination
    to = Addressee(person, text.event, past_her_lo) if text.event is not None else None
    if to is not None:
        _require_open(text, to, key)
    ways = addresses_of(person, first)
    kept = _keep_for_the_phone(text, person, ways, key)
    said = fitting(text.words, text.brief, to)
    carried = carry(ways, said, key, at=clock.real_time(), anew=anew)
    _note_phones(carried)
    if kept and carried.by != PUSH:
        tidings.drop(person, key)
    return carried


def _keep_for_the_phone(
    text: Text, person: Person, ways: list[Address], key: UUID
) -> bool:
    """A phone shows no words: they wait inside. A notice's copy lies there already."""
    is_copy = text.words.about.startswith(COPY)
    if is_copy or not any(way.kind == PUSH for way in ways):
        return False
    words = text.brief or text.words
    tidings.keep(
        person,
        (words.subject, words.text),
        event=text.event,
        kind=words.kind,
        about=words.about,
        key=key,
    )
    return True


def _note_phones(carried: Carried) -> None:
    """A phone that was told, and one whose browser has left."""
    for one in carried.tries:
        if one.address.kind != PUSH:
            continue
        if one.receipt is not None:
            devices.note_used(one.address.to)
        elif one.problem and one.problem.trouble == Trouble.NO_SUCH_ADDRESS:
            devices.end_gone(one.address.to)


def _require_open(text: Text, to: Addressee, key: UUID) -> None:
    why = verdict(
        text.source,
        to.reach,
        is_burning=is_burning(to.event),
        statement=text.statement,
    )
    if why:
        _note_held(text, to.event, to.person, why, key)
        raise Held(why, after=LOOK_AGAIN)


def verdict(
    source: Source,
    reach: Reach,
    *,
    is_burning: bool,
    statement: Statement | None = None,
) -> str:
    """Why the text may not leave now, as one word of the house; empty if it may.

    Words for our own people, and safety words for our own guests, are never held.
    """
    if reach == Reach.OURS:
        return ""
    if source == Source.CARD:
        is_guest = reach in {Reach.GUESTS, Reach.GUEST_PRESS}
        return "" if is_guest else "not_a_guest"
    if source == Source.STATEMENT:
        return _of_statement(statement, is_burning)
    if reach == Reach.PUBLIC:
        return "" if source == Source.HOLDING else "no_statement"
    if source == Source.HOLDING or reach == Reach.GUESTS:
        return ""
    return "emergency" if is_burning else ""


def is_burning(event: Event) -> bool:
    """Whether there is an emergency: an incident that nobody has ended."""
    return incidents(event).exists()


def incidents(event: Event) -> models.QuerySet[Incident]:
    """The incidents that are not over, the newest first."""
    running = Incident.objects.filter(event=event).exclude(
        Q(state=Incident.State.CLOSED) | Q(ask__state=Ask.State.WITHDRAWN)
    )
    return running.select_related("ask").order_by("-pk")


def _of_statement(statement: Statement | None, is_burning: bool) -> str:
    told = {Statement.State.RELEASED, Statement.State.RECALLED}
    if statement is None or statement.state not in told:
        return "not_released"
    if is_burning and statement.released_by_id is None:  # the house ended an embargo
        return "emergency"
    return ""


@transaction.atomic
def _note_held(text: Text, event: Event, person: Person, why: str, key: UUID) -> None:
    """Enter it once, with whom it was for; the words stay where they are."""
    mark = uuid5(key, f"held:{person.pk}")
    if journal.replayed(mark, "text.held", None, actor=HOUSE):
        return
    journal.write(
        "text.held",
        event,
        actor=HOUSE,
        at=clock.time_at(event),
        key=mark,
        topics=[f"event:{event.pk}"],
        why=why,
        source=text.source,
        person=person.pk,
        matter=text.words.about,
    )
