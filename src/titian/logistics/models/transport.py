"""Vehicles and who drives them."""

from django.db import models

from titian.kernel.models import Basis, Event
from titian.people.models import Delegation, Member, Person


class Vehicle(models.Model):
    """A car with its driver; lent to one delegation at a time."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="vehicles")
    plate = models.CharField(max_length=20)
    car_class = models.CharField(max_length=80)
    seats = models.PositiveSmallIntegerField(default=4)
    energy = models.CharField(max_length=20, blank=True)
    driver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="drives")
    permit = models.CharField(max_length=40, blank=True)
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, related_name="vehicles"
    )
    group = models.CharField(
        max_length=12,
        choices=Member.Group,
        blank=True,
        help_text="The sub-group it carries; empty is whoever needs a seat.",
    )
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.SYNTHETIC)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "plate"], name="one_plate")
        ]

    def __str__(self) -> str:
        return self.plate

    @property
    def concerns_id(self) -> int | None:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}"] if self.delegation_id else []
