"""Proposals: a plan somebody may accept, and all that it was computed from."""

from django.db import models
from django.utils.translation import pgettext_lazy

from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.people.models import Person


class Proposal(models.Model):
    """A plan not yet in force: kind, input, seed, engine, reasons, who accepted it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("proposal", "open")
        ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
        OUTDATED = "outdated", pgettext_lazy("proposal", "outdated")

    S = State
    machine = Machine(
        Move("accept", {S.OPEN}, S.ACCEPTED, by="coordinator"),
        Move("outdate", {S.OPEN}, S.OUTDATED, by="house"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=20, help_text="cover")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    input_hash = models.CharField(max_length=64)
    seed = models.BigIntegerField(default=0)
    engine = models.CharField(max_length=40)
    objective = models.JSONField(default=list)
    plan = models.JSONField(default=dict)
    changes = models.JSONField(default=list, help_text="The diff, one row each.")
    gaps = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
