"""Places, the minutes between them, and what is closed for a while."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from titian.kernel.bilingual import Bilingual
from titian.kernel.models import Basis, Event


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


class Closure(models.Model):
    """A place, an area or a service that cannot be used for a while, and what instead.

    Of a place it closes all that is part of it; with no place it is the whole area.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="closures")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="closures")
    area = models.CharField(max_length=120, blank=True)
    what_en = models.CharField(max_length=200)
    what_id = models.CharField(max_length=200, blank=True)
    instead_en = models.CharField(max_length=300, blank=True)
    instead_id = models.CharField(max_length=300, blank=True)
    reason_en = models.CharField(max_length=300, blank=True)
    reason_id = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, help_text="Open again before its end.")
    is_exercise = models.BooleanField(default=False)

    what, instead, reason = Bilingual(), Bilingual(), Bilingual()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_closure_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="a_closure_is_somewhere",
                condition=models.Q(place__isnull=False) | ~models.Q(area=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"

    @property
    def where(self) -> str:
        """The place, or the area."""
        return self.place.name if self.place else self.area
