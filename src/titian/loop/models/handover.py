"""A hand-over: what one officer carries for a delegation passes to the next."""

from collections.abc import Mapping
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.fields import SealedJSONField, SealedTextField
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.loop.comparing import Difference, compared
from titian.people import sight
from titian.people.models import Delegation, Duty, Officer

SUM = 64


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, actor: Actor) -> Self:
        """The two officers', and all of the events the actor oversees; no guest's."""
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()
        mine = Q(outgoing__person=actor.person_id) | Q(incoming__person=actor.person_id)
        return self.filter(mine | Q(event__in=sight.events_overseen(actor.person_id)))

    def live(self) -> Self:
        """Those that are under way."""
        return self.filter(state__in=HandOver.LIVE)


class HandOver(models.Model):
    """From one officer to the next, item by item; over when both have signed."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("handover", "being read")
        HANDED = "handed", pgettext_lazy("handover", "signed by who leaves")
        LET_GO = "let_go", pgettext_lazy("handover", "let go by a coordinator")
        TAKEN = "taken", pgettext_lazy("handover", "taken over")
        CALLED_OFF = "called_off", pgettext_lazy("handover", "called off")

    S = State
    LIVE = (S.OPEN, S.HANDED, S.LET_GO)
    machine = Machine(
        Move("hand_over", {S.OPEN}, S.HANDED, by="outgoing"),
        Move("let_go", {S.OPEN, S.HANDED}, S.LET_GO, by="coordinator"),
        Move("take_over", {S.HANDED, S.LET_GO}, S.TAKEN, by="incoming"),
        Move("call_off", {S.OPEN, S.HANDED, S.LET_GO}, S.CALLED_OFF, by="who leads it"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="handovers")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="handovers")
    outgoing = models.ForeignKey(Officer, models.PROTECT, related_name="handed_over")
    incoming = models.ForeignKey(Officer, models.PROTECT, related_name="taken_over")
    duty = models.ForeignKey(
        Duty,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The one that ends.",
    )
    is_for_good = models.BooleanField(
        default=False, help_text="She who leaves does not come back to them."
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True, help_text="She who leaves signed.")
    let_go_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True, help_text="She who comes signed.")
    called_off_at = models.DateTimeField(null=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["delegation", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(state__in=["open", "handed", "let_go"]),
                name="one_handover_a_delegation_at_once",
            ),
            models.CheckConstraint(
                name="nobody_hands_over_to_herself",
                condition=~Q(outgoing=models.F("incoming")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.outgoing} → {self.incoming}"

    @property
    def concerns_id(self) -> int:
        """The delegation, for the journal."""
        return self.delegation_id

    @property
    def is_live(self) -> bool:
        """Whether it is under way."""
        return self.state in self.LIVE

    @property
    def topics(self) -> list[str]:
        """Whose open pages it reaches."""
        people = (self.outgoing.person_id, self.incoming.person_id)
        return [f"delegation:{self.delegation_id}", *(f"person:{pk}" for pk in people)]


class HandOverItem(models.Model):
    """One thing that is handed over: an ask, a promise, a key, a word of caution."""

    class Kind(models.TextChoices):
        ASK = "ask", pgettext_lazy("handover", "request")
        PROMISE = "promise", pgettext_lazy("handover", "promise")
        CUSTODY = "custody", pgettext_lazy("handover", "thing in custody")
        SENSITIVITY = "sensitivity", pgettext_lazy("handover", "sensitivity")
        NEXT = "next", pgettext_lazy("handover", "next 24 hours")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("handover item", "not read yet")
        ACCEPTED = "accepted", pgettext_lazy("handover item", "accepted")
        QUESTIONED = "questioned", pgettext_lazy("handover item", "in question")
        GONE = "gone", pgettext_lazy("handover item", "no longer open")

    S = State
    machine = Machine(
        Move("accept", {S.OPEN, S.QUESTIONED}, S.ACCEPTED, by="incoming"),
        Move("question", {S.OPEN, S.ACCEPTED}, S.QUESTIONED, by="incoming"),
        Move("explain", {S.QUESTIONED}, S.OPEN, by="outgoing"),
        Move("renew", {S.ACCEPTED, S.QUESTIONED}, S.OPEN, by="house"),
        Move("leave", {S.OPEN, S.ACCEPTED, S.QUESTIONED}, S.GONE, by="house"),
        Move("come_back", {S.GONE}, S.OPEN, by="house"),
    )
    WORD = "word"
    """The ``subject_kind`` of what she who leaves says in her own words."""

    handover = models.ForeignKey(HandOver, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=12, choices=Kind)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    mark = models.CharField(max_length=SUM, help_text="Stands for what was read.")
    about_id = models.BigIntegerField(null=True, help_text="Whose words they are.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    words = SealedTextField(blank=True, help_text="Her own, where they are hers.")
    heard_as = SealedJSONField(default=dict, help_text="As read back, if it differs.")
    question = SealedTextField(blank=True)
    explained = SealedTextField(blank=True)
    joined_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "subject_kind", "subject_id"],
                name="one_item_a_thing_and_handover",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"

    @property
    def event(self) -> Event:
        """The event, for the journal."""
        return self.handover.event

    @property
    def concerns_id(self) -> int:
        """The delegation, for the journal."""
        return self.handover.delegation_id

    @property
    def topics(self) -> list[str]:
        """Whose open pages it reaches."""
        return self.handover.topics

    def differing(self, fields: Mapping[str, str]) -> list[Difference]:
        """What was read back beside what stands there, where it was not the same."""
        return compared(fields, self.heard_as) if self.heard_as else []
