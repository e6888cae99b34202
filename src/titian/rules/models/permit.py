"""Permits: what a delegation brings along that needs somebody's leave."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Basis, Event
from titian.loop.models import Ask
from titian.people import sight
from titian.people.models import Delegation, Person
from titian.rules.models.article import Article, Item

DESKS: dict[str, str] = {
    Item.ARMS: "SEC",
    Item.RADIO: "SEC",
    Item.DRONE: "SEC",
    Item.MEDIA_KIT: "PRS",
    Item.AIRCRAFT: "PRO",
    Item.VEHICLE: "TRN",
}
"""Which inner team brings the paper to the authority and back."""
LEAD_DAYS: dict[str, int] = {
    Item.ARMS: 30,
    Item.RADIO: 30,
    Item.DRONE: 21,
    Item.MEDIA_KIT: 14,
    Item.AIRCRAFT: 14,
    Item.VEHICLE: 14,
}
"""How long an authority is given where no article says it: estimates of ours."""


class PermitQuerySet(models.QuerySet["Permit"]):
    def visible_to(self, actor: Actor) -> Self:
        """Of one's own side and of the guests one accompanies; all, for whoever
        oversees the event; for a team what it brings to the authority.
        """
        if actor.person_id is None:
            return self.none()
        own = Q(delegation__in=sight.own_delegations(actor.person_id))
        if actor.kind == Kind.LINK:
            return self.filter(own)
        teams = sight.teams(actor.person_id)
        events = sight.events_seated_at(actor.person_id)
        return self.filter(
            own
            | Q(delegation__in=sight.accompanied(actor.person_id))
            | Q(event__in=sight.events_overseen(actor.person_id))
            | Q(desk__in=teams, event__in=events)
        )


class Permit(models.Model):
    """One thing that was declared, and the leave that is sought for it."""

    class State(models.TextChoices):
        DECLARED = "declared", pgettext_lazy("permit", "declared")
        APPLIED = "applied", pgettext_lazy("permit", "applied for")
        GRANTED = "granted", pgettext_lazy("permit", "granted")
        REFUSED = "refused", pgettext_lazy("permit", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("permit", "not brought along")

    S = State
    OPEN = frozenset({S.DECLARED, S.APPLIED})
    machine = Machine(
        Move("apply", {S.DECLARED, S.REFUSED}, S.APPLIED, by="desk"),
        Move("grant", {S.DECLARED, S.APPLIED}, S.GRANTED, by="desk"),
        Move("refuse", {S.DECLARED, S.APPLIED, S.GRANTED}, S.REFUSED, by="desk"),
        Move(
            "withdraw",
            {S.DECLARED, S.APPLIED, S.GRANTED, S.REFUSED},
            S.WITHDRAWN,
            by="guest",
        ),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="permits")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="permits")
    kind = models.CharField(max_length=10, choices=Item)
    how_many = models.PositiveSmallIntegerField(default=1)
    words = models.CharField(max_length=300, blank=True, help_text="What exactly.")
    desk = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, related_name="+"
    )
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, related_name="permits"
    )
    needed_on = models.DateField(help_text="The day it must be in hand.")
    lead_days = models.PositiveSmallIntegerField(default=14)
    state = models.CharField(max_length=10, choices=State, default=State.DECLARED)
    declared_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+"
    )
    declared_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    number = models.CharField(max_length=80, blank=True, help_text="The authority's.")
    valid_to = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    ask = models.ForeignKey(Ask, models.SET_NULL, null=True, related_name="permits")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)

    objects = PermitQuerySet.as_manager()

    class Meta:
        ordering = ["needed_on", "pk"]
        indexes = [models.Index(fields=["event", "state", "needed_on"])]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.kind}"

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}"]

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)
