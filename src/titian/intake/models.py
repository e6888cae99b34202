"""What came in: each message once, and what became of it."""

from typing import Self

from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.briefing.models import PRESS
from titian.kernel.actor import Actor, Kind
from titian.kernel.fields import SealedJSONField
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Document, Event
from titian.loop.models import Ask
from titian.people.models import Person, Seat


class IncomingQuerySet(models.QuerySet["Incoming"]):
    def visible_to(self, actor: Actor) -> Self:
        """For coordinators: of their events, and of none, for nobody knows whose.

        For the press desk what speaks of its matters.
        """
        if actor.person_id is None or actor.kind == Kind.LINK or actor.on_word_of:
            return self.none()
        seats = Seat.objects.filter(person=actor.person_id)
        leads = seats.filter(role=Seat.Role.COORDINATOR)
        desk = seats.filter(Q(team__code=PRESS) | Q(role=Seat.Role.SPOKESPERSON))
        of_leads = Q(event__in=leads.values("event")) | Q(event=None) & Q(Exists(leads))
        of_desk = Q(event__in=desk.values("event")) | Q(event=None) & Q(Exists(desk))
        return self.filter(of_leads | of_desk & ~Q(phrase=""))

    def waiting(self) -> Self:
        """What nobody has looked at yet, the oldest first."""
        return self.filter(state=Incoming.State.WAITING).order_by("came_at", "pk")


class Incoming(models.Model):
    """A message that came in by a carrier: an act by now, or waiting for a person.

    ``letter`` holds sender and words only while it waits: afterwards they are where
    they belong, under the key of the person who said them.
    """

    class State(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("message", "taken up")
        WAITING = "waiting", pgettext_lazy("message", "waiting for a person")
        SET_ASIDE = "set_aside", pgettext_lazy("message", "set aside")

    class Why(models.TextChoices):
        UNKNOWN = "unknown", _("Nobody on file has this address.")
        SEVERAL = "several", _("Several people on file have this address.")
        UNVOUCHED = "unvouched", _("Nobody vouches that it comes from this address.")
        NO_EVENT = "no_event", _("The sender is in no delegation of an open event.")
        INSIDE = "inside", _("One of ours wrote it, about no request we know.")
        REFUSED = "refused", _("It could not be taken up as it stands.")
        UNREADABLE = "unreadable", _("It could not be read; the original is kept.")

    S = State
    machine = Machine(
        Move("give", {S.WAITING}, S.TAKEN, by="coordinator"),
        Move("set_aside", {S.WAITING}, S.SET_ASIDE, by="coordinator"),
    )

    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="incoming")
    channel = models.CharField(max_length=20)
    number = models.CharField(max_length=300, help_text="The provider's.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=12, choices=Why, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="wrote")
    ask = models.ForeignKey(Ask, models.PROTECT, null=True, related_name="incoming")
    phrase = models.CharField(
        max_length=60, blank=True, help_text="Why the press desk sees it."
    )
    papers = models.ManyToManyField(Document, related_name="+")
    left_out = models.PositiveSmallIntegerField(default=0, help_text="Papers too big.")
    media = SealedJSONField(default=list, help_text="Still with the provider.")
    letter = SealedJSONField(default=dict)
    came_at = models.DateTimeField(help_text="In the world's time.")

    objects = IncomingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "incoming"
        indexes = [models.Index(fields=["state", "came_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "number"], name="a_message_comes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}: {self.state}"

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if somebody took it before."""
        self.state = self.machine.after(self.state, name)


class Mailbox(models.Model):
    """How far a mailbox has been read, by the numbers its server gives."""

    digest = models.CharField(max_length=64, unique=True, help_text="Of its address.")
    validity = models.BigIntegerField(default=0, help_text="UIDVALIDITY.")
    last = models.BigIntegerField(default=0, help_text="The last UID read.")
    read_at = models.DateTimeField(null=True, help_text="In the world's time.")
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return f"mailbox {self.digest[:8]}"


class Chat(models.Model):
    """A conversation from a chat app's export, read into lines.

    The export itself is not kept: each line lies under the key of who said it.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="chats")
    concerns = models.ForeignKey(
        "people.Delegation", models.PROTECT, null=True, related_name="chats"
    )
    digest = models.CharField(max_length=64, help_text="Of the text; it is not kept.")
    read_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(help_text="In the event's time.")
    skipped = models.PositiveIntegerField(default=0, help_text="Lines of no author.")

    def __str__(self) -> str:
        return f"chat {self.pk}"


class ChatLine(models.Model):
    """One thing somebody said there, in the words it was said."""

    chat = models.ForeignKey(Chat, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    said_at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField(default=bytes, help_text="Under the speaker's key.")
    stranger = SealedJSONField(default=dict, help_text="Name and words, of nobody.")
    paper = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    is_system = models.BooleanField(default=False, help_text="The app's own line.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chat", "position"], name="a_line_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.chat_id}/{self.position}"
