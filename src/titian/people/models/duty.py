"""Officers, whom they accompany, and when they hold the duty."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.people.models.party import Delegation, Member
from titian.people.models.person import Person
from titian.places.models import Place

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


def language_rank(level: str) -> int:
    """1 for A1 … 6 for C2 (CEFR); 0 for what is none of them."""
    return LEVELS.index(level) + 1 if level in LEVELS else 0


class OfficerQuerySet(models.QuerySet["Officer"]):
    def visible_to(self, actor: Actor) -> Self:
        """All of an event, for those who keep it; an officer sees herself."""
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()
        kept = Event.objects.filter(seats__person=actor.person_id)
        return self.filter(Q(event__in=kept) | Q(person=actor.person_id))


class OfPairQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of an officer with a delegation."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of delegations the actor may see, and the officer's own."""
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()  # guests are shown names by ``shown_officers`` alone
        seen = Delegation.objects.visible_to(actor).values("pk")
        return self.filter(Q(delegation__in=seen) | Q(officer__person=actor.person_id))


class Officer(models.Model):
    """A liaison officer at an event, with what makes her fit for a delegation."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="officers")
    event = models.ForeignKey(Event, models.CASCADE, related_name="officers")
    code = models.CharField(max_length=20)
    gender = models.CharField(max_length=1, blank=True)
    has_licence = models.BooleanField(default=False)
    vetted_on = models.DateField(null=True)
    trained_on = models.DateField(null=True)
    home = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    unit = models.CharField(max_length=120, blank=True)
    clearance = models.PositiveSmallIntegerField(
        default=7, help_text="The highest rank served: 1 is a head of state."
    )
    experience = models.PositiveSmallIntegerField(default=0, help_text="Events.")
    leader = models.ForeignKey("self", models.SET_NULL, null=True, related_name="crew")

    objects = OfficerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_officer_code"),
            models.UniqueConstraint(
                fields=["event", "person"], name="an_officer_once_an_event"
            ),
        ]

    def __str__(self) -> str:
        return self.person.display

    @property
    def topics(self) -> list[str]:
        return [f"person:{self.person_id}"]


class Absence(models.Model):
    """Hours in which an officer cannot be asked; the reason stays with the officer."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.officer} away"


class Assignment(models.Model):
    """An officer and a delegation, once both the host and the officer agree."""

    class Role(models.TextChoices):
        PRIMARY = "primary", _("primary")
        RELIEF = "relief", _("relief")

    class Consent(models.TextChoices):
        ASKED = "asked", pgettext_lazy("officer", "asked")
        AGREED = "agreed", pgettext_lazy("officer", "agreed")
        DECLINED = "declined", pgettext_lazy("officer", "declined")

    C = Consent
    machine = Machine(
        Move("agree", {C.ASKED}, C.AGREED, by="officer"),
        Move("decline", {C.ASKED, C.AGREED}, C.DECLINED, by="officer"),
        Move("ask_again", {C.DECLINED}, C.ASKED, by="coordinator"),
    )

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="assignments")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="assignments"
    )
    role = models.CharField(max_length=8, choices=Role, default=Role.PRIMARY)
    consent = models.CharField(max_length=8, choices=Consent, default=Consent.ASKED)
    group = models.CharField(
        max_length=12,
        choices=Member.Group,
        blank=True,
        help_text="The sub-group she is for; empty is the whole delegation.",
    )
    authority = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    introduced_at = models.DateTimeField(null=True)
    meeting_missed_at = models.DateTimeField(
        null=True, help_text="Twelve hours were left and they had not met."
    )
    relieved_at = models.DateTimeField(null=True)

    objects = OfPairQuerySet["Assignment"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "delegation"],
                condition=models.Q(relieved_at=None),
                name="one_present_assignment_a_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} with {self.delegation}"

    @property
    def event(self) -> Event:
        return self.delegation.event

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}", f"person:{self.officer.person_id}"]


class Duty(models.Model):
    """Hours in which one officer holds one delegation: the published cover."""

    class Mode(models.TextChoices):
        ATTACHED = "attached", _("with the delegation")
        ON_CALL = "on_call", _("on call")

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="duties")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="duties")
    role = models.CharField(max_length=8, choices=Assignment.Role)
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.ATTACHED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    proposal_id = models.BigIntegerField(null=True, help_text="The plan it came from.")
    withdrawn_at = models.DateTimeField(null=True)
    overran_at = models.DateTimeField(
        null=True, help_text="It was to end then, and nobody had taken it over."
    )

    objects = OfPairQuerySet["Duty"].as_manager()

    class Meta:
        verbose_name_plural = "duties"
        indexes = [
            models.Index(fields=["delegation", "starts_at"]),
            models.Index(fields=["officer", "starts_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_duty_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} holds {self.delegation}"

    @property
    def event(self) -> Event:
        return self.delegation.event

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}", f"person:{self.officer.person_id}"]
