"""What strangers write of press matters is shown to the press desk as well."""

from datetime import datetime

from django.db.models import Q

from titian.briefing.diverting import phrase_in
from titian.intake.message import Message
from titian.intake.models import Incoming
from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE
from titian.kernel.models import Event

STRANGERS = frozenset(
    {
        Incoming.Why.UNKNOWN,
        Incoming.Why.SEVERAL,
        Incoming.Why.UNVOUCHED,
        Incoming.Why.NO_EVENT,
    }
)


def consider(incoming: Incoming, message: Message, at: datetime) -> None:
    """Note the phrase of a desk's list that stands in it, if nobody knows the sender.

    The event is the one whose list it is, unless several have it; then it belongs to
    none, and each desk sees it.
    """
    if incoming.state != Incoming.State.WAITING or incoming.why not in STRANGERS:
        return
    words = f"{message.subject}\n{message.said}"
    events = [incoming.event] if incoming.event else _going_on(at)
    found = [(one, phrase) for one in events if (phrase := phrase_in(one, words))]
    if not found:
        return
    incoming.phrase = found[0][1]
    incoming.event = found[0][0] if len(found) == 1 else None
    incoming.save()
    journal.write(
        "incoming.for_press",
        incoming,
        actor=HOUSE,
        at=clock.time_at(incoming.event, at),
        phrase=incoming.phrase,
        channel=incoming.channel,
        events=[event.pk for event, _phrase in found],
    )


def _going_on(at: datetime) -> list[Event]:
    """The events that are not over."""
    open_ones = Q(ends_on=None) | Q(ends_on__gte=at.date())
    rehearsed = ~Q(clock_set_at=None)  # on a day of its own
    return list(Event.objects.filter(open_ones | rehearsed).order_by("starts_on", "pk"))
