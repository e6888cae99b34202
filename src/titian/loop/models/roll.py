"""A muster: every officer is asked for her guests, and the silent are known."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.loop.models.incident import Incident
from titian.people.models import Assignment, Delegation, Person, Seat


class RollQuerySet(models.QuerySet["Roll"]):
    def visible_to(self, actor: Actor) -> Self:
        """To who keeps a seat at the event, and to the officers who are asked."""
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()
        seats = Seat.objects.filter(person=actor.person_id)
        guests = Assignment.objects.filter(
            officer__person=actor.person_id, relieved_at=None
        ).exclude(consent=Assignment.Consent.DECLINED)
        return self.filter(
            Q(event__in=seats.values("event"))
            | Q(answers__delegation__in=guests.values("delegation"))
        ).distinct()


class Roll(models.Model):
    """One call: who is safe? Open until the coordinator says that it is enough."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("roll", "open")
        CLOSED = "closed", pgettext_lazy("roll", "closed")

    S = State
    machine = Machine(
        Move("stand_down", {S.OPEN}, S.CLOSED, by="coordinator"),
        Move("call_again", {S.CLOSED}, S.OPEN, by="coordinator"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="rolls")
    number = models.PositiveIntegerField(help_text="As it is said and sent: M3.")
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, related_name="rolls"
    )
    area = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    called_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = RollQuerySet.as_manager()

    class Meta:
        ordering = ["-called_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"], name="one_roll_number_an_event"
            )
        ]

    def __str__(self) -> str:
        return f"M{self.number}"

    @property
    def topics(self) -> list[str]:
        """The call is news on the pages of every delegation it is about."""
        asked = self.answers.values_list("delegation", flat=True)
        return [f"delegation:{pk}" for pk in asked]


class RollAnswer(models.Model):
    """What is known of one delegation in one call: the latest word counts."""

    class Word(models.TextChoices):
        SAFE = "safe", pgettext_lazy("roll", "safe")
        MISSING = "missing", pgettext_lazy("roll", "missing")
        INJURED = "injured", pgettext_lazy("roll", "injured")

    roll = models.ForeignKey(Roll, models.CASCADE, related_name="answers")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="roll_answers"
    )
    word = models.CharField(max_length=8, choices=Word, blank=True)
    people = models.PositiveIntegerField(null=True, help_text="How many.")
    place = models.CharField(max_length=120, blank=True)
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["roll", "delegation"], name="one_answer_a_delegation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.word or '–'}"

    @property
    def event(self) -> Event:
        """The call's, for the journal."""
        return self.roll.event

    @property
    def concerns_id(self) -> int:
        """The delegation, for the journal."""
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        """Whose open pages it reaches."""
        return [f"delegation:{self.delegation_id}"]
