"""What comes in becomes the same acts as everywhere, or waits for a coordinator."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from titian.briefing.models import PRESS
from titian.briefing.policy import is_at_the_press_desk
from titian.channels.books import note_heard
from titian.intake import pressing, routing
from titian.intake.message import CHATS, Message
from titian.intake.models import Incoming
from titian.intake.papers import keep_papers
from titian.intake.taking import NoMatter, ask_of, event_of
from titian.kernel import clock, journal
from titian.kernel.actor import FEED, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden, require
from titian.loop.commands.adding import OVER
from titian.loop.models import Ask
from titian.people.models import Person, Seat
from titian.people.policy import coordinates
from titian.people.queries import on_file

FETCH = "titian.intake.fetching.fetch"

type Reader = Callable[[Message, Person | None, datetime], bool]
"""Takes a message that is something else than words for the loop; whether it did."""


@transaction.atomic
def receive(message: Message, *, at: datetime) -> Incoming:
    """Take up what came in at ``at``, the world's time; the same number twice is once.

    A person on file whose words they are gives them herself: more words on the ask
    they answer, or a new ask; a team's answer to our own letter is its word to the
    guest. All else waits for a coordinator, with the reason. Nothing is lost: what
    cannot be read is kept as it came.
    """
    incoming, is_new = Incoming.objects.get_or_create(
        channel=message.channel,
        number=message.number[:300],
        defaults={"came_at": message.came_at, "letter": _letter(message)},
    )
    if not is_new:
        return incoming
    if message.channel in CHATS:
        note_heard(message.channel, message.sender, message.came_at)
    keep_papers(incoming, message, at)
    _take_up(incoming, message, at)
    return incoming


@transaction.atomic
def give(
    incoming_id: int,
    person_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Incoming:
    """A coordinator says who wrote it; then it goes the way of that person's words.

    Raises ``Forbidden`` unless a coordinator of the person's event does it, or its
    press desk with what was shown to it; ``IllegalMove`` if it is taken up already.
    """
    incoming = _locked(incoming_id, actor)
    if journal.replayed(key, "incoming.given", incoming_id, actor=actor):
        return incoming

    person = Person.objects.get(pk=person_id)
    incoming.move("give")
    ask = ask_of(_message(incoming), person, clock.real_time())
    right = coordinates(actor, ask.event) or (
        bool(incoming.phrase) and is_at_the_press_desk(actor, ask.event)
    )
    require(right, _("Only a coordinator gives it to a guest."))
    _is_taken(incoming, person, ask)
    journal.write(
        "incoming.given", incoming, actor=actor, at=at, key=key, person=person_id
    )
    return incoming


@transaction.atomic
def set_aside(
    incoming_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Incoming:
    """A coordinator has read it, and nothing follows from it; it stays readable.

    Raises ``Forbidden`` for the press desk.
    """
    incoming = _locked(incoming_id, actor)
    require(leads(actor, incoming), _("Only a coordinator sets it aside."))
    if journal.replayed(key, "incoming.set_aside", incoming_id, actor=actor):
        return incoming

    incoming.move("set_aside")
    incoming.save()
    journal.write("incoming.set_aside", incoming, actor=actor, at=at, key=key)
    return incoming


@transaction.atomic
def hand_back(
    incoming_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Incoming:
    """The press desk says that it is none of its matters, and why; it waits as before.

    Raises ``Forbidden`` for anybody else, ``IllegalMove`` if it does not wait there.
    """
    incoming = _locked(incoming_id, actor)
    if journal.replayed(key, "incoming.handed_back", incoming_id, actor=actor):
        return incoming
    event = incoming.event
    right = is_desk(actor) if event is None else is_at_the_press_desk(actor, event)
    require(right, _("Only the press desk gives it back."))
    if not incoming.phrase or incoming.state != Incoming.State.WAITING:
        raise IllegalMove("cannot give back what does not wait at the press desk")
    incoming.phrase = ""
    incoming.save()
    journal.write(
        "incoming.handed_back",
        incoming,
        actor=actor,
        at=at,
        key=key,
        about=actor.person_id,
        sealed={"reason": words[:300]},
    )
    return incoming


def leads(actor: Actor, incoming: Incoming) -> bool:
    """Whether ``actor`` coordinates the event it belongs to; of none, any event."""
    if incoming.event is not None:
        return coordinates(actor, incoming.event)
    seats = Seat.objects.filter(person=actor.person_id or 0)
    return seats.filter(role=Seat.Role.COORDINATOR).exists()


def is_desk(actor: Actor) -> bool:
    """Whether ``actor`` has a seat at any event's press desk."""
    seats = Seat.objects.filter(person=actor.person_id or 0)
    desk = Q(team__code=PRESS) | Q(role=Seat.Role.SPOKESPERSON)
    return actor.on_word_of is None and seats.filter(desk).exists()


