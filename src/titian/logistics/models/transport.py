"""Vehicles, who drives them, and the trips they are promised for."""

from django.db import models
from django.db.models import Q

from titian.kernel.models import Basis, Event
from titian.logistics.models.journey import Journey
from titian.people.models import Delegation, Member, Person
from titian.places.models import Place


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
    out_since = models.DateTimeField(null=True, help_text="It cannot drive since then.")
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


class Trip(models.Model):
    """One car promised to one delegation, for a landing or for hours of its own.

    A trip that meets a journey keeps no hours: they follow the landing.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="trips")
    code = models.CharField(max_length=20)
    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="trips")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="trips")
    journey = models.ForeignKey(
        Journey, models.PROTECT, null=True, related_name="trips"
    )
    starts_at = models.DateTimeField(null=True, help_text="Where it meets no journey.")
    ends_at = models.DateTimeField(null=True)
    origin = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    destination = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.SYNTHETIC)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_trip_code"),
            models.CheckConstraint(
                name="a_trip_has_a_journey_or_hours",
                condition=Q(journey__isnull=False, starts_at=None, ends_at=None)
                | Q(journey=None, ends_at__gt=models.F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle}: {self.delegation}"

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}"]
