"""A meeting: the substance of an hour that the programme keeps."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.bilingual import Bilingual
from titian.kernel.machine import IllegalMove, Machine, Move
from titian.kernel.models import Basis, Event
from titian.loop.models import Ask
from titian.people import sight
from titian.people.models import Delegation, Person, Seat
from titian.programme.models import Activity
from titian.talks.models.agreement import said

PROTOCOL = "PRO"
MINUTES_AT_MOST = 20_000


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's own side and of the guests it accompanies; all, for
        protocol, a coordinator or an auditor: what is said there is for nobody else.
        """
        if actor.person_id is None:
            return self.none()
        own = sight.own_delegations(actor.person_id)
        if actor.kind == Kind.LINK:
            return self.filter(Q(party_a__in=own) | Q(party_b__in=own))
        accompanied = sight.accompanied(actor.person_id)
        keepers = Seat.objects.filter(
            Q(role__in=[Seat.Role.COORDINATOR, Seat.Role.AUDITOR])
            | Q(team__code=PROTOCOL),
            person=actor.person_id,
        )
        return self.filter(
            Q(party_a__in=own)
            | Q(party_b__in=own)
            | Q(party_a__in=accompanied)
            | Q(party_b__in=accompanied)
            | Q(event__in=keepers.values("event"))
        )


class Meeting(models.Model):
    """Two delegations at one table: agenda, minutes, action points."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("meeting", "planned")
        HELD = "held", pgettext_lazy("meeting", "held")
        MINUTED = "minuted", pgettext_lazy("meeting", "minuted")
        APPROVED = "approved", pgettext_lazy("meeting", "text agreed")
        CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")

    S = State
    machine = Machine(
        Move("hold", {S.PLANNED}, S.HELD, by="officer"),
        Move("minute", {S.PLANNED, S.HELD, S.MINUTED}, S.MINUTED, by="officer"),
        Move("approve", {S.MINUTED}, S.APPROVED, by="both sides"),
        Move("call_off", {S.PLANNED}, S.CANCELLED, by="protocol"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="meetings")
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="meeting")
    party_a = models.ForeignKey(Delegation, models.PROTECT, related_name="meetings_a")
    party_b = models.ForeignKey(Delegation, models.PROTECT, related_name="meetings_b")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    minutes = models.TextField(blank=True)
    minuted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    minuted_at = models.DateTimeField(null=True)
    approved_a_at = models.DateTimeField(null=True)
    approved_b_at = models.DateTimeField(null=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=400, blank=True)

    objects = MeetingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.party_a} – {self.party_b}"

    @property
    def concerns_id(self) -> int:
        return self.party_a_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.party_a_id}", f"delegation:{self.party_b_id}"]

    @property
    def sides(self) -> tuple[Delegation, Delegation]:
        """Both delegations, the host's guest first."""
        return self.party_a, self.party_b

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)

    def minute(self, words: str, *, by: Person, at: datetime) -> None:
        """Keep the text; a new text takes back what was agreed of the old one."""
        self.move("minute")
        self.minutes = said(words, at_most=MINUTES_AT_MOST)
        self.minuted_by, self.minuted_at = by, at
        self.approved_a_at = self.approved_b_at = None

    def approve(self, side: Delegation, *, at: datetime) -> None:
        """``side`` agrees to the text; agreed by both, it is the text.

        ``IllegalMove`` if there is no text, or the side has agreed to it already.
        """
        after = self.machine.after(self.state, "approve")
        mine = "approved_a_at" if side.pk == self.party_a_id else "approved_b_at"
        if getattr(self, mine) is not None:
            raise IllegalMove("cannot approve twice")
        setattr(self, mine, at)
        if self.approved_a_at and self.approved_b_at:
            self.state = after

    def take_back(self, side: Delegation) -> None:
        """``side`` does not agree, or no longer; ``IllegalMove`` without a text."""
        self.machine.after(self.state, "approve")
        mine = "approved_a_at" if side.pk == self.party_a_id else "approved_b_at"
        setattr(self, mine, None)


class AgendaItem(models.Model):
    """One point of a meeting's agenda."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    words_en = models.CharField(max_length=300)
    words_id = models.CharField(max_length=300, blank=True)

    words = Bilingual()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words


class ActionPoint(models.Model):
    """What a meeting decided somebody will do: an ask, so that it is closed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="action_points")
    ask = models.OneToOneField(Ask, models.PROTECT, related_name="action_point")

    def __str__(self) -> str:
        return str(self.ask)
