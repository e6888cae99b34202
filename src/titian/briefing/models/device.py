"""The phones on which a person wants to be told, and what was told there."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.fields import SealedJSONField
from titian.kernel.models import Event
from titian.people.models import Person


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, for who is signed in."""
        if actor.person_id is None or actor.kind == Kind.LINK or actor.on_word_of:
            return self.none()
        return self.filter(person=actor.person_id)

    def in_use(self) -> Self:
        """Those that still want to be told."""
        return self.filter(ended_at=None)


class Device(models.Model):
    """A browser whose owner said "Tell me on this phone".

    ``address`` is the subscription as the browser gave it, with the keys only that
    browser opens with; ended, it is emptied. Times are the world's.
    """

    class End(models.TextChoices):
        STOPPED = "stopped", pgettext_lazy("phone", "the person stopped it")
        GONE = "gone", pgettext_lazy("phone", "the browser has left")
        OTHER = "other", pgettext_lazy("phone", "somebody else uses it now")

    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    name = models.CharField(max_length=60, blank=True, help_text="As she knows it.")
    address = SealedJSONField(default=dict, help_text="Endpoint, keys, language.")
    mark = models.CharField(max_length=64, help_text="SHA-256 of the endpoint.")
    made_with = models.CharField(max_length=100, help_text="The house's public key.")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, help_text="Last told there.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=8, choices=End, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mark"],
                condition=Q(ended_at=None),
                name="one_owner_a_device",
            )
        ]

    def __str__(self) -> str:
        return f"device {self.pk} of person {self.person_id}"

    @property
    def topics(self) -> list[str]:
        """Whose open pages news of it reaches."""
        return [f"person:{self.person_id}"]


class TidingQuerySet(models.QuerySet["Tiding"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, for who is signed in."""
        if actor.person_id is None or actor.kind == Kind.LINK or actor.on_word_of:
            return self.none()
        return self.filter(person=actor.person_id)


class Tiding(models.Model):
    """Words a phone rang for, kept until their person has opened and seen them.

    A locked screen shows only what kind of thing waits; the words themselves are
    fetched by whoever is signed in. Seen, they are emptied.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="tidings")
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+")
    key = models.UUIDField(unique=True, help_text="Made of the sender's and hers.")
    kind = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=60, blank=True, help_text="loop.ask:12")
    sealed = models.BinaryField(default=bytes, help_text="Under the person's key.")
    told_at = models.DateTimeField(help_text="In the event's time.")
    seen_at = models.DateTimeField(null=True)

    objects = TidingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "seen_at"])]

    def __str__(self) -> str:
        return f"tiding {self.pk} for person {self.person_id}"

    @property
    def topics(self) -> list[str]:
        """Whose open pages news of it reaches."""
        return [f"person:{self.person_id}"]
