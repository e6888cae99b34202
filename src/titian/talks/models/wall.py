"""What one side told in confidence. Only ``talks.secrecy`` reads these rows.

Their words and numbers are sealed under the key of the person who said them. The rows
have no ``objects``: a test says that nobody but the door names the way in.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from titian.people.models import Person
from titian.talks.models.talk import Envoy, Issue, Option, Talk


class Interest(models.Model):
    """One thing a side told about a topic: need, position, red line, a pro."""

    class Kind(models.TextChoices):
        NEED = "need", _("What is needed")
        INTEREST = "interest", _("The interest behind it")
        POSITION = "position", _("Position")
        RED_LINE = "red_line", _("Red line")
        ALTERNATIVE = "alternative", _("Best alternative without an agreement")
        PRO = "pro", _("What speaks for an option")

    class Sure(models.TextChoices):
        SAID = "said", _("said so")
        LIKELY = "likely", _("likely")
        GUESS = "guess", _("a guess")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="+")
    option = models.ForeignKey(
        Option, models.CASCADE, null=True, related_name="+", help_text="Of a pro."
    )
    side = models.CharField(max_length=6, choices=Envoy.Side)
    kind = models.CharField(max_length=12, choices=Kind)
    sealed = models.BinaryField(help_text="Under the key of who told it.")
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    sure = models.CharField(max_length=8, choices=Sure, default=Sure.SAID)
    is_shown = models.BooleanField(default=False, help_text="To who mediates.")
    replaced_at = models.DateTimeField(null=True)

    behind_the_wall = models.Manager()

    class Meta:
        default_manager_name = "behind_the_wall"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Weighing(models.Model):
    """What a side would rather have, as far as it has said it."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Envoy.Side)
    sealed = models.BinaryField(help_text="Under the key of who said it.")
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    lent_at = models.DateTimeField(
        null=True, help_text="Since when packages may be worked out with it."
    )

    behind_the_wall = models.Manager()

    class Meta:
        default_manager_name = "behind_the_wall"
        constraints = [
            models.UniqueConstraint(fields=["talk", "side"], name="one_weighing")
        ]

    def __str__(self) -> str:
        return f"weighing {self.pk}"