def _locked(incoming_id: int, actor: Actor) -> Incoming:
    """The message, held; unseen for who may not see it (``DoesNotExist``)."""
    seen = Incoming.objects.visible_to(actor).filter(pk=incoming_id)
    rows = Incoming.objects.select_for_update(of=("self",))
    return rows.get(pk__in=seen.values("pk"))


def _take_up(incoming: Incoming, message: Message, at: datetime) -> None:
    people = routing.people_at(message.channel, message.sender)
    person = people[0] if len(people) == 1 else None
    if _is_read_elsewhere(message, person, at):
        _is_taken(incoming, person, None)
        return _entered(incoming, message, at)
    is_slight = message.is_slight or (message.is_bare and person is not None)
    if is_slight and not _is_below_something(message, person):
        incoming.state = Incoming.State.SET_ASIDE
        incoming.save()
        return _entered(incoming, message, at)
    why = _why_not(message, people)
    if why is None and person is not None:
        why = _act(incoming, message, person, at)
    if why is not None:
        incoming.state, incoming.why = Incoming.State.WAITING, why
        incoming.person = person
        incoming.event = incoming.event or event_of(person)
        incoming.save()
        pressing.consider(incoming, message, at)
    return _entered(incoming, message, at)


def _is_read_elsewhere(message: Message, person: Person | None, at: datetime) -> bool:
    readers: list[Reader] = [import_string(path) for path in settings.INTAKE_READERS]
    return any(reader(message, person, at) for reader in readers)


def _is_below_something(message: Message, person: Person | None) -> bool:
    if person is None or not message.said:
        return False
    ask = routing.matter_of(message, on_file(person))
    return ask is not None and ask.state not in OVER


def _why_not(message: Message, people: list[Person]) -> Incoming.Why | None:
    if message.unreadable or not message.said:
        return Incoming.Why.UNREADABLE
    if not people:
        return Incoming.Why.UNKNOWN
    if len(people) > 1:
        return Incoming.Why.SEVERAL
    return None if message.is_vouched else Incoming.Why.UNVOUCHED


def _act(
    incoming: Incoming, message: Message, person: Person, at: datetime
) -> Incoming.Why | None:
    """Do what the words are; or the reason why a person must look."""
    try:
        with transaction.atomic():
            ask = ask_of(message, person, at)
    except NoMatter as problem:
        return problem.why
    except (Forbidden, IllegalMove, ValueError):
        return Incoming.Why.REFUSED
    _is_taken(incoming, person, ask)
    return None


def _is_taken(incoming: Incoming, person: Person | None, ask: Ask | None) -> None:
    incoming.state, incoming.why = Incoming.State.TAKEN, ""
    incoming.person, incoming.ask, incoming.letter = person, ask, {}
    incoming.event = ask.event if ask else incoming.event
    incoming.save()


def _entered(incoming: Incoming, message: Message, at: datetime) -> None:
    """It came: the pages hear of it, and what the provider still keeps is fetched."""
    event_now = clock.time_at(incoming.event, at)
    owe = [(FETCH, event_now)] if message.media else []
    journal.write(
        "incoming.received",
        incoming,
        actor=FEED,
        at=event_now,
        owe=owe,
        channel=incoming.channel,
        state=incoming.state,
        why=incoming.why,
    )


def _letter(message: Message) -> dict[str, Any]:
    return {
        "sender": message.sender,
        "name": message.name,
        "subject": message.subject,
        "words": message.said,
        "answers": list(message.answers),
        "unreadable": message.unreadable,
    }


def _message(incoming: Incoming) -> Message:
    letter = incoming.letter
    return Message(
        incoming.channel,
        incoming.number,
        letter.get("sender", ""),
        letter.get("words", ""),
        incoming.came_at,
        subject=letter.get("subject", ""),
        answers=letter.get("answers", ()),
    )
