"""What a machine proposes about a request: unverified, until a person takes it over."""

from typing import Self

from django.db import models

from titian.connector import Problem, Wish
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.loop.models.ask import Ask
from titian.people import sight
from titian.people.models import Person


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Of the requests that the actor sees as one of the hosts; never the guest."""
        own = sight.own_delegations(actor.person_id or 0)
        seen = Ask.objects.visible_to(actor).exclude(asked_by__in=own)
        return self.filter(ask__in=seen)

    def standing(self) -> Self:
        """Those that nobody has taken over or put away."""
        return self.filter(taken_at=None, dismissed_at=None)


class Draft(models.Model):
    """A machine's proposal: a translation, a summary, an answer. It decides nothing."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="drafts")
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="drafts")
    wish = models.CharField(max_length=12, choices=Wish)
    target = models.CharField(max_length=8, help_text="The language wished for.")
    words = models.TextField(blank=True, help_text="The machine's own.")
    problem = models.CharField(max_length=12, choices=Problem, blank=True)
    wanted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    wanted_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_wish_display()} {self.ask.code}"
