"""A journey: one arrival or departure, with its milestones as they were reported."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove, Machine, Move
from titian.kernel.models import Basis, Event
from titian.people.models import Delegation
from titian.places.models import Place

REACHED_BY = {
    "wheels_up": "take_off",
    "landed": "land",
    "cleared": "clear",
    "on_the_road": "set_out",
    "at_the_hotel": "arrive",
}
"""The milestones somebody taps, in their order, and the move each of them makes."""


class JourneyQuerySet(models.QuerySet["Journey"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the delegations the actor may see."""
        return self.filter(delegation__in=Delegation.objects.visible_to(actor))


TERMINALS = {
    "international": pgettext_lazy("terminal", "International"),
    "domestic": pgettext_lazy("terminal", "Domestic"),
    "general aviation": pgettext_lazy("terminal", "General aviation"),
}
"""Terminals that are called by what they are for, by how lists write them."""


class Journey(models.Model):
    """How a delegation, or a part of it, comes or goes.

    The state is the last milestone reached; milestones may be told late and out of
    order, and the record keeps both when it happened and when it was heard.
    """

    class Kind(models.TextChoices):
        ARRIVAL = "arrival", _("arrival")
        DEPARTURE = "departure", _("departure")

    class State(models.TextChoices):
        SCHEDULED = "scheduled", pgettext_lazy("journey", "scheduled")
        EXPECTED = "expected", pgettext_lazy("journey", "expected")
        WHEELS_UP = "wheels_up", pgettext_lazy("journey", "wheels up")
        LANDED = "landed", pgettext_lazy("journey", "landed")
        CLEARED = "cleared", pgettext_lazy("journey", "cleared")
        ON_THE_ROAD = "on_the_road", pgettext_lazy("journey", "on the road")
        AT_THE_HOTEL = "at_the_hotel", pgettext_lazy("journey", "at the hotel")
        CALLED_OFF = "called_off", pgettext_lazy("journey", "called off")

    S = State
    TO_LAND = frozenset({S.SCHEDULED, S.EXPECTED, S.WHEELS_UP})
    """Not landed yet: its hour may still move, and it may be called off."""

    machine = Machine(
        Move("expect", {S.SCHEDULED, S.EXPECTED}, S.EXPECTED, by="officer"),
        Move("take_off", {S.SCHEDULED, S.EXPECTED}, S.WHEELS_UP, by="officer"),
        Move("expect_aloft", {S.WHEELS_UP}, S.WHEELS_UP, by="officer"),
        Move("land", TO_LAND, S.LANDED, by="officer"),
        Move("clear", TO_LAND | {S.LANDED}, S.CLEARED, by="officer"),
        Move(
            "set_out",
            TO_LAND | {S.LANDED, S.CLEARED},
            S.ON_THE_ROAD,
            by="officer",
        ),
        Move(
            "arrive",
            TO_LAND | {S.LANDED, S.CLEARED, S.ON_THE_ROAD},
            S.AT_THE_HOTEL,
            by="officer",
        ),
        Move("call_off", TO_LAND, S.CALLED_OFF, by="transport"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="journeys")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="journeys")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ARRIVAL)
    group = models.CharField(max_length=20, default="main")
    planned_at = models.DateTimeField(null=True, help_text="At the gate or runway.")
    expected_at = models.DateTimeField(null=True)
    delay_reason = models.CharField(max_length=200, blank=True)
    precision = models.CharField(max_length=6, default="minute", help_text="or day")
    state = models.CharField(max_length=12, choices=State, default=State.SCHEDULED)
    airport = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    terminal = models.CharField(max_length=60, blank=True)
    hotel = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    mode = models.CharField(max_length=20, blank=True)
    flight = models.CharField(max_length=20, blank=True)
    size = models.PositiveSmallIntegerField(default=0, help_text="People.")
    bags = models.PositiveSmallIntegerField(default=0)
    from_city = models.CharField(max_length=80, blank=True)
    greeters = models.CharField(max_length=300, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)

    objects = JourneyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["event", "kind", "planned_at"])]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_journey_code")
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.get_kind_display()}"

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}"]

    @property
    def at(self) -> datetime | None:
        """The best we know of the landing or leaving: expected, else planned."""
        return self.expected_at or self.planned_at

    @property
    def when(self) -> datetime | None:
        """When one must be at the airport."""
        return self.at

    @property
    def where(self) -> Place | None:
        """Where one must be."""
        return self.airport

    @property
    def terminal_name(self) -> str:
        """The terminal as the reader calls it; a name of its own as it came."""
        return str(TERMINALS.get(self.terminal.casefold(), self.terminal))

    @property
    def zone(self) -> str:
        """The zone its hours are told in: the airport's."""
        return self.airport.zone if self.airport else self.event.zone

    @property
    def late(self) -> timedelta:
        """How much later than planned it is expected; negative if earlier."""
        if self.expected_at is None or self.planned_at is None:
            return timedelta(0)
        return self.expected_at - self.planned_at

    @property
    def landing(self) -> "Milestone | None":
        """The first milestone on the ground, as told; ``None`` before there is one."""
        told = self.milestones.all()
        return next((one for one in told if one.state != self.State.WHEELS_UP), None)

    @property
    def has_landed(self) -> bool:
        """Whether anybody has told of it on the ground."""
        return self.landing is not None

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)

    def expect(self) -> None:
        """Its hour moves, on the ground or aloft; ``IllegalMove`` once it landed."""
        aloft = self.state == self.State.WHEELS_UP
        self.move("expect_aloft" if aloft else "expect")

    def reach(self, milestone: str) -> bool:
        """Go on to ``milestone``; whether the journey was not there or past it yet.

        ``IllegalMove`` once it was called off.
        """
        move = self.machine[REACHED_BY[milestone]]
        if self.state == self.State.CALLED_OFF:
            raise IllegalMove("cannot go on what is called off")
        if self.state not in move.sources:
            return False
        self.state = move.target
        return True


class Milestone(models.Model):
    """One step of a journey, as somebody told it."""

    journey = models.ForeignKey(Journey, models.CASCADE, related_name="milestones")
    state = models.CharField(max_length=12, choices=Journey.State)
    happened_at = models.DateTimeField(help_text="By the doer's word.")
    heard_at = models.DateTimeField(help_text="When the house learned it.")
    precision = models.CharField(max_length=6, default="minute")
    by_person_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["happened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "state"], name="a_milestone_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.journey}: {self.state}"

    @property
    def is_late_word(self) -> bool:
        """Whether the house heard it a minute or more after it happened."""
        return self.heard_at - self.happened_at >= timedelta(minutes=1)
