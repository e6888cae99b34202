"""What belongs to the press desk: the phrases that say so, and what was diverted."""

from django.db import models
from django.utils.translation import pgettext_lazy

from titian.briefing.models.statement import AtTheDesk
from titian.kernel.models import Event
from titian.loop.models import Ask
from titian.people.models import Party, Person


class Phrase(models.Model):
    """Words by which a matter is known to be the press desk's; the desk edits them."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="press_phrases")
    language = models.CharField(max_length=2, choices=[("id", "id"), ("en", "en")])
    words = models.CharField(max_length=60)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects = AtTheDesk["Phrase"].as_manager()

    class Meta:
        ordering = ["language", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "language", "words"], name="a_phrase_once"
            )
        ]

    def __str__(self) -> str:
        return self.words


class Diversion(models.Model):
    """An ask that went to the press desk instead, why, and whether that was wrong."""

    class Cause(models.TextChoices):
        SENDER = "sender", pgettext_lazy("diversion", "the sender is a media house")
        UNKNOWN = "unknown", pgettext_lazy("diversion", "nobody knows the sender")
        TOPIC = "topic", pgettext_lazy("diversion", "the matter is the press desk's")
        PHRASE = "phrase", pgettext_lazy("diversion", "its words")
        OFFICER = "officer", pgettext_lazy("diversion", "the LO says so")

    event = models.ForeignKey(Event, models.PROTECT, related_name="diversions")
    ask = models.OneToOneField(Ask, models.PROTECT, related_name="diversion")
    cause = models.CharField(max_length=8, choices=Cause)
    phrase = models.CharField(max_length=60, blank=True)
    before = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    diverted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    diverted_at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_words = models.CharField(max_length=300, blank=True)

    objects = AtTheDesk["Diversion"].as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.ask}: {self.get_cause_display()}"

    @property
    def concerns_id(self) -> int:
        """The delegation that asked, for the journal."""
        return self.ask.asked_by_id

    @property
    def topics(self) -> list[str]:
        """Whoever sees the ask hears of it."""
        return self.ask.topics
