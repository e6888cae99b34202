"""What asks are about, and which team a matter goes to."""

from dataclasses import dataclass
from datetime import time
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from titian.kernel.actor import Actor
from titian.kernel.bilingual import Bilingual
from titian.kernel.models import Event
from titian.people.models import Delegation, Party, Person, Seat
from titian.people.models.person import folded


class Weight(models.TextChoices):
    """How much of an ask must be said back."""

    ROUTINE = "routine", _("routine")  # to accept it is to have read it back
    EXACT = "exact", _("exact")  # every field must be said back


class Topic(models.Model):
    """A routing rule a coordinator can read: this matter goes to that team."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="ask_topics")
    code = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField(default=100, help_text="First match wins.")
    name_en = models.CharField(max_length=120)
    name_id = models.CharField(max_length=120, blank=True)
    team = models.ForeignKey(Party, models.PROTECT, related_name="topics_owned")
    informed = models.ManyToManyField(Party, blank=True, related_name="topics_followed")
    weight = models.CharField(max_length=10, choices=Weight, default=Weight.ROUTINE)
    serves = models.JSONField(default=list, help_text="Kinds of party; empty: all.")
    keywords = models.JSONField(default=list, help_text="Small letters, any language.")
    answer_minutes = models.PositiveSmallIntegerField(default=60)

    name = Bilingual()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_topic_code")
        ]

    def __str__(self) -> str:
        return self.name

    def is_usual_for(self, kind: str) -> bool:
        """Whether parties of this kind are served with it; to the press desk too."""
        return kind in self.serves

    def is_open_to(self, kind: str) -> bool:
        """Whether a party of this kind is offered it; without a kind, everything is."""
        return not kind or not self.serves or kind in self.serves


@dataclass(frozen=True, slots=True)
class Matter:
    """What the rules read of an ask: what about, whose, where, at which hour."""

    topic_id: int | None
    party_kind: str
    level: str
    where: str
    hour: time


class RouteQuerySet(models.QuerySet["Route"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of events at whose tables the actor sits: rules are no secret there."""
        if actor.person_id is None:
            return self.none()
        kept = Seat.objects.filter(person=actor.person_id).values("event")
        return self.filter(event__in=kept)

    def live(self) -> Self:
        """The rules in force, the first to be asked first."""
        return self.filter(live_at__isnull=False, retired_at=None)


class Route(models.Model):
    """A rule above the topics: such an ask goes to that team, and those are informed.

    What is left empty fits all. It is drafted, tried on past asks, then put in force;
    a changed rule is a new row in the place of the old one, so none is lost.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="routes")
    order = models.PositiveSmallIntegerField(default=100, help_text="First match wins.")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="routes")
    party_kind = models.CharField(max_length=12, choices=Party.Kind, blank=True)
    level = models.CharField(max_length=20, choices=Delegation.Level, blank=True)
    where = models.CharField(max_length=80, blank=True, help_text="Words of the place.")
    from_hour = models.TimeField(null=True, help_text="In the event's zone.")
    until_hour = models.TimeField(null=True)
    team = models.ForeignKey(Party, models.PROTECT, related_name="routes_owned")
    informed = models.ManyToManyField(Party, blank=True, related_name="routes_followed")
    weight = models.CharField(max_length=10, choices=Weight, default=Weight.ROUTINE)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    live_at = models.DateTimeField(null=True, help_text="In force since.")
    retired_at = models.DateTimeField(null=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.order}: {self.team}"

    @property
    def is_draft(self) -> bool:
        """Written, and neither in force nor given up."""
        return self.live_at is None and self.retired_at is None

    def fits(self, matter: Matter) -> bool:
        """Whether all that the rule names is so in this matter."""
        return (
            self.topic_id in (None, matter.topic_id)
            and self.party_kind in ("", matter.party_kind)
            and self.level in ("", matter.level)
            and folded(self.where) in folded(matter.where)
            and self._covers(matter.hour)
        )

    def _covers(self, hour: time) -> bool:
        start, end = self.from_hour, self.until_hour
        if start is None or end is None or start == end:
            return True
        if start < end:
            return start <= hour < end
        return hour >= start or hour < end  # over midnight
