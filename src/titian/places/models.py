"""Places, and the minutes between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from titian.kernel.models import Basis


class Place(models.Model):
    """Somewhere a guest may have to be: an airport, a hotel, a hall, a door."""

    class Kind(models.TextChoices):
        AIRPORT = "airport", _("airport")
        HOTEL = "hotel", _("hotel")
        VENUE = "venue", _("venue")
        HOSPITAL = "hospital", _("hospital")
        OTHER = "other", _("place")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)
    area = models.CharField(max_length=120, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    zone = models.CharField(max_length=40, default="Asia/Makassar")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class TravelTime(models.Model):
    """How long the way takes, as somebody said or we computed."""

    origin = models.ForeignKey(Place, models.CASCADE, related_name="ways_from")
    destination = models.ForeignKey(Place, models.CASCADE, related_name="ways_to")
    minutes = models.PositiveSmallIntegerField()
    condition = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ESTIMATE)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["origin", "destination"])]

    def __str__(self) -> str:
        return f"{self.origin} → {self.destination}: {self.minutes} min"
