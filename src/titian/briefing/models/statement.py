"""What the house says to the world: key messages, and statements cleared by them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.bilingual import Bilingual
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.loop.models import Ask
from titian.people.models import Person, Seat

PRESS = "PRS"
"""The code of the press desk among the inner teams."""


class AtTheDesk[M: models.Model](models.QuerySet[M]):
    """Rows of an event that the press desk works with."""

    def visible_to(self, actor: Actor) -> Self:
        """To the press desk, the spokespersons, coordinators and auditors."""
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()
        roles = [Seat.Role.SPOKESPERSON, Seat.Role.COORDINATOR, Seat.Role.AUDITOR]
        seats = Seat.objects.filter(person=actor.person_id).filter(
            Q(team__code=PRESS) | Q(role__in=roles)
        )
        return self.filter(event__in=seats.values("event"))


class KeyMessage(models.Model):
    """What the event stands by; one of them is the holding line officers may say."""

    class Kind(models.TextChoices):
        MESSAGE = "message", pgettext_lazy("key message", "key message")
        HOLDING = "holding", pgettext_lazy("key message", "holding line")

    event = models.ForeignKey(Event, models.CASCADE, related_name="key_messages")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.MESSAGE)
    words_en = models.CharField(max_length=400)
    words_id = models.CharField(max_length=400, blank=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    words = Bilingual()

    objects = AtTheDesk["KeyMessage"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(kind="holding", retired_at=None),
                name="one_holding_line_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.words


class Statement(models.Model):
    """A text for the world: drafted, cleared, held back until its hour, released."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("statement", "draft")
        CLEARED = "cleared", pgettext_lazy("statement", "cleared")
        EMBARGOED = "embargoed", pgettext_lazy("statement", "embargoed")
        RELEASED = "released", pgettext_lazy("statement", "released")
        RECALLED = "recalled", pgettext_lazy("statement", "recalled")

    S = State
    machine = Machine(
        Move("clear", {S.DRAFT}, S.CLEARED, by="spokesperson"),
        Move("revise", {S.DRAFT, S.CLEARED, S.EMBARGOED}, S.DRAFT, by="press desk"),
        Move("embargo", {S.CLEARED}, S.EMBARGOED, by="press desk"),
        Move("release", {S.CLEARED, S.EMBARGOED}, S.RELEASED, by="spokesperson"),
        Move("recall", {S.RELEASED}, S.RECALLED, by="spokesperson"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="statements")
    code = models.CharField(max_length=20, help_text="S-0001")
    title_en = models.CharField(max_length=160)
    title_id = models.CharField(max_length=160, blank=True)
    words_en = models.TextField()
    words_id = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    alarm = models.ForeignKey(
        Ask, models.PROTECT, null=True, related_name="statements", help_text="Of what."
    )
    is_exercise = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    cleared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(null=True)
    embargo_until = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_words = models.CharField(max_length=300, blank=True)

    title, words = Bilingual(), Bilingual()

    objects = AtTheDesk["Statement"].as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "code"], name="one_statement_code_an_event"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def topics(self) -> list[str]:
        """News of it reaches the desk alone."""
        return []

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)

    def unclear(self) -> None:
        """It is a draft again: nobody stands for it yet."""
        self.cleared_by, self.cleared_at, self.embargo_until = None, None, None

    def is_due(self, at: datetime) -> bool:
        """Whether its embargo is over."""
        return self.embargo_until is not None and self.embargo_until <= at


class Clearance(models.Model):
    """A key message that a statement was held against, and what was found."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="clearances")
    message = models.ForeignKey(KeyMessage, models.PROTECT, related_name="clearances")
    note = models.CharField(max_length=300, blank=True, help_text="If it departs.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "message"], name="a_key_message_is_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement} / {self.message}"
