"""A short checked text that came in: an alarm, or the answer to a roll call."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from titian.intake.message import Message
from titian.kernel import clock
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.policy import Forbidden
from titian.loop.codes import Unread, read_answer, read_report
from titian.loop.commands import incidents, roll
from titian.people.models import Person
from titian.people.queries import on_file


def take(message: Message, person: Person | None, at: datetime) -> bool:
    """Do what the code says, as the person on file who sent it; whether there was one.

    A garbled code, a stranger's, or one about a party that is not hers is not taken: a
    coordinator sees the words. The same message twice is one act.
    """
    if person is None:
        return False
    act = _act_of(message.words)
    if act is None:
        return False
    key = uuid5(NAMESPACE_URL, f"titian:coded:{message.channel}:{message.number}")
    for event in _events_of(person):
        with suppress(Forbidden, IllegalMove, ObjectDoesNotExist, ValueError):
            with transaction.atomic():
                now = clock.time_at(event, at)
                act(event.pk, message.words, actor=on_file(person), at=now, key=key)
            return True
    return False


def _act_of(words: str) -> Callable[..., object] | None:
    with suppress(Unread):
        read_report(words)
        return incidents.report
    with suppress(Unread):
        read_answer(words)
        return roll.answer_by_text
    return None


def _events_of(person: Person) -> list[Event]:
    """Where the sender is an officer, the newest first."""
    return list(Event.objects.filter(officers__person=person).order_by("-pk"))
