"""The rows an act may be about, each through its own scoped queryset."""

from collections.abc import Callable

from django.db.models import Model, QuerySet

from titian.api import bilaterals, handing, meetings
from titian.briefing.models import Copy, Device, Tiding
from titian.kernel.actor import Actor
from titian.logistics.models import Journey
from titian.loop.models import Ask, Confirmation, Promise, Roll, Step
from titian.people.models import Assignment, Delegation, Officer, Person


class NotSeen(LookupError):
    """There is no such row for this actor; whether it exists is not said."""


def _assignments(actor: Actor) -> QuerySet[Assignment]:
    mine = Assignment.objects.filter(officer__person=actor.person_id)
    seen = Delegation.objects.visible_to(actor)
    return mine | Assignment.objects.filter(delegation__in=seen)


SCOPES: dict[str, Callable[[Actor], QuerySet[Model]]] = {
    "ask": lambda actor: Ask.objects.visible_to(actor),
    "promise": lambda actor: Promise.objects.visible_to(actor),
    "confirmation": lambda actor: Confirmation.objects.visible_to(actor),
    "journey": lambda actor: Journey.objects.visible_to(actor),
    "delegation": lambda actor: Delegation.objects.visible_to(actor),
    "assignment": _assignments,
    "roll": lambda actor: Roll.objects.visible_to(actor),
    "step": lambda actor: Step.objects.visible_to(actor),
    "copy": lambda actor: Copy.objects.visible_to(actor),
    "device": lambda actor: Device.objects.visible_to(actor),
    "tiding": lambda actor: Tiding.objects.visible_to(actor),
    "person": lambda actor: Person.objects.filter(pk=actor.person_id or 0),
    "officer": lambda actor: Officer.objects.visible_to(actor),
    **handing.SCOPES,
    **meetings.SCOPES,
    **bilaterals.SCOPES,
}


def subject_for(kind: str, subject_id: int, actor: Actor) -> None:
    """Make sure the actor may see the row; ``NotSeen`` otherwise."""
    if not SCOPES[kind](actor).filter(pk=subject_id).exists():
        raise NotSeen(kind)
