"""Articles: short texts of rules in force, with their source and dates."""

from django.db import models

from titian.kernel.bilingual import Bilingual
from titian.kernel.models import Basis, Event
from titian.people.models import Person


class Article(models.Model):
    """One rule in plain words, with who issued it and when it holds."""

    topic = models.SlugField(max_length=60, unique=True)
    text_en = models.TextField()
    text_id = models.TextField(blank=True)
    side = models.CharField(max_length=20, default="guest")
    jurisdiction = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    authority = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=120, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)

    text = Bilingual()

    class Meta:
        ordering = ["topic"]

    def __str__(self) -> str:
        return self.topic


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
