"""A calendar's answer to an invitation of ours becomes a confirmation, or a doubt."""

from datetime import datetime

from django.db import transaction

from titian.exchange import calendars
from titian.exchange.calendars import Answer, Reply
from titian.intake.message import Message
from titian.intake.taking import said_at
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.people.models import Person
from titian.people.queries import on_file
from titian.talks.commands import hours
from titian.talks.models import Bilateral

CALENDAR = "text/calendar"


def take(message: Message, person: Person | None, at: datetime) -> bool:
    """Do what a calendar answered, for the person on file whose it is; whether it was.

    Accepted confirms her side; declined makes it unconfirmed, and its officers hear of
    it; tentative says nothing. An answer to an hour that is another by now is read and
    changes nothing. A stranger's, an unvouched one, or one for somebody else is not
    taken: a coordinator looks at it.
    """
    reply = _reply_of(message)
    if reply is None or person is None or not message.is_vouched:
        return False
    number = calendars.bilateral_in(reply.uid)
    if number is None or reply.attendee != message.sender.lower():
        return False
    rows = Bilateral.objects.visible_to(on_file(person)).select_related("event")
    bilateral = rows.filter(pk=number).first()
    if bilateral is None:
        return False
    if reply.sequence >= bilateral.sequence:
        _do(reply, bilateral, person, message, at)
    return True


def is_an_answer(message: Message) -> bool:
    """Whether it is a calendar's answer to an invitation of ours: some calendars mark
    their guest's tap as a letter that wrote itself.
    """
    reply = _reply_of(message)
    return reply is not None and calendars.bilateral_in(reply.uid) is not None


def _reply_of(message: Message) -> Reply | None:
    if message.channel != "email":
        return None
    files = [one for one in message.papers if one.media_type == CALENDAR]
    found = {calendars.reply_in(one.content) for one in files} - {None}
    return found.pop() if len(found) == 1 else None


def _do(
    reply: Reply, bilateral: Bilateral, person: Person, message: Message, at: datetime
) -> None:
    acts = {Answer.ACCEPTED: hours.confirm, Answer.DECLINED: hours.doubt}
    act = acts.get(reply.answer)
    if act is None:
        return
    moment = said_at(bilateral.event, message, at)
    try:
        with transaction.atomic():
            act(bilateral.pk, actor=on_file(person), at=moment, key=message.key)
    except (Forbidden, IllegalMove):  # the hour is gone, or she is of neither side now
        return
