"""What asks are about, and which team a matter goes to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from titian.kernel.bilingual import Bilingual
from titian.kernel.models import Event
from titian.people.models import Party


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
    keywords = models.JSONField(default=list, help_text="Folded, in any language.")
    answer_minutes = models.PositiveSmallIntegerField(default=60)

    name = Bilingual()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_topic_code")
        ]

    def __str__(self) -> str:
        return self.name
