"""What a level is entitled to."""

from django.db import models

from titian.kernel.models import Basis, Event
from titian.people.models.party import Delegation


class Entitlement(models.Model):
    """The package of a level: officers, guarded hours, cars, nights."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="entitlements")
    level = models.CharField(max_length=20, choices=Delegation.Level)
    officers = models.PositiveSmallIntegerField(default=2)
    guarded_from = models.TimeField(help_text="In the event's zone.")
    guarded_to = models.TimeField(help_text="The same as the start: all day.")
    cars = models.PositiveSmallIntegerField(default=1)
    car_class = models.CharField(max_length=80, blank=True)
    nights = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ESTIMATE)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "level"], name="one_package")
        ]

    def __str__(self) -> str:
        return self.level
