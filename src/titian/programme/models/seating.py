"""Seating: where a guest sits or stands at an item, as the plan on the wall says."""

from typing import Self

from django.db import models
from django.db.models import Q

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import Delegation, Member
from titian.programme.models.activity import Activity

SEAT_AT_MOST = 80


def same_words(words: str) -> str:
    """The seat as two people mean the same by it: no case, single spaces."""
    return " ".join(words.split()).casefold()


class PlacingQuerySet(models.QuerySet["Placing"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of delegations and items that the actor sees: never a neighbour's."""
        return self.filter(
            delegation__in=Delegation.objects.visible_to(actor),
            activity__in=Activity.objects.visible_to(actor),
        )

    def given(self) -> Self:
        """Those that hold: a seat that was taken back leaves its row behind, blank."""
        return self.exclude(seat="")


class Placing(models.Model):
    """Where a delegation, or one person of it, sits or stands at one item.

    Without a ``member`` it is the delegation's. The seat is in the words of the plan:
    "Table 1, seat 4", "Row B, 12"; ``side`` is the door or the side one comes from.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="placings")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="placings")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="placings"
    )
    seat = models.CharField(
        max_length=SEAT_AT_MOST, blank=True, help_text="Empty: taken back."
    )
    side = models.CharField(max_length=SEAT_AT_MOST, blank=True, help_text="Or door.")

    objects = PlacingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["delegation", "activity"])]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "delegation"],
                condition=Q(member__isnull=True),
                name="a_delegation_placed_once",
            ),
            models.UniqueConstraint(
                fields=["activity", "member"], name="a_member_placed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.where}"

    @property
    def where(self) -> str:
        """The seat, and the door or side where it is told."""
        return f"{self.seat} · {self.side}" if self.side else self.seat

    @property
    def who(self) -> str:
        """The person, or the delegation as a whole."""
        return self.member.person.display if self.member else self.delegation.name

    @property
    def event(self) -> Event:
        return self.activity.event

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        """A seat is its own side's news, also at an item for everybody."""
        return self.delegation.topics
