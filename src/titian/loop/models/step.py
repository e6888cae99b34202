"""A template under way: each of its lines has become a step with an owner and hour."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Document, Event
from titian.loop.models.ask import Ask
from titian.loop.models.playbook import Planned, Playbook
from titian.people.models import Assignment, Delegation, Person, Seat


class Run(models.Model):
    """A playbook being done, once: for the event, an arrival, an item, an alarm."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="runs")
    playbook = models.ForeignKey(Playbook, models.PROTECT, related_name="runs")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, related_name="runs"
    )
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, help_text="What it is anchored to.")
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["playbook", "subject_kind", "subject_id"],
                name="one_run_a_subject",
            )
        ]

    def __str__(self) -> str:
        return str(self.playbook)

    @property
    def concerns_id(self) -> int | None:
        """The delegation, for the journal."""
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        """Whose open pages it reaches."""
        return [f"delegation:{self.delegation_id}"] if self.delegation_id else []


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, actor: Actor) -> Self:
        """All, for who keeps a seat; those of her guests and her own, for an officer.

        A guest sees none: what the house does is told, not shown.
        """
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()
        seats = Seat.objects.filter(person=actor.person_id)
        guests = Assignment.objects.filter(
            officer__person=actor.person_id, relieved_at=None
        ).exclude(consent=Assignment.Consent.DECLINED)
        return self.filter(
            Q(event__in=seats.values("event"))
            | Q(run__delegation__in=guests.values("delegation"))
            | Q(owner_person=actor.person_id)
        )


class Step(Planned):
    """One thing to be done by an hour, by a team, a party or a person."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("step", "open")
        DONE = "done", pgettext_lazy("step", "done")
        DROPPED = "dropped", pgettext_lazy("step", "dropped")

    S = State
    machine = Machine(
        Move("tick", {S.OPEN}, S.DONE, by="owner"),
        Move("untick", {S.DONE}, S.OPEN, by="owner"),
        Move("drop", {S.OPEN}, S.DROPPED, by="coordinator"),
        Move("restore", {S.DROPPED}, S.OPEN, by="coordinator"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="steps")
    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="steps"
    )
    due_at = models.DateTimeField()
    planned_at = models.DateTimeField(help_text="By the template, before any slip.")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    done_at = models.DateTimeField(null=True, help_text="Or dropped.")
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    shown = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    ask = models.ForeignKey(
        Ask, models.PROTECT, null=True, related_name="steps", help_text="It is late."
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["event", "state", "due_at"])]
        constraints = [
            models.UniqueConstraint(fields=["run", "code"], name="one_step_code_a_run")
        ]

    @property
    def concerns_id(self) -> int | None:
        """The delegation, for the journal."""
        return self.run.delegation_id

    @property
    def topics(self) -> list[str]:
        """Whose open pages news of it reaches."""
        about = self.run.delegation_id
        return [
            *([f"delegation:{about}"] if about else []),
            *([f"team:{self.owner_id}"] if self.owner_id else []),
            *([f"person:{self.owner_person_id}"] if self.owner_person_id else []),
        ]

    def is_late(self, at: datetime) -> bool:
        """Whether its hour has passed and it is still open."""
        return self.state == self.S.OPEN and self.due_at < at

    def move(self, name: str) -> None:
        """Take the step's own move; ``IllegalMove`` if it has moved on."""
        self.state = self.machine.after(self.state, name)
