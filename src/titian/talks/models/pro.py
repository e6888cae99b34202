"""What speaks for an option, as all who sit at the talk may read it."""

from django.db import models
from django.utils.translation import pgettext_lazy

from titian.talks.models.talk import Option


class Pro(models.Model):
    """Whose need or interest an option serves; who said so is not kept beside it.

    What a side keeps to itself is an ``Interest`` of the kind "pro", behind the wall.
    """

    class Serves(models.TextChoices):
        A = "a", pgettext_lazy("serves", "one side")
        B = "b", pgettext_lazy("serves", "the other side")
        BOTH = "both", pgettext_lazy("serves", "both sides")

    option = models.ForeignKey(Option, models.CASCADE, related_name="pros")
    serves = models.CharField(max_length=4, choices=Serves)
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words
