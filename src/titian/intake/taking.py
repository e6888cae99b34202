"""Words of somebody on file become the ask they answer, or a new one."""

from datetime import datetime, timedelta

from titian.intake import choosing, routing
from titian.intake.message import CHATS, Message
from titian.intake.models import Incoming
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.loop.commands import asks
from titian.loop.commands.adding import OVER
from titian.loop.models import Ask
from titian.loop.policy import is_asking_side, is_team
from titian.loop.saying import LONGEST
from titian.people.models import Person
from titian.people.queries import on_file

ONE_BREATH = timedelta(minutes=10)
"""What follows in a chat so closely, before anybody took the first, is one matter."""


class NoMatter(ValueError):
    """There is no ask, and none can be made of it; ``why`` says so to a coordinator."""

    def __init__(self, why: Incoming.Why) -> None:
        super().__init__(why.label)
        self.why = why


def ask_of(message: Message, person: Person, at: datetime) -> Ask:
    """The ask with the words on it: the one they answer, or a new one.

    ``NoMatter`` if it is about no ask and the sender is no guest of an open event.
    """
    actor = on_file(person)
    if (tapped := choosing.chosen(message, actor)) is not None:
        moment = said_at(tapped[0].event, message, at)
        return choosing.do(*tapped, message, actor, moment)
    ask = routing.matter_of(message, actor)
    if ask is not None and is_asking_side(actor, ask) and ask.state not in OVER:
        return _add(ask, message, actor, at)
    if ask is not None and is_team(actor, ask) and _is_sure(message):
        words = _words(message)
        return asks.tell(
            ask.pk,
            words,
            actor=actor,
            at=said_at(ask.event, message, at),
            key=message.key,
        )
    delegation = routing.delegation_of(person)
    if delegation is None:
        inside = event_of(person) is not None
        raise NoMatter(Incoming.Why.INSIDE if inside else Incoming.Why.NO_EVENT)
    moment = said_at(delegation.event, message, at)
    if (before := _just_before(message, person, moment)) is not None:
        return _add(before, message, actor, at)
    return asks.ask(
        delegation.pk,
        _words(message),
        channel=message.channel,
        actor=actor,
        at=moment,
        key=message.key,
    )


def _add(ask: Ask, message: Message, actor: Actor, at: datetime) -> Ask:
    moment = said_at(ask.event, message, at)
    return asks.add(ask.pk, _words(message), actor=actor, at=moment, key=message.key)


def _is_sure(message: Message) -> bool:
    """By our number in a letter, or the provider: a From line alone shows nothing."""
    return message.channel in CHATS or routing.is_answer_to_us(message)


def _just_before(message: Message, person: Person, moment: datetime) -> Ask | None:
    """In a chat one matter comes in several messages."""
    if message.channel not in CHATS:
        return None
    rows = Ask.objects.filter(
        said_by=person,
        channel=message.channel,
        state=Ask.State.SAID,
        said_at__gt=moment - ONE_BREATH,
    )
    return rows.select_related("event").order_by("-pk").first()


def said_at(event: Event, message: Message, at: datetime) -> datetime:
    """When it was said, in the event's time; a rehearsal has a clock of its own."""
    now = clock.time_at(event, at)
    return now if event.is_rehearsal else min(message.came_at, now)


def event_of(person: Person | None) -> Event | None:
    """The event where somebody of ours sits or serves, the latest."""
    if person is None:
        return None
    delegation = routing.delegation_of(person)
    if delegation is not None:
        return delegation.event
    events = Event.objects.filter(seats__person=person) | Event.objects.filter(
        officers__person=person
    )
    return events.distinct().order_by("-starts_on", "-pk").first()


def _words(message: Message) -> str:
    """As they were said; what the loop cannot hold in one piece is kept as a paper."""
    said = message.said
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
