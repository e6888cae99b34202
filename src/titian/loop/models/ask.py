"""An ask: who said it, who holds it, and how far the loop is closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.machine import IllegalMove, Machine, Move
from titian.kernel.models import Event
from titian.loop.models.topic import Topic, Weight
from titian.people import sight
from titian.people.models import Delegation, Party, Person

FOLLOWED = (
    "state",
    "owner",
    "holder",
    "passed_at",
    "opened_at",
    "restated_at",
    "in_hand_at",
    "answer_words",
    "answered_at",
    "answered_by",
    "closed_at",
    "due_at",
)
"""What an ask has in common with the one that it was merged into."""


class LeftOut(ValueError):
    """A field of the ask was not said back; its argument names the fields."""


class AskQuerySet(models.QuerySet["Ask"]):
    def visible_to(self, actor: Actor) -> Self:
        """Of the actor's own side, of the guests it accompanies, of its team; all, for
        a coordinator or an auditor of the event. Never a complaint about the actor.
        """
        if actor.person_id is None:
            return self.none()
        seen = _whoever_owns(actor, actor.person_id)
        if actor.kind != Kind.LINK:
            teams = sight.teams(actor.person_id)
            events = sight.events_seated_at(actor.person_id)
            seen |= Q(owner__in=teams, event__in=events)
        return self.filter(seen).exclude(complains_of=actor.person_id)

    def visible_whoever_owns(self, actor: Actor) -> Self:
        """Of those, what the actor still sees once another team has it."""
        if actor.person_id is None:
            return self.none()
        seen = self.filter(_whoever_owns(actor, actor.person_id))
        return seen.exclude(complains_of=actor.person_id)


def _whoever_owns(actor: Actor, person_id: int) -> Q:
    own = Q(asked_by__in=sight.own_delegations(person_id))
    if actor.kind == Kind.LINK:
        return own
    told = Ask.informed.through.objects.filter(party__in=sight.teams(person_id))
    events = sight.events_seated_at(person_id)
    return (
        own
        | Q(asked_by__in=sight.accompanied(person_id))
        | Q(pk__in=told.values("ask"), event__in=events)
        | Q(event__in=sight.events_overseen(person_id))
    )


class Ask(models.Model):
    """What a guest asks of the hosts, open until the asking side says that it is kept.

    Three parties: the guest, the officer who passes the words on, the team that owns
    the matter. The team may answer; only the asking side closes.
    """

    class State(models.TextChoices):
        SAID = "said", pgettext_lazy("ask", "said")
        PASSED = "passed", pgettext_lazy("ask", "passed on")
        RESTATED = "restated", pgettext_lazy("ask", "said back")
        IN_HAND = "in_hand", pgettext_lazy("ask", "in hand")
        ANSWERED = "answered", pgettext_lazy("ask", "answered")
        CLOSED = "closed", pgettext_lazy("ask", "closed")
        WITHDRAWN = "withdrawn", pgettext_lazy("ask", "withdrawn")

    class Urgency(models.TextChoices):
        ROUTINE = "routine", pgettext_lazy("urgency", "when convenient")
        SOON = "soon", pgettext_lazy("urgency", "soon")
        URGENT = "urgent", pgettext_lazy("urgency", "urgent")
        EMERGENCY = "emergency", pgettext_lazy("urgency", "emergency")

    Weight = Weight
    S = State
    machine = Machine(
        Move("pass_on", {S.SAID}, S.PASSED, by="officer"),
        Move("accept", {S.PASSED}, S.IN_HAND, by="team"),
        Move("restate", {S.PASSED}, S.RESTATED, by="team"),
        Move("confirm", {S.RESTATED}, S.IN_HAND, by="asking side"),
        Move("correct", {S.RESTATED}, S.PASSED, by="asking side"),
        Move("bounce", {S.PASSED, S.RESTATED, S.IN_HAND}, S.PASSED, by="team"),
        Move("make_exact", {S.PASSED, S.IN_HAND}, S.PASSED, by="hosts"),
        Move("answer", {S.IN_HAND}, S.ANSWERED, by="team"),
        Move("reopen", {S.ANSWERED, S.CLOSED}, S.PASSED, by="asking side"),
        Move("close", {S.ANSWERED}, S.CLOSED, by="asking side"),
        Move(
            "withdraw",
            {S.SAID, S.PASSED, S.RESTATED, S.IN_HAND},
            S.WITHDRAWN,
            by="asking side",
        ),
        Move(
            "divert",
            {S.SAID, S.PASSED, S.RESTATED, S.IN_HAND},
            S.PASSED,
            by="press gate",
        ),
        Move("look_after", {S.SAID}, S.CLOSED, by="who recovers"),
        Move("give_back", {S.PASSED, S.RESTATED, S.IN_HAND}, S.SAID, by="press gate"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="asks")
    code = models.CharField(max_length=20, blank=True, help_text="A-0147")
    asked_by = models.ForeignKey(Delegation, models.PROTECT, related_name="asks")
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="asks")
    language = models.CharField(max_length=8, blank=True, help_text="Of the words.")
    channel = models.CharField(max_length=20, blank=True, help_text="telephone, link…")
    said_where = models.CharField(
        max_length=120, blank=True, help_text="Where it was said: the lobby, car 2."
    )
    words = models.TextField(help_text="The guest's own, never edited.")
    title = models.CharField(max_length=120, blank=True, help_text="By the officer.")
    gloss = models.TextField(blank=True, help_text="The officer's reading.")
    gloss_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    gloss_is_machine = models.BooleanField(default=False, help_text="Unverified.")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="asks")
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.ROUTINE)
    weight = models.CharField(max_length=10, choices=Weight, default=Weight.ROUTINE)
    is_private = models.BooleanField(default=False, help_text="Never on the wall.")
    is_recovery = models.BooleanField(
        default=False, help_text="Nobody asked: of an unhappy word, by the house."
    )
    complains_of = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", help_text="Sees it never."
    )
    owner = models.ForeignKey(Party, models.PROTECT, null=True, related_name="asks")
    informed = models.ManyToManyField(Party, related_name="asks_followed", blank=True)
    holder = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Of the owning team: who took it.",
    )
    details = models.JSONField(default=dict, help_text="Who, how many, where, when.")
    heard_as = models.JSONField(default=dict, help_text="The same, as said back.")
    restated_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer_words = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.SAID)
    said_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True, help_text="To its present owner.")
    opened_at = models.DateTimeField(null=True, help_text="The team has heard it.")
    restated_at = models.DateTimeField(null=True)
    in_hand_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="The answer is promised by.")
    paused_at = models.DateTimeField(null=True, help_text="The answer's clock stands.")
    paused_until = models.DateTimeField(null=True, help_text="Then it goes on.")
    pause_words = models.CharField(max_length=300, blank=True, help_text="Why.")
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="merged",
        help_text="The same matter, asked twice: that ask speaks for both.",
    )
    split_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="parts",
        help_text="Of the same words, another matter.",
    )

    left_by_id: int | None = None  # while it moves: the team that had it before

    objects = AskQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["event", "state", "id"])]
        constraints = [  # the database keeps the law too
            models.CheckConstraint(
                name="an_ask_passed_on_has_an_owner",
                condition=Q(state__in=["said", "withdrawn"]) | Q(owner__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["event", "code"],
                condition=~Q(code=""),
                name="one_ask_code_an_event",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.words[:120]

    @property
    def concerns_id(self) -> int:
        """The delegation, for the journal."""
        return self.asked_by_id

    @property
    def topics(self) -> list[str]:
        """Whose open pages news of it reaches: also the team that has just lost it."""
        delegation = f"delegation:{self.asked_by_id}"
        if self.owner_id is None:
            return [delegation]
        ids = [self.owner_id, self.left_by_id, *(t.pk for t in self.informed.all())]
        return [delegation, *dict.fromkeys(f"team:{pk}" for pk in ids if pk)]

    @property
    def moves(self) -> list[Move]:
        """What could be done next, whoever does it."""
        moves = self.machine.moves_from(self.state)
        return [move for move in moves if self.allows(move.name)]

    def allows(self, name: str) -> bool:
        """An exact ask is not accepted as it stands: it must be said back. What went
        into another ask makes no move of its own. Looked after is what nobody asked.
        """
        if self.merged_into_id is not None:
            return False
        if name == "look_after":
            return self.is_recovery
        return not (name in {"accept", "make_exact"} and self.weight == Weight.EXACT)

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state or the weight forbids it."""
        if not self.allows(name):
            raise IllegalMove(f"cannot {name} what is {self.weight}, or merged")
        self.state = self.machine.after(self.state, name)

    def pass_to(self, owner: Party | None, *, at: datetime) -> None:
        """Give it to ``owner``, who has neither heard nor said back anything yet."""
        self.go_on(at=at)
        self.left_by_id = self.owner_id
        self.owner, self.passed_at = owner, at
        self.heard_as, self.holder, self.restated_by = {}, None, None
        self.opened_at = self.restated_at = self.in_hand_at = None

    def read_as(self, details: Mapping[str, str], weight: str) -> None:
        """Keep the officer's reading; what is exact has fields to be said back."""
        if weight == Weight.EXACT and not details:
            raise LeftOut("who, how_many, where, when")
        self.details, self.weight = dict(details), weight

    def restate(self, heard_as: Mapping[str, str]) -> None:
        """Keep what was heard; ``LeftOut`` if a field is not said back."""
        self.move("restate")
        if missing := [field for field in self.details if not heard_as.get(field)]:
            raise LeftOut(", ".join(missing))
        self.heard_as = dict(heard_as)

    def pause(self, until: datetime, why: str, *, at: datetime) -> None:
        """Let the answer's clock stand so long: the hour promised moves by as much."""
        self.paused_at, self.paused_until, self.pause_words = at, until, why
        if self.due_at is not None:
            self.due_at += until - at

    def go_on(self, *, at: datetime) -> None:
        """End the pause; what was left of it does not count."""
        if self.paused_until is None:
            return
        if self.due_at is not None and at < self.paused_until:
            self.due_at -= self.paused_until - at
        self.paused_at, self.paused_until, self.pause_words = None, None, ""

    def go_with(self, other: "Ask") -> None:
        """Stand where the ask stands that this one went into; the words stay apart."""
        for name in FOLLOWED:
            setattr(self, name, getattr(other, name))

    def forget_words(self) -> None:
        """Empty every word a person said; states and times stay."""
        self.words = self.gloss = self.title = self.answer_words = ""
        self.pause_words = self.said_where = ""
        self.details, self.heard_as = {}, {}
