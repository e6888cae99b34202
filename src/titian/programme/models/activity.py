"""Activities: what is planned, what is expected, what really happened."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.bilingual import Bilingual
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Basis, Event
from titian.people import sight
from titian.people.models import Delegation, Member, Party
from titian.places.models import Place

if TYPE_CHECKING:
    from django.db.models.expressions import RawSQL


PRESS_CALL = "press_call"
"""The kind of an item at which the press meets a delegation for a moment."""


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, actor: Actor) -> Self:
        """Public items of events one belongs to; private ones of one's own side."""
        if actor.person_id is None:
            return self.none()
        mine = sight.own_delegations(actor.person_id)
        if actor.kind == Kind.LINK:
            here = Delegation.objects.filter(pk__in=mine).values("event")
            return self.filter(
                Q(pk__in=self.model.of_delegations(mine))
                | Q(is_private=False, is_for_all=True, event__in=here)
            )
        accompanied = sight.accompanied(actor.person_id)
        near = Delegation.objects.visible_to(actor)
        return self.filter(
            Q(is_private=False, event__in=near.values("event"))
            | Q(pk__in=self.model.of_delegations(mine))
            | Q(pk__in=self.model.of_delegations(accompanied))
            | Q(event__in=sight.events_overseen(actor.person_id))
        )


class Activity(models.Model):
    """One item of the rundown, official or not, in one place.

    Planned, expected and actual times stand side by side and are never overwritten.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("activity", "planned")
        RUNNING = "running", pgettext_lazy("activity", "running")
        FINISHED = "finished", pgettext_lazy("activity", "finished")
        CANCELLED = "cancelled", pgettext_lazy("activity", "cancelled")

    class Precision(models.TextChoices):
        MINUTE = "minute", _("to the minute")
        DAY = "day", _("only the day is known")

    S = State
    machine = Machine(
        Move("start", {S.PLANNED}, S.RUNNING, by="programme"),
        Move("finish", {S.RUNNING}, S.FINISHED, by="programme"),
        Move("cancel", {S.PLANNED, S.RUNNING}, S.CANCELLED, by="programme"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="activities")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, default="session")
    title_en = models.CharField(max_length=200)
    title_id = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    is_official = models.BooleanField(default=True)
    is_private = models.BooleanField(default=False, help_text="Never on the wall.")
    is_for_all = models.BooleanField(default=False, help_text="Every delegation.")
    delegations = models.ManyToManyField(
        Delegation, blank=True, related_name="activities"
    )
    audience = models.CharField(max_length=60, blank=True, help_text="As reported.")
    group = models.CharField(
        max_length=12,
        choices=Member.Group,
        blank=True,
        help_text="Whose track: a sub-group of those who come; empty is all of them.",
    )
    precision = models.CharField(
        max_length=6, choices=Precision, default=Precision.MINUTE
    )
    starts_at = models.DateTimeField(help_text="Planned.")
    ends_at = models.DateTimeField(help_text="Planned.")
    expected_starts_at = models.DateTimeField(null=True)
    expected_ends_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    delay_reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    dress_en = models.CharField(max_length=120, blank=True)
    dress_id = models.CharField(max_length=120, blank=True)
    contact = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    title = Bilingual()
    dress = Bilingual()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["event", "starts_at"])]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="one_activity_code"),
            models.CheckConstraint(
                name="an_activity_does_not_end_before_it_starts",
                condition=Q(ends_at__gte=models.F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def of_delegations(
        delegations: "models.QuerySet[Delegation] | RawSQL",
    ) -> "models.QuerySet[Activity, dict[str, int]]":
        """Ids of the activities in which any of ``delegations`` takes part."""
        through = Activity.delegations.through
        found = through.objects.filter(delegation__in=delegations)
        return found.values("activity")  # type: ignore[return-value]

    @property
    def begins(self) -> datetime:
        """The best we know: actual, else expected, else planned."""
        return self.started_at or self.expected_starts_at or self.starts_at

    @property
    def ends(self) -> datetime:
        """The best we know: actual, else expected, else planned."""
        return self.finished_at or self.expected_ends_at or self.ends_at

    @property
    def when(self) -> datetime:
        """When one must be there."""
        return self.begins

    @property
    def where(self) -> Place | None:
        """Where one must be."""
        return self.place

    @property
    def is_dated_only(self) -> bool:
        """Whether only the day is known, so that no hour may be told."""
        return self.precision == self.Precision.DAY

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)

    @property
    def topics(self) -> list[str]:
        """Whose open pages news of it reaches: private news, only its own people's."""
        if self.is_for_all and not self.is_private:
            return [f"programme:{self.event_id}"]
        ids = self.delegations.values_list("pk", flat=True)
        return [f"delegation:{pk}" for pk in ids]
