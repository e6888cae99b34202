"""An incident: the alarm is an ask; this row says who commands and how it stands."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.bilingual import Bilingual
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event, SealedNote
from titian.loop.models.ask import Ask
from titian.loop.models.playbook import Alarm
from titian.loop.models.step import Run
from titian.people.models import Person, Seat


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, actor: Actor) -> Self:
        """To who sees the alarm, who has a part in it, and the spokespersons."""
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()
        speakers = Seat.objects.filter(
            person=actor.person_id, role=Seat.Role.SPOKESPERSON
        )
        return self.filter(
            Q(ask__in=Ask.objects.visible_to(actor).values("pk"))
            | Q(commander=actor.person_id)
            | Q(roles__person=actor.person_id)
            | Q(event__in=speakers.values("event"))
        ).distinct()


class Incident(models.Model):
    """One emergency from the alarm to its end: commander, updates, what may be said."""

    class State(models.TextChoices):
        RAISED = "raised", pgettext_lazy("incident", "raised")
        ACTIVE = "active", pgettext_lazy("incident", "commanded")
        STABLE = "stable", pgettext_lazy("incident", "stable")
        CLOSED = "closed", pgettext_lazy("incident", "closed")

    class Severity(models.IntegerChoices):
        MINOR = 1, pgettext_lazy("severity", "minor")
        SERIOUS = 2, pgettext_lazy("severity", "serious")
        GRAVE = 3, pgettext_lazy("severity", "grave")

    S = State
    machine = Machine(
        Move("take_command", {S.RAISED}, S.ACTIVE, by="team"),
        Move("stabilise", {S.ACTIVE}, S.STABLE, by="commander"),
        Move("flare_up", {S.STABLE, S.CLOSED}, S.ACTIVE, by="commander"),
        Move("close", {S.STABLE}, S.CLOSED, by="commander"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="incidents")
    ask = models.OneToOneField(Ask, models.PROTECT, related_name="incident")
    alarm = models.CharField(max_length=14, choices=Alarm)
    severity = models.PositiveSmallIntegerField(
        choices=Severity, default=Severity.SERIOUS
    )
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.RAISED)
    known = models.TextField(blank=True, help_text="What is known, in short.")
    say_en = models.TextField(blank=True, help_text="What may be said; nothing else.")
    say_id = models.TextField(blank=True)
    say_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", help_text="Cleared it."
    )
    commander = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="commands"
    )
    run = models.OneToOneField(Run, models.PROTECT, null=True, related_name="incident")
    particulars = models.JSONField(default=dict, help_text="Clinic, report number…")
    notes = models.ManyToManyField(SealedNote, blank=True, related_name="incidents")
    raised_at = models.DateTimeField()
    tactical_every = models.DurationField(default=timedelta(minutes=15))
    executive_every = models.DurationField(default=timedelta(minutes=60))
    tactical_due_at = models.DateTimeField(null=True)
    executive_due_at = models.DateTimeField(null=True)
    stable_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    say = Bilingual()

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        indexes = [models.Index(fields=["event", "state"])]

    def __str__(self) -> str:
        """What kind it is and where, in the reader's language."""
        kind = str(self.get_alarm_display())
        return f"{kind}: {self.place}" if self.place else kind

    @property
    def concerns_id(self) -> int:
        """The delegation, for the journal."""
        return self.ask.asked_by_id

    @property
    def topics(self) -> list[str]:
        """Whose open pages news of it reaches."""
        commander = [f"person:{self.commander_id}"] if self.commander_id else []
        return [*self.ask.topics, *commander]

    @property
    def is_over(self) -> bool:
        """Whether nobody commands it any more."""
        return self.state == self.S.CLOSED

    def move(self, name: str) -> None:
        """Take the move; ``IllegalMove`` if it does not start from here."""
        self.state = self.machine.after(self.state, name)

    def wind_clocks(self, at: datetime) -> None:
        """The next two updates are due their rhythm after ``at``."""
        self.tactical_due_at = at + self.tactical_every
        self.executive_due_at = at + self.executive_every

    def stop_clocks(self) -> None:
        """It is over: no update is owed any more."""
        self.tactical_due_at = self.executive_due_at = None


class IncidentRole(models.Model):
    """Who does what in an incident."""

    class Role(models.TextChoices):
        OPERATIONS = "operations", pgettext_lazy("incident role", "operations")
        MEDICAL = "medical", pgettext_lazy("incident role", "medical")
        SECURITY = "security", pgettext_lazy("incident role", "security")
        TRANSPORT = "transport", pgettext_lazy("incident role", "transport")
        DELEGATION = "delegation", pgettext_lazy("incident role", "with the delegation")
        SPOKESPERSON = "spokesperson", pgettext_lazy("incident role", "spokesperson")
        LOG = "log", pgettext_lazy("incident role", "keeps the log")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=12, choices=Role)
    person = models.ForeignKey(Person, models.PROTECT, related_name="incident_roles")
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "role"], name="one_person_an_incident_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person}"
