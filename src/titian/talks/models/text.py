"""The one negotiating text of a talk, in versions: who laid it on the table, when."""

from django.db import models

from titian.kernel.models import Event
from titian.people.models import Person
from titian.talks.clauses import Clause
from titian.talks.models.talk import Envoy, Talk


class TextVersion(models.Model):
    """One version of the text, clause by clause."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=6, choices=Envoy.Side)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kept = models.JSONField(help_text='[["1", "words"], …]')
    note = models.CharField(max_length=300, blank=True)
    laid_at = models.DateTimeField()

    class Meta:
        ordering = ["talk", "number"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "number"], name="one_text_number")
        ]

    def __str__(self) -> str:
        return f"{self.talk.code} v{self.number}"

    @property
    def event(self) -> Event:
        return self.talk.event

    @property
    def topics(self) -> list[str]:
        return self.talk.topics

    @property
    def clauses(self) -> list[Clause]:
        """Its clauses in their order."""
        return [Clause(number, words) for number, words in self.kept]

    @property
    def as_written(self) -> str:
        """The text as it is edited: one clause a paragraph, with its number."""
        return "\n\n".join(f"{one.number}. {one.words}" for one in self.clauses)
