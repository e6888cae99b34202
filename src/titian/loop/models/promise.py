"""A promise: what somebody said would happen, by when, and whether it did."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.loop.models.ask import Ask
from titian.people.models import Delegation, Party, Person


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the delegations the actor may see."""
        return self.filter(delegation__in=Delegation.objects.visible_to(actor))


class Promise(models.Model):
    """Any "I will…": ours to a delegation, or theirs to us."""

    class Direction(models.TextChoices):
        OURS = "ours", _("we to them")
        THEIRS = "theirs", _("they to us")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("promise", "open")
        KEPT = "kept", pgettext_lazy("promise", "kept")
        BROKEN = "broken", pgettext_lazy("promise", "broken")

    S = State
    machine = Machine(
        Move("keep", {S.OPEN, S.BROKEN}, S.KEPT, by="owner"),
        Move("break_off", {S.OPEN}, S.BROKEN, by="owner"),
    )

    OWES_A_WORD = models.Q(state=S.BROKEN, direction=Direction.OURS, word_given_at=None)

    event = models.ForeignKey(Event, models.PROTECT, related_name="promises")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="promises")
    direction = models.CharField(
        max_length=6, choices=Direction, default=Direction.OURS
    )
    words = models.CharField(max_length=300)
    owner_team = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="promises"
    )
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="promises"
    )
    ask = models.ForeignKey(Ask, models.PROTECT, null=True, related_name="promises")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="Kept or broken.")
    settled_words = models.CharField(max_length=300, blank=True)
    word_given_at = models.DateTimeField(
        null=True, help_text="The other side heard that it is broken."
    )
    word_given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+"
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["delegation", "state", "due_at"])]

    def __str__(self) -> str:
        return self.words

    @property
    def owes_a_word(self) -> bool:
        """Whether it is broken and the guest has not heard it from a person."""
        is_broken = self.state == self.State.BROKEN
        is_ours = self.direction == self.Direction.OURS
        return is_broken and is_ours and self.word_given_at is None

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        teams = [f"team:{self.owner_team_id}"] if self.owner_team_id else []
        return [f"delegation:{self.delegation_id}", *teams]
