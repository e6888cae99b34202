"""Incidents of which nobody has said how they stand by the hour that was owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.loop.models import Incident

MISSED = "incident.update_missed"
WORDS = ("incident.updated", "incident.stable", "incident.flared_up")


@dataclass(frozen=True, slots=True)
class Silence:
    """An incident that owes an update, and since which hour."""

    incident: Incident
    since: datetime


def silences(event: Event, actor: Actor) -> list[Silence]:
    """Those the actor may see, the longest silent first; two queries."""
    seen = Incident.objects.visible_to(actor).filter(event=event)
    rows = seen.exclude(state=Incident.State.CLOSED)
    open_ones = {
        one.pk: one
        for one in rows.select_related("ask__asked_by__party", "ask__owner", "event")
    }
    since = _since(open_ones)
    found = [Silence(open_ones[pk], at) for pk, at in since.items()]
    return sorted(found, key=lambda one: one.since)


def _since(ids: Iterable[int]) -> dict[int, datetime]:
    """The first hour that was missed after the last word, by incident."""
    entries = Entry.objects.filter(
        subject_kind=Incident._meta.label_lower,
        subject_id__in=list(ids),
        verb__in=(MISSED, *WORDS),
    ).order_by("said_at", "pk")
    found: dict[int, datetime] = {}
    for pk, verb, at in entries.values_list("subject_id", "verb", "said_at"):
        if verb == MISSED:
            found.setdefault(int(pk or 0), at)
        else:
            found.pop(int(pk or 0), None)
    return found
