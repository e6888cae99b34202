"""Things that are kept for somebody: who has them now, by a receipt."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor
from titian.kernel.actor import Kind as ActorKind
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.people import sight
from titian.people.models import Delegation, Person


class HoldingQuerySet(models.QuerySet["Holding"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, those of the guests one accompanies, and all for who oversees."""
        if actor.person_id is None or actor.kind == ActorKind.LINK:
            return self.none()
        return self.filter(
            Q(holder=actor.person_id)
            | Q(delegation__in=sight.accompanied(actor.person_id))
            | Q(event__in=sight.events_overseen(actor.person_id))
        )


class Holding(models.Model):
    """A key, a telephone, a car or a gift, and the officer who has it."""

    class Kind(models.TextChoices):
        KEY = "key", pgettext_lazy("custody", "key")
        PHONE = "phone", pgettext_lazy("custody", "telephone")
        PIN = "pin", pgettext_lazy("custody", "pin")
        CAR = "car", pgettext_lazy("custody", "car")
        LUGGAGE = "luggage", pgettext_lazy("custody", "luggage")
        GIFT = "gift", pgettext_lazy("custody", "gift")
        CREDENTIAL = "credential", pgettext_lazy("custody", "credential")

    class State(models.TextChoices):
        HELD = "held", pgettext_lazy("custody", "held")
        RETURNED = "returned", pgettext_lazy("custody", "given back")

    S = State
    machine = Machine(Move("give_back", {S.HELD}, S.RETURNED, by="holder"))

    event = models.ForeignKey(Event, models.PROTECT, related_name="holdings")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="holdings")
    code = models.CharField(max_length=20, blank=True, help_text="The receipt.")
    kind = models.CharField(max_length=12, choices=Kind)
    label = models.CharField(max_length=120, blank=True)
    tag = models.CharField(
        max_length=60, blank=True, help_text="What a scanner reads on it."
    )
    count = models.PositiveSmallIntegerField(default=1)
    holder = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    taken_at = models.DateTimeField(help_text="By its present holder.")
    returned_at = models.DateTimeField(null=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["delegation", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "tag"],
                condition=Q(state="held") & ~Q(tag=""),
                name="one_holder_a_scanned_thing",
            )
        ]

    def __str__(self) -> str:
        what = f"{self.get_kind_display()} {self.label or self.tag}".strip()
        return f"{self.count} × {what}"

    @property
    def concerns_id(self) -> int:
        """The delegation, for the journal."""
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        """Whose open pages it reaches."""
        return [f"delegation:{self.delegation_id}", f"person:{self.holder_id}"]
