"""Proposals: a plan somebody may accept, and all that it was computed from."""

from django.db import models
from django.utils.translation import pgettext_lazy

from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.people.models import Person


class Proposal(models.Model):
    """A plan not yet in force: kind, input, seed, engine, reasons, who accepted it."""

    class State(models.TextChoices):
        SEARCHING = "searching", pgettext_lazy("proposal", "being looked for")
        FAILED = "failed", pgettext_lazy("proposal", "not found")
        OPEN = "open", pgettext_lazy("proposal", "open")
        ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
        OUTDATED = "outdated", pgettext_lazy("proposal", "outdated")

    S = State
    machine = Machine(
        Move("find", {S.SEARCHING}, S.OPEN, by="house"),
        Move("fail", {S.SEARCHING}, S.FAILED, by="house"),
        Move("accept", {S.OPEN}, S.ACCEPTED, by="coordinator"),
        Move("outdate", {S.OPEN}, S.OUTDATED, by="house"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=20, help_text="cover")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    input_hash = models.CharField(max_length=64, blank=True)
    seed = models.BigIntegerField(default=0)
    engine = models.CharField(max_length=40, blank=True)
    objective = models.JSONField(default=list)
    plan = models.JSONField(default=dict)
    changes = models.JSONField(default=list, help_text="The diff, one row each.")
    gaps = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    search_seconds = models.FloatField(null=True, help_text="If it is a long search.")
    progress = models.JSONField(default=dict, help_text="Rounds, share, the best cost.")
    stop_wanted_at = models.DateTimeField(null=True, help_text="Keep the best so far.")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
