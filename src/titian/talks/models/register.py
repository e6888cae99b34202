"""The register of documents: what was filed, its number, and who may read it."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Document, Event
from titian.people import sight
from titian.people.models import Delegation, Person, Seat
from titian.talks.models.agreement import Deliverable
from titian.talks.models.meeting import PROTOCOL


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, actor: Actor) -> Self:
        """What is open or the house's as far as it concerns her; private: by name."""
        if actor.person_id is None:
            return self.none()
        own = Q(
            secrecy=Paper.Secrecy.OPEN,
            parties__in=sight.own_delegations(actor.person_id),
        )
        if actor.kind == Kind.LINK:
            return self._once(own & ~Q(state=Paper.State.DRAFT))
        return self._once(
            own & ~Q(state=Paper.State.DRAFT)
            | ~Q(secrecy=Paper.Secrecy.PRIVATE) & _concerns(actor.person_id)
            | Q(filed_by=actor.person_id)
            | Q(readers=actor.person_id)
        )

    def _once(self, seen: Q) -> Self:
        """Each paper once, however many of its parties or readers match."""
        return self.filter(pk__in=Paper.objects.filter(seen).values("pk"))


def _concerns(person_id: int) -> Q:
    """Of the house: their officer, the desks that owe a line, the keepers."""
    owed = Deliverable.objects.filter(handled_by__in=sight.teams(person_id))
    protocol = Seat.objects.filter(person=person_id, team__code=PROTOCOL)
    return (
        Q(parties__in=sight.accompanied(person_id))
        | Q(agreements__in=owed.values("agreement"))
        & Q(event__in=sight.events_seated_at(person_id))
        | Q(event__in=protocol.values("event"))
        | Q(event__in=sight.events_overseen(person_id))
    )


class Paper(models.Model):
    """One document of the register: number, kind, parties, and its versions."""

    class Kind(models.TextChoices):
        NOTE = "NV", _("note verbale")
        CIRCULAR = "CIR", _("circular")
        LETTER = "LTR", _("letter")
        MOU = "MOU", _("memorandum of understanding")
        AGREEMENT = "AGR", _("agreement")
        SPONSOR = "SPO", _("sponsor contract")
        RIDER = "RID", _("rider")
        MINUTES = "MIN", _("minutes")
        REPORT = "REP", _("report")
        OTHER = "DOC", _("other document")

    class Secrecy(models.TextChoices):
        OPEN = "open", _("open to both sides")
        HOUSE = "house", _("inside the house")
        PRIVATE = "private", _("private: only those named")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("document", "draft")
        ISSUED = "issued", pgettext_lazy("document", "issued")
        WITHDRAWN = "withdrawn", pgettext_lazy("document", "withdrawn")

    S = State
    machine = Machine(
        Move("issue", {S.DRAFT}, S.ISSUED, by="who files"),
        Move("withdraw", {S.DRAFT, S.ISSUED}, S.WITHDRAWN, by="who files"),
    )

    ref = models.UUIDField(
        default=uuid4, unique=True, help_text="In addresses: it counts nothing."
    )
    event = models.ForeignKey(Event, models.PROTECT, related_name="papers")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=4, choices=Kind)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=600, blank=True)
    parties = models.ManyToManyField(Delegation, related_name="papers")
    secrecy = models.CharField(max_length=8, choices=Secrecy, default=Secrecy.HOUSE)
    readers = models.ManyToManyField(Person, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ISSUED)
    filed_on = models.DateField()
    filed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"], name="one_paper_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_private(self) -> bool:
        """Whether only those named may know that it is there."""
        return self.secrecy == self.Secrecy.PRIVATE

    @property
    def topics(self) -> list[str]:
        """Its own page alone: the list of a private one is nobody else's news."""
        return [f"paper:{self.ref}"]

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)


class PaperVersion(models.Model):
    """One text of a document: the very bytes that came, known by their digest."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="Of the file, as brought.")
    note = models.CharField(max_length=300, blank=True, help_text="What is new.")
    composed = models.JSONField(
        default=dict, help_text="A report's own words, to be written on."
    )
    brought_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number"], name="one_version_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.number}"

    @property
    def sha256(self) -> str:
        """What the bytes are known by."""
        return self.document.sha256


class Wording(models.Model):
    """The words by which a document is found; of a private one its title alone."""

    paper = models.OneToOneField(Paper, models.CASCADE, related_name="wording")
    heading = models.TextField()
    body = models.TextField()

    def __str__(self) -> str:
        return f"words of {self.paper_id}"
