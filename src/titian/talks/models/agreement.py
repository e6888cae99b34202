"""Agreements, and line by line who owes whom what by when."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.bilingual import Bilingual
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Basis, Document, Event
from titian.people import sight
from titian.people.models import Delegation, Party, Person, Seat
from titian.talks.sight import PROTOCOL

SOON = timedelta(hours=24)
"""From here on both sides see that a line is still unmet."""
NAMED_ON = "SELECT agreement_id FROM talks_signatory WHERE person_id = %s"


class Wordless(ValueError):
    """Words are missing, or longer than the row keeps; the argument says which."""


def said(words: str, *, at_most: int, may_be_empty: bool = False) -> str:
    """``words`` without the blanks around them; ``Wordless`` if they cannot be kept."""
    words = words.strip()
    if not words and not may_be_empty:
        raise Wordless("missing")
    if len(words) > at_most:
        raise Wordless("too long")
    return words


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, actor: Actor) -> Self:
        """Both sides, the officer, whom it names, who owes a line, the keepers."""
        if actor.person_id is None:
            return self.none()
        own = Q(delegation__in=sight.own_delegations(actor.person_id))
        if actor.kind == Kind.LINK:  # a link opens one party's papers, nothing else
            return self.filter(own)
        teams = sight.teams(actor.person_id)
        owed = Deliverable.objects.filter(handled_by__in=teams).values("agreement")
        keepers = Seat.objects.filter(person=actor.person_id, team__code=PROTOCOL)
        return self.filter(
            own
            | Q(delegation__in=sight.accompanied(actor.person_id))
            | Q(pk__in=RawSQL(NAMED_ON, [actor.person_id]))
            | Q(pk__in=owed, event__in=sight.events_seated_at(actor.person_id))
            | Q(event__in=keepers.values("event"))
            | Q(event__in=sight.events_overseen(actor.person_id))
        )


class Agreement(models.Model):
    """A paper between the host and one party at an event: hosting, sponsor, rider."""

    class Kind(models.TextChoices):
        HOSTING = "hosting", _("hosting agreement")
        SPONSOR = "sponsor", _("sponsor contract")
        RIDER = "rider", _("rider")
        COST_SHARING = "cost_sharing", _("cost sharing")
        MOU = "mou", _("memorandum of understanding")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("agreement", "draft")
        REVIEWED = "reviewed", pgettext_lazy("agreement", "reviewed")
        SIGNED = "signed", pgettext_lazy("agreement", "signed")
        IN_FORCE = "in_force", pgettext_lazy("agreement", "in force")
        AMENDED = "amended", pgettext_lazy("agreement", "amended by a later one")
        RENEWED = "renewed", pgettext_lazy("agreement", "renewed by a later one")
        ENDED = "ended", pgettext_lazy("agreement", "ended")

    S = State
    machine = Machine(
        Move("review", {S.DRAFT}, S.REVIEWED, by="keeper"),
        Move("send_back", {S.REVIEWED}, S.DRAFT, by="keeper"),
        Move("sign", {S.REVIEWED}, S.SIGNED, by="last signer"),
        Move("bring_into_force", {S.SIGNED}, S.IN_FORCE, by="keeper"),
        Move("amend", {S.IN_FORCE}, S.AMENDED, by="what follows it"),
        Move("renew", {S.IN_FORCE}, S.RENEWED, by="what follows it"),
        Move("end", {S.SIGNED, S.IN_FORCE}, S.ENDED, by="keeper"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="agreements")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="agreements"
    )
    code = models.CharField(max_length=20)
    number = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.HOSTING)
    title_en = models.CharField(max_length=200)
    title_id = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.SYNTHETIC)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    paper = models.ForeignKey(
        "talks.Paper", models.PROTECT, null=True, related_name="agreements"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followed_by"
    )
    follows_as = models.CharField(
        max_length=8, blank=True, help_text="What it does to the one before it."
    )
    ended_words = models.CharField(max_length=300, blank=True)

    title = Bilingual()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_agreement_code")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}"]

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)


class DeliverableQuerySet(models.QuerySet["Deliverable"]):
    def visible_to(self, actor: Actor) -> Self:
        """The lines of the agreements the actor may see."""
        return self.filter(agreement__in=Agreement.objects.visible_to(actor))

    def unmet(self) -> Self:
        """Neither delivered nor settled."""
        return self.filter(state__in=Deliverable.UNMET)


class Deliverable(models.Model):
    """A line of an agreement: who owes whom what by when, and the proof."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("deliverable", "open")
        DELIVERED = "delivered", pgettext_lazy("deliverable", "delivered")
        ACCEPTED = "accepted", pgettext_lazy("deliverable", "accepted")
        DISPUTED = "disputed", pgettext_lazy("deliverable", "disputed")
        WAIVED = "waived", pgettext_lazy("deliverable", "waived")

    class Direction(models.TextChoices):
        OURS = "ours", _("we to them")
        THEIRS = "theirs", _("they to us")

    S = State
    UNMET = (S.OPEN, S.DISPUTED)
    machine = Machine(
        Move("deliver", {S.OPEN, S.DISPUTED}, S.DELIVERED, by="owing side"),
        Move("accept", {S.DELIVERED}, S.ACCEPTED, by="entitled side"),
        Move("dispute", {S.DELIVERED, S.ACCEPTED}, S.DISPUTED, by="entitled side"),
        Move("waive", {S.OPEN, S.DISPUTED}, S.WAIVED, by="entitled side"),
    )

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="lines")
    line = models.PositiveSmallIntegerField()
    clause_en = models.CharField(max_length=400, blank=True)
    clause_id = models.CharField(max_length=400, blank=True)
    direction = models.CharField(max_length=6, choices=Direction)
    what_en = models.CharField(max_length=200)
    what_id = models.CharField(max_length=200, blank=True)
    quantity = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True
    )
    unit_en = models.CharField(max_length=40, blank=True)
    unit_id = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField()
    evidence_kind = models.CharField(max_length=12, default="file")
    handled_by = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="lines_handled"
    )
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="lines_handled"
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    delivered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="Accepted or waived.")
    dispute_words = models.CharField(max_length=400, blank=True)
    settled_words = models.CharField(
        max_length=300, blank=True, help_text="Why it was waived."
    )
    effect_en = models.CharField(
        max_length=200, blank=True, help_text="What fails without it: house only."
    )
    effect_id = models.CharField(max_length=200, blank=True)

    clause = Bilingual()
    what = Bilingual()
    unit = Bilingual()
    effect = Bilingual()

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        ordering = ["agreement", "due_at", "line"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "line"], name="one_line_each")
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def event(self) -> Event:
        return self.agreement.event

    @property
    def concerns_id(self) -> int:
        return self.agreement.delegation_id

    @property
    def topics(self) -> list[str]:
        teams = [f"team:{self.handled_by_id}"] if self.handled_by_id else []
        return [*self.agreement.topics, *teams]

    @property
    def is_ours(self) -> bool:
        """Whether the host owes it."""
        return self.direction == self.Direction.OURS

    @property
    def is_unmet(self) -> bool:
        """Whether it is neither delivered nor settled."""
        return self.state in self.UNMET

    def is_overdue(self, at: datetime) -> bool:
        """Whether it is neither delivered nor settled past its hour."""
        return self.is_unmet and self.due_at < at

    def is_soon(self, at: datetime) -> bool:
        """Whether it is still unmet with less than a day to go."""
        return self.is_unmet and at <= self.due_at <= at + SOON

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)

    def deliver(self, *, at: datetime) -> None:
        """It is claimed to be done; the other side has still to accept it."""
        self.move("deliver")
        self.delivered_at, self.dispute_words = at, ""

    def accept(self, *, at: datetime) -> None:
        """The entitled side says that it has what it was owed."""
        self.move("accept")
        self.settled_at = at

    def dispute(self, words: str) -> None:
        """The entitled side says what is missing; it is owed again."""
        self.move("dispute")
        self.dispute_words = said(words, at_most=400)
        self.settled_at = None

    def waive(self, words: str, *, at: datetime) -> None:
        """The entitled side wants it no more, and says why."""
        self.move("waive")
        self.settled_words = said(words, at_most=300)
        self.settled_at = at


class Evidence(models.Model):
    """What proves a line: a file, or a person's word."""

    deliverable = models.ForeignKey(
        Deliverable, models.CASCADE, related_name="evidence"
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    name = models.CharField(
        max_length=200, blank=True, help_text="Of the file, as brought."
    )
    words = models.CharField(max_length=300, blank=True)
    brought_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.words or self.name
