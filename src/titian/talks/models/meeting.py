"""A meeting: the substance of an hour that the programme keeps."""

from typing import Self

from django.db import models
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor
from titian.kernel.bilingual import Bilingual
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Basis, Event
from titian.loop.models import Ask
from titian.people.models import Delegation, Person
from titian.programme.models import Activity


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those whose hour the actor may see, and of whose sides it sees one."""
        return self.filter(activity__in=Activity.objects.visible_to(actor))


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
        Move("call_off", {S.PLANNED}, S.CANCELLED, by="officer"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="meetings")
    activity = models.OneToOneField(
        Activity, models.PROTECT, related_name="meeting"
    )
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
