"""What a party lets its next hosts know of how it was looked after."""

from django.db import models

from titian.kernel.models import Event
from titian.people.models.party import Delegation
from titian.people.models.person import Person


class CarryOver(models.Model):
    """A delegation's leave that the hosts of later events read how this one went."""

    delegation = models.OneToOneField(
        Delegation, models.CASCADE, related_name="carry_over"
    )
    given_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="leaves_given"
    )
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"leave of {self.delegation}"

    @property
    def event(self) -> Event:
        return self.delegation.event

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def is_in_force(self) -> bool:
        """Whether it was given and not taken back."""
        return self.withdrawn_at is None
