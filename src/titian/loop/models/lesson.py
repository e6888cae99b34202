"""What an incident or a day taught, and the word of a guest that asks for a lesson."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.loop.models.ask import Ask
from titian.loop.models.incident import Incident
from titian.loop.models.playbook import Playbook
from titian.people.models import Delegation, Party, Person, Seat


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, actor: Actor) -> Self:
        """To who keeps a seat at the event."""
        if actor.person_id is None or actor.kind == Kind.LINK:
            return self.none()
        seats = Seat.objects.filter(person=actor.person_id)
        return self.filter(event__in=seats.values("event"))


class Lesson(models.Model):
    """What should be otherwise next time; closed only once the template says it."""

    class State(models.TextChoices):
        NOTED = "noted", pgettext_lazy("lesson", "noted")
        TAKEN = "taken", pgettext_lazy("lesson", "taken up")
        CHANGED = "changed", pgettext_lazy("lesson", "in the template")
        CLOSED = "closed", pgettext_lazy("lesson", "closed")
        LEFT = "left", pgettext_lazy("lesson", "left as it is")

    S = State
    machine = Machine(
        Move("take_up", {S.NOTED}, S.TAKEN, by="coordinator"),
        Move("change", {S.TAKEN}, S.CHANGED, by="owner"),
        Move("close", {S.CHANGED}, S.CLOSED, by="coordinator"),
        Move("leave", {S.NOTED, S.TAKEN}, S.LEFT, by="coordinator"),
        Move("reopen", {S.CHANGED, S.CLOSED, S.LEFT}, S.TAKEN, by="coordinator"),
    )

    event = models.ForeignKey(Event, models.PROTECT, related_name="lessons")
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, related_name="lessons"
    )
    what = models.CharField(max_length=300, help_text="What happened, or did not.")
    instead = models.CharField(max_length=300, blank=True, help_text="Next time.")
    playbook = models.ForeignKey(
        Playbook, models.PROTECT, null=True, related_name="lessons"
    )
    version = models.PositiveIntegerField(
        null=True, help_text="Of the playbook, when it was taken up."
    )
    changed_to = models.PositiveIntegerField(
        null=True, help_text="The first version that has it."
    )
    owner = models.ForeignKey(Party, models.PROTECT, null=True, related_name="lessons")
    state = models.CharField(max_length=8, choices=State, default=State.NOTED)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_words = models.CharField(max_length=300, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return self.what

    def move(self, name: str) -> None:
        """Take the move; ``IllegalMove`` if it does not start from here."""
        self.state = self.machine.after(self.state, name)


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; all of the event, for who coordinates or audits it, but what is
        said of herself.
        """
        if actor.person_id is None:
            return self.none()
        mine = Q(said_by=actor.person_id)
        if actor.kind == Kind.LINK:
            return self.filter(mine)
        over_all = Seat.objects.filter(
            person=actor.person_id, role__in=[Seat.Role.COORDINATOR, Seat.Role.AUDITOR]
        )
        of_her = Q(about=Feedback.About.OFFICER, subject_id=actor.person_id)
        theirs = Q(event__in=over_all.values("event")) & ~of_her
        return self.filter(mine | theirs)


class Feedback(models.Model):
    """A guest's word in two taps after a movement, a meal or a meeting."""

    class Word(models.TextChoices):
        HAPPY = "happy", pgettext_lazy("feedback", "good")
        FAIR = "fair", pgettext_lazy("feedback", "all right")
        UNHAPPY = "unhappy", pgettext_lazy("feedback", "not good")

    class About(models.TextChoices):
        JOURNEY = "journey", pgettext_lazy("feedback", "the way")
        ACTIVITY = "activity", pgettext_lazy("feedback", "the item")
        MEAL = "meal", pgettext_lazy("feedback", "the meal")
        MEETING = "meeting", pgettext_lazy("feedback", "the meeting")
        OFFICER = "officer", pgettext_lazy("feedback", "the LO")

    event = models.ForeignKey(Event, models.PROTECT, related_name="feedback")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="feedback")
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="feedback")
    about = models.CharField(max_length=10, choices=About)
    subject_id = models.BigIntegerField(null=True)
    word = models.CharField(max_length=8, choices=Word)
    words = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    ask = models.ForeignKey(
        Ask, models.PROTECT, null=True, related_name="+", help_text="What it became."
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["said_by", "about", "subject_id"], name="one_word_a_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.word}"

    @property
    def concerns_id(self) -> int:
        """The delegation, for the journal."""
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        """Only the coordinators' pages: of an officer it is told behind her back."""
        return []
