"""A talk between two parties: who sits there, what is to be settled, how it stands."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.bilingual import Bilingual
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Basis, Event
from titian.people.models import Delegation, Person

UNSEEING = frozenset({Kind.LINK, Kind.FEED, Kind.HOUSE})
"""Kinds of actors that never sit at a talk: a link opens a party's page, no more."""


class TalkQuerySet(models.QuerySet["Talk"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those the actor is named for; a coordinator or an auditor sees no others."""
        if actor.person_id is None or actor.kind in UNSEEING:
            return self.none()
        named = Envoy.objects.filter(person=actor.person_id)
        return self.filter(pk__in=named.values("talk"))


class Talk(models.Model):
    """What two parties settle between them, topic by topic, over hours or months."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("talk", "open")
        BROKEN_OFF = "broken_off", pgettext_lazy("talk", "broken off")
        SETTLED = "settled", pgettext_lazy("talk", "settled")

    S = State
    machine = Machine(
        Move("walk_away", {S.OPEN}, S.BROKEN_OFF, by="either side"),
        Move("come_back", {S.BROKEN_OFF}, S.OPEN, by="either side"),
        Move("settle", {S.OPEN}, S.SETTLED, by="both sides"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="talks")
    code = models.CharField(max_length=20)
    title_en = models.CharField(max_length=200)
    title_id = models.CharField(max_length=200, blank=True)
    side_a = models.ForeignKey(Delegation, models.PROTECT, related_name="+")
    side_b = models.ForeignKey(Delegation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    stuck_hours = models.PositiveSmallIntegerField(
        default=48, help_text="After so long without an offer a topic is stuck."
    )
    opened_at = models.DateTimeField()
    broken_words = models.CharField(max_length=300, blank=True)
    broken_by = models.CharField(max_length=6, blank=True, help_text="Which side.")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)

    title = Bilingual()

    objects = TalkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_talk_code"),
            models.CheckConstraint(
                condition=~Q(side_a=models.F("side_b")), name="talk_has_two_sides"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def topics(self) -> list[str]:
        """Whose pages hear of it: those who sit there; the event's pages do not."""
        return [f"talk:{self.pk}"]

    @property
    def patience(self) -> timedelta:
        """How long a topic may lie still."""
        return timedelta(hours=self.stuck_hours)

    def delegation(self, side: str) -> Delegation:
        """The party of side "a" or "b"."""
        return self.side_a if side == Envoy.Side.A else self.side_b

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)


class Envoy(models.Model):
    """A person named for a talk: of one side, or the one who mediates."""

    class Side(models.TextChoices):
        A = "a", _("one side")
        B = "b", _("the other side")
        BRIDGE = "bridge", _("mediates")

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="envoys")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    side = models.CharField(max_length=6, choices=Side)
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["talk", "person"], name="one_seat_a_talk")
        ]

    def __str__(self) -> str:
        return str(self.person)


class Issue(models.Model):
    """One topic to be settled: its options are invented before they are judged."""

    class State(models.TextChoices):
        INVENTING = "inventing", pgettext_lazy("issue", "options are being invented")
        JUDGING = "judging", pgettext_lazy("issue", "options are being judged")
        AGREED = "agreed", pgettext_lazy("issue", "agreed")

    S = State
    machine = Machine(
        Move("judge", {S.INVENTING}, S.JUDGING, by="either side"),
        Move("invent_again", {S.JUDGING}, S.INVENTING, by="either side"),
        Move("agree", {S.INVENTING, S.JUDGING}, S.AGREED, by="both sides"),
    )

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="issues")
    order = models.PositiveSmallIntegerField()
    words_en = models.CharField(max_length=200)
    words_id = models.CharField(max_length=200, blank=True)
    ground = models.CharField(
        max_length=400, blank=True, help_text="What both sides want, as both may read."
    )
    state = models.CharField(max_length=10, choices=State, default=State.INVENTING)
    agreed_on = models.ForeignKey(
        "talks.Option", models.PROTECT, null=True, related_name="+"
    )
    moved_at = models.DateTimeField(help_text="When it last moved.")
    stuck_at = models.DateTimeField(null=True)

    words = Bilingual()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "order"], name="one_issue_order")
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def event(self) -> Event:
        return self.talk.event

    @property
    def topics(self) -> list[str]:
        return self.talk.topics

    @property
    def is_agreed(self) -> bool:
        """Whether it is locked."""
        return self.state == self.State.AGREED

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)


class Option(models.Model):
    """One way to settle a topic; whose idea it was is not kept beside it."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="options")
    order = models.PositiveSmallIntegerField()
    words_en = models.CharField(max_length=200)
    words_id = models.CharField(max_length=200, blank=True)

    words = Bilingual()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words
