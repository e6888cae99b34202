"""Advice: a question about the rules, and the articles that answered it."""

from typing import Self

from django.db import models
from django.db.models import Q

from titian.kernel.actor import Actor, Kind
from titian.kernel.models import Event
from titian.loop.models import Ask
from titian.people import sight
from titian.people.models import Delegation, Person
from titian.rules.models.article import Article


class AdviceQuerySet(models.QuerySet["Advice"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; of one's side and the guests one accompanies; all, overseeing."""
        if actor.person_id is None:
            return self.none()
        own = Q(asked_by=actor.person_id)
        if actor.kind == Kind.LINK:
            return self.filter(own)
        return self.filter(
            own
            | Q(delegation__in=sight.accompanied(actor.person_id))
            | Q(event__in=sight.events_overseen(actor.person_id))
        )


class Advice(models.Model):
    """A question, and what answered it: articles, or a request to who may know.

    There is no text of an answer here: an answer is read from its articles, with
    their sources and days, so it can never say what no article says.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="advice")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="advice")
    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    words = models.CharField(max_length=400)
    cited = models.ManyToManyField(Article, related_name="advice")
    ask = models.ForeignKey(Ask, models.SET_NULL, null=True, related_name="advice")

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return self.words

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}"]
