"""A confirmation: somebody whom a change touches says that it is seen."""

from typing import Self

from django.db import models
from django.db.models import Q

from titian.kernel.actor import Actor
from titian.kernel.bilingual import Bilingual
from titian.kernel.models import Event
from titian.people import sight
from titian.people.models import Delegation, Party, Person


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those asked of the actor or its team, and those of delegations it sees."""
        if actor.person_id is None:
            return self.none()
        return self.filter(
            Q(owner_person=actor.person_id)
            | Q(owner_team__in=sight.teams(actor.person_id))
            | Q(delegation__in=Delegation.objects.visible_to(actor))
        )


class Confirmation(models.Model):
    """What a change would break, and who must say that it is seen and dealt with.

    Unconfirmed it stays visible; each time it falls due again it is one louder.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="confirmations")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="confirmations"
    )
    change = models.CharField(max_length=80, help_text="Groups one change's asks.")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    sentence_en = models.CharField(max_length=300)
    sentence_id = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(default=3)
    owner_team = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="confirmations"
    )
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="confirmations"
    )
    asked_at = models.DateTimeField()
    by = models.DateTimeField(help_text="When the thing itself would break.")
    loudness = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+"
    )
    superseded_at = models.DateTimeField(null=True, help_text="By a later change.")

    sentence = Bilingual()

    objects = ConfirmationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.sentence_en

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        owners = [
            f"team:{self.owner_team_id}" if self.owner_team_id else "",
            f"person:{self.owner_person_id}" if self.owner_person_id else "",
        ]
        return [f"delegation:{self.delegation_id}", *filter(None, owners)]
