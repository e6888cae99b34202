"""The talking card: what an officer says to a party, in its order, and what not."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Basis, Event
from titian.people import sight
from titian.people.models import Delegation, Person, Seat
from titian.talks.models.meeting import PROTOCOL, Meeting

POINTS_AT_MOST = 12
WORDS_IN_A_POINT = 25
"""What can be said in one breath: the officer speaks, she does not read aloud."""


class TalkingCardQuerySet(models.QuerySet["TalkingCard"]):
    def visible_to(self, actor: Actor) -> Self:
        """Approved: the party's officers. A draft: who wrote it and who approves it.

        Protocol and coordinators read all of them; the guests none.
        """
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()
        keepers = Seat.objects.filter(
            Q(role=Seat.Role.COORDINATOR) | Q(team__code=PROTOCOL),
            person=actor.person_id,
        )
        return self.filter(
            Q(approver=actor.person_id)
            | Q(drafted_by=actor.person_id)
            | Q(event__in=keepers.values("event"))
            | Q(
                state=TalkingCard.State.APPROVED,
                delegation__in=sight.accompanied(actor.person_id),
            )
        )


class TalkingCard(models.Model):
    """Points in plain words in the order that persuades, and what is not said."""

    class Step(models.TextChoices):
        THANKS = "thanks", pgettext_lazy("step", "Thanks and courtesy")
        SHARED = "shared", pgettext_lazy("step", "What both sides want")
        HEARD = "heard", pgettext_lazy("step", "What we have heard they need")
        OFFER = "offer", pgettext_lazy("step", "What we can do")
        BENEFIT = "benefit", pgettext_lazy("step", "What they gain by it")
        ASKED = "asked", pgettext_lazy("step", "What we ask of them")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("talking card", "waits for approval")
        APPROVED = "approved", pgettext_lazy("talking card", "approved")
        WITHDRAWN = "withdrawn", pgettext_lazy("talking card", "withdrawn")

    S = State
    machine = Machine(
        Move("revise", {S.DRAFT, S.APPROVED}, S.DRAFT, by="who drafts"),
        Move("approve", {S.DRAFT}, S.APPROVED, by="who is named"),
        Move("withdraw", {S.DRAFT, S.APPROVED}, S.WITHDRAWN, by="who drafts"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="talking_cards")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, related_name="talking_cards"
    )
    title = models.CharField(max_length=160)
    points = models.JSONField(default=list, help_text='[["shared", "words"], …]')
    never = models.JSONField(default=list, help_text="What is not said.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approver = models.ForeignKey(
        Person, models.PROTECT, related_name="+", help_text="Who alone approves it."
    )
    approved_at = models.DateTimeField(null=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)

    objects = TalkingCardQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        """The officer's phone hears of it; the guests read no such page."""
        return [f"delegation:{self.delegation_id}", f"talking_card:{self.pk}"]

    @property
    def steps(self) -> list[tuple[str, list[str]]]:
        """The points under their steps, in the order that persuades."""
        found = [
            (str(step.label), [words for name, words in self.points if name == step])
            for step in self.Step
        ]
        return [(label, points) for label, points in found if points]

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)
