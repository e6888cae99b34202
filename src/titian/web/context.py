"""What every page knows: the event, which clock it runs on, who is reading."""

from django.conf import settings

from titian.kernel import clock
from titian.kernel.models import Entry
from titian.web.events import event_of
from titian.web.http import HttpRequest


def house(request: HttpRequest) -> dict[str, object]:
    """Version, demo, event, its time, and the reader; no query for a bare page."""
    known: dict[str, object] = {"VERSION": settings.VERSION, "DEMO": settings.DEMO}
    if getattr(request, "user", None) is None or not request.user.is_authenticated:
        return known
    event = event_of(request)
    person = getattr(request.user, "person", None)
    known |= {"event": event, "reader": person}
    if event is not None:
        known["now"] = clock.local(event, clock.time_at(event))
        known["cursor"] = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return known
