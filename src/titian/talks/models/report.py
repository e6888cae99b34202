"""What each side makes of a meeting: the officer's report, a side's differing view."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.models import Document, Event
from titian.people import sight
from titian.people.models import Delegation, Person, Seat
from titian.talks.models.meeting import PROTOCOL, Meeting

REPORT_AT_MOST = 8_000


def _house(person_id: int, path: str = "") -> Q:
    """Meetings whose record is the person's to keep or to check."""
    overseen = Seat.objects.filter(
        Q(role__in=[Seat.Role.COORDINATOR, Seat.Role.AUDITOR]) | Q(team__code=PROTOCOL),
        person=person_id,
    )
    accompanied = sight.accompanied(person_id)
    return (
        Q(**{f"{path}party_a__in": accompanied})
        | Q(**{f"{path}party_b__in": accompanied})
        | Q(**{f"{path}event__in": overseen.values("event")})
    )


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor) -> Self:
        """Differing views: both sides. Officers' reports: the house alone."""
        views = Q(kind=Report.Kind.VIEW, meeting__in=Meeting.objects.visible_to(actor))
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.filter(views)
        return self.filter(views | _house(actor.person_id, "meeting__"))


class Report(models.Model):
    """One side's account of a meeting: asked of its officer, or told by the side."""

    class Kind(models.TextChoices):
        CONTACT = "contact", pgettext_lazy("report", "contact report")
        VIEW = "view", pgettext_lazy("report", "differing view")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reports")
    side = models.ForeignKey(Delegation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CONTACT)
    words = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="Of a report that is asked for.")
    late_at = models.DateTimeField(null=True, help_text="When it was entered as late.")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "side", "kind"], name="one_report_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.side}"

    @property
    def event(self) -> Event:
        return self.meeting.event

    @property
    def concerns_id(self) -> int:
        return self.side_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.side_id}", f"meeting:{self.meeting_id}"]

    @property
    def is_written(self) -> bool:
        """Whether there are words."""
        return self.written_at is not None

    @property
    def other_side(self) -> Delegation:
        """With whom the side met."""
        one, other = self.meeting.sides
        return other if one.pk == self.side_id else one

    def write(self, words: str, *, by: Person, at: datetime) -> None:
        """Keep the words, and whose they are."""
        self.words, self.written_by, self.written_at = words, by, at


class Decision(models.Model):
    """One thing a meeting decided, and which side answers for it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=400)
    owner = models.ForeignKey(
        Delegation, models.PROTECT, null=True, related_name="+", help_text="Or both."
    )
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words


class HandoutQuerySet(models.QuerySet["Handout"]):
    def visible_to(self, actor: Actor) -> Self:
        """What is open: who reads the meeting. What is the house's: the house alone."""
        seen = Q(
            secrecy=Document.Secrecy.OPEN,
            meeting__in=Meeting.objects.visible_to(actor),
        )
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.filter(seen)
        return self.filter(seen | _house(actor.person_id, "meeting__"))


class Handout(models.Model):
    """A paper that must lie on the table: who brings it, by when, who may read it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="handouts")
    title = models.CharField(max_length=200)
    owed_by = models.ForeignKey(
        Delegation, models.PROTECT, null=True, related_name="+", help_text="Or us."
    )
    due_at = models.DateTimeField()
    secrecy = models.CharField(
        max_length=10, choices=Document.Secrecy, default=Document.Secrecy.OPEN
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True, help_text="Of the file.")
    brought_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField(null=True)

    objects = HandoutQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return self.title

    def is_late(self, at: datetime) -> bool:
        """Whether its hour has passed and it does not lie there."""
        return self.brought_at is None and self.due_at < at
