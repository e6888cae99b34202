"""A stay, where a delegation sleeps; a block, what a hotel holds for the event."""

from typing import Self

from django.db import models

from titian.kernel.actor import Actor
from titian.kernel.models import Basis, Event
from titian.people.models import Delegation
from titian.places.models import Place


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the delegations the actor may see."""
        return self.filter(delegation__in=Delegation.objects.visible_to(actor))


class Stay(models.Model):
    """A delegation's rooms in one hotel."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="stays")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="stays")
    place = models.ForeignKey(Place, models.PROTECT, related_name="stays")
    rooms = models.PositiveSmallIntegerField(default=0)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    ready_at = models.DateTimeField(
        null=True, help_text="When the rooms are promised: an early check-in, say."
    )
    certainty = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)

    objects = StayQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.delegation}: {self.place}"

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}"]


class Block(models.Model):
    """Rooms of one category that a hotel holds for the event, night after night."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="blocks")
    place = models.ForeignKey(Place, models.PROTECT, related_name="blocks")
    category = models.CharField(max_length=20, default="room")
    rooms = models.PositiveSmallIntegerField()
    from_on = models.DateField(null=True, help_text="Empty is the event's own days.")
    to_on = models.DateField(null=True)
    lost_at = models.DateTimeField(null=True, help_text="It can be used no more since.")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "place", "category"], name="one_block"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.rooms} {self.category}"
