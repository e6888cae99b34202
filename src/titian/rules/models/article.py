"""Articles: short texts of rules of both sides, with their source and dates."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.bilingual import Bilingual
from titian.kernel.models import Basis, Event
from titian.people.models import Party, Person


class Whose(models.TextChoices):
    """Whose rule it is: the hosts' own side, or the side of those who come."""

    OURS = "ours", pgettext_lazy("rule", "of the host’s side")
    THEIRS = "theirs", pgettext_lazy("rule", "of the guest’s side")


class Stance(models.TextChoices):
    """What an article does about its subject."""

    ALLOWS = "allows", pgettext_lazy("rule", "allows")
    REQUIRES = "requires", pgettext_lazy("rule", "requires")
    FORBIDS = "forbids", pgettext_lazy("rule", "forbids")
    LIMITS = "limits", pgettext_lazy("rule", "limits")
    REPORTS = "reports", pgettext_lazy("rule", "has it reported")
    INFORMS = "informs", pgettext_lazy("rule", "informs")


class Item(models.TextChoices):
    """What is brought along and needs somebody's leave."""

    ARMS = "arms", _("firearms")
    RADIO = "radio", _("radios")
    DRONE = "drone", _("drone")
    MEDIA_KIT = "media_kit", _("media equipment")
    AIRCRAFT = "aircraft", _("aircraft")
    VEHICLE = "vehicle", _("vehicle")


class ArticleQuerySet(models.QuerySet["Article"]):
    def to_look_at(self, on: date) -> Self:
        """Past their last day without a successor, or past the day of the review."""
        is_over = Q(valid_to__lt=on, replaced_by=None)
        return self.filter(is_over | Q(review_on__lt=on))


class Article(models.Model):
    """One rule in plain words, with who issued it and when it holds.

    A rule is never rewritten into another one: what says something else from some day
    on is an article of its own, and the former names it in ``replaced_by``.
    """

    topic = models.SlugField(max_length=60, unique=True)
    text_en = models.TextField()
    text_id = models.TextField(blank=True)
    whose = models.CharField(max_length=6, choices=Whose, default=Whose.OURS)
    side = models.CharField(
        max_length=20, default="guest", help_text="Who must know: guest, host, both."
    )
    jurisdiction = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True, help_text="Its last day.")
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces"
    )
    subject = models.SlugField(max_length=40, blank=True)
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.INFORMS)
    limit = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    unit = models.CharField(max_length=20, blank=True)
    permit = models.CharField(max_length=10, choices=Item, blank=True)
    lead_days = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(
        max_length=400, blank=True, help_text="How people ask for it, by semicolons."
    )
    owner = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    review_on = models.DateField(null=True, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=120, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)

    text = Bilingual()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["topic"]

    def __str__(self) -> str:
        return self.topic

    @property
    def is_synthetic(self) -> bool:
        """Whether the rule is invented."""
        return self.basis == Basis.SYNTHETIC

    @property
    def asked_with(self) -> tuple[str, ...]:
        """The words by which people ask for it."""
        return tuple(word.strip() for word in self.words.split(";") if word.strip())

    @property
    def address(self) -> str:
        """The web address of its source, where the source is one."""
        return self.source if self.source.startswith(("https://", "http://")) else ""


class Acknowledgement(models.Model):
    """A guest has read a rule."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="rules_read")
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "person", "event"], name="read_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} read {self.article}"
