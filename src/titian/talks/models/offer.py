"""Offers and counter-offers: what one side would sign, until when."""

from datetime import datetime

from django.db import models
from django.utils.translation import pgettext_lazy

from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.people.models import Person
from titian.talks.models.talk import Envoy, Option, Talk


class Offer(models.Model):
    """One version: an option of each topic it names, its conditions, its last hour."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("offer", "on the table")
        ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
        COUNTERED = "countered", pgettext_lazy("offer", "answered by a counter-offer")
        WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")
        LAPSED = "lapsed", pgettext_lazy("offer", "lapsed")
        OVERTAKEN = "overtaken", pgettext_lazy("offer", "overtaken by an agreement")

    S = State
    machine = Machine(
        Move("accept", {S.OPEN}, S.ACCEPTED, by="the other side"),
        Move("counter", {S.OPEN}, S.COUNTERED, by="the other side"),
        Move("withdraw", {S.OPEN}, S.WITHDRAWN, by="its own side"),
        Move("lapse", {S.OPEN}, S.LAPSED, by="the house"),
        Move("overtake", {S.OPEN}, S.OVERTAKEN, by="the house"),
    )

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="offers")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=6, choices=Envoy.Side)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="answered_by"
    )
    options = models.ManyToManyField(Option, related_name="offers")
    conditions = models.CharField(max_length=600, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["talk", "number"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "number"], name="one_offer_number")
        ]

    def __str__(self) -> str:
        return f"{self.talk.code}/{self.number}"

    @property
    def event(self) -> Event:
        return self.talk.event

    @property
    def topics(self) -> list[str]:
        return self.talk.topics

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered, its last hour aside."""
        return self.state == self.State.OPEN

    def has_lapsed(self, at: datetime) -> bool:
        """Whether its last hour has passed at ``at``."""
        return self.state == self.State.LAPSED or (
            self.expires_at is not None and self.expires_at < at
        )

    def move(self, name: str, *, at: datetime) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)
        self.closed_at = at
