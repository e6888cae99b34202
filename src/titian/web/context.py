"""What every page knows: the event, which clock it runs on, who is reading."""

from uuid import uuid4

from django.conf import settings

from titian.kernel import clock
from titian.kernel.models import Entry
from titian.web.desk.rooms import may_keep_clock, rooms
from titian.web.events import event_of
from titian.web.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    """Version, demo, event, its time, and the reader; no query for a bare page."""
    known: dict[str, object] = {"VERSION": settings.VERSION, "DEMO": settings.DEMO}
    if getattr(request, "user", None) is None or not request.user.is_authenticated:
        return known
    if "HX-Request" in request.headers:
        return known  # a part of a page has no bar
    event = event_of(request)
    person = getattr(request.user, "person", None)
    person_id = person.pk if person else None
    known |= {
        "event": event,
        "reader": person,
        "rooms": rooms(person_id, event, request.path),
        "clock_keeper": may_keep_clock(person_id, event),
        "clock_key": uuid4(),
    }
    if event is not None:
        known["now"] = clock.local(event, clock.time_at(event))
        newest = Entry.objects.order_by("-pk").values_list("pk", flat=True)
        known["cursor"] = newest.first() or 0
    return known
