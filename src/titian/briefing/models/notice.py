"""A notice, version by version, and the copy that each person has of it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.bilingual import Bilingual
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.people.models import Assignment, Member, Person, Seat
from titian.places.models import Closure

MANY = 500


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> Self:
        """To whoever sits at the host's table; to others, those they have a copy of."""
        if actor.person_id is None:
            return self.none()
        copies = Copy.objects.filter(person=actor.person_id).values("notice")
        own = Q(pk__in=copies)
        if actor.kind == Kind.LINK:
            return self.filter(own)
        seats = Seat.objects.filter(person=actor.person_id).values("event")
        return self.filter(own | Q(event__in=seats))


class Notice(models.Model):
    """One version of what changes: from what, to what, why, and for whom.

    Sent, it is never edited: a newer version takes its place, and says so on the old
    copies. The rule of its audience is kept as it was; who got it is frozen in copies.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", pgettext_lazy("notice", "change")
        CLOSURE = "closure", pgettext_lazy("notice", "closure")
        CARD = "card", pgettext_lazy("notice", "safety card")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("notice", "draft")
        SENT = "sent", pgettext_lazy("notice", "sent")
        SUPERSEDED = "superseded", pgettext_lazy("notice", "replaced")
        WITHDRAWN = "withdrawn", pgettext_lazy("notice", "withdrawn")

    S = State
    machine = Machine(
        Move("send", {S.DRAFT}, S.SENT, by="coordinator"),
        Move("supersede", {S.SENT}, S.SUPERSEDED, by="newer version"),
        Move("withdraw", {S.DRAFT, S.SENT}, S.WITHDRAWN, by="coordinator"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="notices")
    code = models.CharField(max_length=20, help_text="N-0003, the same for versions.")
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CHANGE)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, related_name="notices"
    )
    title_en = models.CharField(max_length=120)
    title_id = models.CharField(max_length=120, blank=True)
    old_en = models.CharField(max_length=300, blank=True, help_text="How it was.")
    old_id = models.CharField(max_length=300, blank=True)
    new_en = models.CharField(max_length=300, help_text="How it is now.")
    new_id = models.CharField(max_length=300, blank=True)
    reason_en = models.CharField(max_length=300, blank=True)
    reason_id = models.CharField(max_length=300, blank=True)
    instead_en = models.CharField(max_length=300, blank=True, help_text="Do this.")
    instead_id = models.CharField(max_length=300, blank=True)
    formal_en = models.TextField()
    formal_id = models.TextField(blank=True)
    brief_en = models.CharField(max_length=480)
    brief_id = models.CharField(max_length=480, blank=True)
    audience = models.JSONField(default=dict, help_text="The rule, as a tree.")
    silence_minutes = models.PositiveSmallIntegerField(
        default=10, help_text="Without a word so long, the leader is called; 0: never."
    )
    is_exercise = models.BooleanField(default=False)
    composed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    composed_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Replaced or withdrawn.")
    ended_words = models.CharField(max_length=300, blank=True)

    title, old, new = Bilingual(), Bilingual(), Bilingual()
    reason, instead = Bilingual(), Bilingual()
    formal, brief = Bilingual(), Bilingual()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "code", "version"], name="one_version_of_a_notice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def topics(self) -> list[str]:
        """Whose open pages news of it reaches: everybody's who has a copy.

        Where those are very many, all pages of the event hear of it, by one word.
        """
        people = list(self.copies.values_list("person", flat=True)[: MANY + 1])
        if len(people) > MANY:
            return [f"programme:{self.event_id}"]
        guests = self.audience["of"] if self.kind == self.Kind.CARD else []
        return [
            *(f"person:{pk}" for pk in people),
            *(f"delegation:{pk}" for pk in guests),  # their officer's phone says so
        ]

    @property
    def is_in_force(self) -> bool:
        """Whether it is what holds: sent, and neither replaced nor withdrawn."""
        return self.state == self.S.SENT

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)


class CopyQuerySet(models.QuerySet["Copy"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and those of the guests one accompanies; all of an event, to
        whoever sits at the host's table.
        """
        if actor.person_id is None:
            return self.none()
        own = Q(person=actor.person_id)
        if actor.kind == Kind.LINK:
            return self.filter(own)
        seats = Seat.objects.filter(person=actor.person_id).values("event")
        held = Assignment.objects.filter(
            officer__person=actor.person_id, relieved_at=None
        ).exclude(consent=Assignment.Consent.DECLINED)
        guests = Member.objects.filter(delegation__in=held.values("delegation"))
        theirs = Q(person__in=guests.values("person"))
        events = held.values("delegation__event")
        return self.filter(
            own | Q(notice__event__in=seats) | (theirs & Q(notice__event__in=events))
        )

    def silent(self) -> Self:
        """Those whose people have not acknowledged what is in force."""
        return self.filter(acknowledged_at=None, notice__state=Notice.State.SENT)


class Copy(models.Model):
    """What one person got of a notice, and how far it came: each step has its hour."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="copies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="copies")
    why = models.JSONField(default=list, help_text="Pairs: English, Indonesian.")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=20, blank=True, help_text="The channel.")
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)
    called = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField(null=True, help_text="For want of a word.")
    called_step = models.PositiveSmallIntegerField(default=0)
    calls = models.JSONField(
        default=list, help_text="All of them: the leader or none, and the hour."
    )

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "copies"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "person"], name="one_copy_a_person"
            )
        ]
        indexes = [models.Index(fields=["person", "acknowledged_at"])]

    def __str__(self) -> str:
        return f"{self.notice} for {self.person}"

    @property
    def event(self) -> Event:
        """The notice's, for the journal."""
        return self.notice.event

    @property
    def topics(self) -> list[str]:
        """Whose open pages news of it reaches."""
        return [f"person:{self.person_id}"]

    @property
    def state(self) -> str:
        """The last step it reached."""
        steps = ("acknowledged", "read", "delivered", "sent", "failed")
        return next((s for s in steps if getattr(self, f"{s}_at")), "queued")


class Preference(models.Model):
    """In which order a person wants to be reached."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="preference")
    channels = models.JSONField(default=list, help_text='["whatsapp", "email"]')

    def __str__(self) -> str:
        return f"{self.person}: {', '.join(self.channels)}"
