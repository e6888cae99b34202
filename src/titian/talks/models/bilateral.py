"""A bilateral: two delegations wish for an hour, until it has a room or is let go."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Event
from titian.people.models import Delegation, Person
from titian.talks.models.meeting import Meeting
from titian.talks.sight import seen_by_sides

LONGEST_MINUTES = 60
SLOT_MINUTES = 15
ASKED_AGAIN_BEFORE = timedelta(hours=2)
RELEASED_BEFORE = timedelta(hours=1)
TIME_TO_ANSWER = timedelta(minutes=30)


class BilateralQuerySet(models.QuerySet["Bilateral"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's own side and of the guests it accompanies; all, for
        protocol, a coordinator or an auditor: who asks whom is for nobody else.
        """
        return self.filter(seen_by_sides(actor, "asking", "asked"))

    def live(self) -> Self:
        """Those that may still come to an hour, or have one."""
        return self.filter(state__in=Bilateral.LIVE)


class Bilateral(models.Model):
    """A request of one delegation for a meeting with another, and what became of it."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("bilateral", "asked")
        COUNTERED = "countered", pgettext_lazy("bilateral", "answered otherwise")
        AGREED = "agreed", pgettext_lazy("bilateral", "agreed, on the waiting list")
        PLACED = "placed", pgettext_lazy("bilateral", "has an hour, to be confirmed")
        CONFIRMED = "confirmed", pgettext_lazy("bilateral", "confirmed")
        DECLINED = "declined", pgettext_lazy("bilateral", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("bilateral", "withdrawn")
        RELEASED = "released", pgettext_lazy("bilateral", "hour released")

    S = State
    machine = Machine(
        Move("counter", {S.ASKED, S.COUNTERED}, S.COUNTERED, by="whose turn it is"),
        Move("agree", {S.ASKED, S.COUNTERED}, S.AGREED, by="whose turn it is"),
        Move("decline", {S.ASKED, S.COUNTERED}, S.DECLINED, by="whose turn it is"),
        Move(
            "withdraw",
            {S.ASKED, S.COUNTERED, S.AGREED, S.PLACED, S.CONFIRMED},
            S.WITHDRAWN,
            by="either side",
        ),
        Move("place", {S.AGREED}, S.PLACED, by="protocol"),
        Move("move", {S.PLACED, S.CONFIRMED}, S.PLACED, by="protocol"),
        Move("displace", {S.PLACED, S.CONFIRMED}, S.AGREED, by="protocol"),
        Move("confirm", {S.PLACED}, S.CONFIRMED, by="both sides"),
        Move("doubt", {S.PLACED, S.CONFIRMED}, S.PLACED, by="either side"),
        Move("ask_again", {S.PLACED, S.CONFIRMED}, S.PLACED, by="house"),
        Move("release", {S.PLACED, S.CONFIRMED}, S.RELEASED, by="house"),
    )
    LIVE = (S.ASKED, S.COUNTERED, S.AGREED, S.PLACED, S.CONFIRMED)
    HELD = (S.PLACED, S.CONFIRMED)

    event = models.ForeignKey(Event, models.PROTECT, related_name="bilaterals")
    asking = models.ForeignKey(Delegation, models.PROTECT, related_name="+")
    asked = models.ForeignKey(Delegation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    opened_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    meeting = models.OneToOneField(
        Meeting, models.PROTECT, null=True, related_name="bilateral"
    )
    asking_confirmed_at = models.DateTimeField(null=True)
    asked_confirmed_at = models.DateTimeField(null=True)
    asks_again_at = models.DateTimeField(null=True, help_text="Both sides, anew.")
    confirm_by = models.DateTimeField(null=True, help_text="Then it is released.")
    sequence = models.PositiveSmallIntegerField(
        default=0, help_text="Of the invitation: a later one counts."
    )

    objects = BilateralQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["event", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asking=F("asked")), name="a_bilateral_has_two_sides"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asking} – {self.asked}"

    @property
    def concerns_id(self) -> int:
        return self.asking_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.asking_id}", f"delegation:{self.asked_id}"]

    @property
    def sides(self) -> tuple[Delegation, Delegation]:
        """Who asked first, and who was asked."""
        return self.asking, self.asked

    @property
    def wish(self) -> "Wish":
        """The version that lies on the table, or was agreed."""
        found = self.wishes.order_by("-number").first()
        if found is None:
            raise LookupError("A bilateral begins with a wish.")
        return found

    @property
    def is_to_come(self) -> bool:
        """Whether it has an hour that nobody has begun."""
        meeting = self.meeting
        return (
            meeting is not None
            and meeting.state == meeting.State.PLANNED
            and meeting.activity.state == meeting.activity.State.PLANNED
        )

    def turn(self, wish: "Wish") -> Delegation:
        """Whose word is awaited: the side that did not speak last."""
        return self.asked if wish.by_id == self.asking_id else self.asking

    def move(self, name: str) -> None:
        """Take the step; ``IllegalMove`` if the state forbids it."""
        self.state = self.machine.after(self.state, name)

    def is_confirmed_by(self, side: Delegation) -> bool:
        """Whether this side has said that it comes at this hour."""
        mine = self.asking_confirmed_at, self.asked_confirmed_at
        return mine[side.pk != self.asking_id] is not None

    def confirm(self, side: Delegation, *, at: datetime) -> None:
        """``side`` comes; when both have said so it is confirmed.

        A side that says it again says nothing new. ``IllegalMove`` without an hour.
        """
        if self.state == self.State.CONFIRMED:
            return
        after = self.machine.after(self.state, "confirm")
        if side.pk == self.asking_id:
            self.asking_confirmed_at = at
        else:
            self.asked_confirmed_at = at
        if self.asking_confirmed_at and self.asked_confirmed_at:
            self.state = after
            self.confirm_by = None

    def doubt(self, side: Delegation) -> None:
        """What this side confirmed counts no more. ``IllegalMove`` without an hour."""
        self.move("doubt")
        if side.pk == self.asking_id:
            self.asking_confirmed_at = None
        else:
            self.asked_confirmed_at = None

    def forget_confirmations(self) -> None:
        """The hour is another, or it is asked anew: what was said before is void."""
        self.asking_confirmed_at = self.asked_confirmed_at = None
        self.confirm_by = None


class Wish(models.Model):
    """One version of what a side wants: who sits there, how long, in which tongues."""

    class Press(models.TextChoices):
        CLOSED = "closed", pgettext_lazy("press", "no press, not announced")
        PHOTO = "photo", pgettext_lazy("press", "photographers at the beginning")
        STATEMENTS = "statements", pgettext_lazy("press", "statements afterwards")
        OPEN = "open", pgettext_lazy("press", "open to the press")

    bilateral = models.ForeignKey(Bilateral, models.CASCADE, related_name="wishes")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Delegation, models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    level = models.CharField(max_length=20, choices=Delegation.Level)
    people = models.PositiveSmallIntegerField(help_text="In the room, all of them.")
    minutes = models.PositiveSmallIntegerField()
    asking_language = models.CharField(max_length=8, blank=True)
    asked_language = models.CharField(max_length=8, blank=True)
    press = models.CharField(max_length=10, choices=Press, default=Press.CLOSED)
    words = models.TextField(blank=True, help_text="The topics, one a line.")
    earliest_at = models.DateTimeField(null=True)
    latest_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["bilateral", "number"]
        verbose_name_plural = "wishes"
        constraints = [
            models.UniqueConstraint(
                fields=["bilateral", "number"], name="one_wish_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.bilateral_id}/{self.number}"

    @property
    def rank(self) -> int:
        """1 for heads of state … 7: the smaller, the more it weighs."""
        return list(Delegation.Level).index(Delegation.Level(self.level)) + 1

    @property
    def languages(self) -> tuple[str, ...]:
        """The two between which it is interpreted; none where one will do."""
        pair = {self.asking_language, self.asked_language} - {""}
        return tuple(sorted(pair)) if len(pair) == 2 else ()


class FreeBusyQuerySet(models.QuerySet["FreeBusy"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's own side and of the guests it accompanies, and no
        others: the planning reads them without an actor, and says no reason.
        """
        return self.filter(seen_by_sides(actor, "delegation", overseers=False))


class FreeBusy(models.Model):
    """Hours in which a delegation can be met, or cannot. There is no column for why."""

    delegation = models.ForeignKey(
        Delegation, models.CASCADE, related_name="free_hours"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_free = models.BooleanField(default=False)

    objects = FreeBusyQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name_plural = "free and busy hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="free_hours_end_after_they_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    @property
    def event(self) -> Event:
        return self.delegation.event

    @property
    def concerns_id(self) -> int:
        return self.delegation_id

    @property
    def topics(self) -> list[str]:
        return [f"delegation:{self.delegation_id}"]


class MeetingRoom(models.Model):
    """A room kept for bilaterals: how many sit there, and for which ranks it is."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="meeting_rooms")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+")
    seats = models.PositiveSmallIntegerField()
    lowest_rank = models.PositiveSmallIntegerField(
        default=7, help_text="1 keeps it for heads of state, 7 for everybody."
    )

    class Meta:
        ordering = ["seats", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "place"], name="a_meeting_room_once_an_event"
            )
        ]

    def __str__(self) -> str:
        return self.place.name


class Interpretation(models.Model):
    """How many teams interpret between two languages at the venue."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="interpretation")
    one = models.CharField(_("one language"), max_length=8)
    other = models.CharField(_("the other language"), max_length=8)
    teams = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["one", "other"]
        verbose_name_plural = "interpretation"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "one", "other"], name="one_pair_of_languages_an_event"
            ),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="languages_in_one_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one}–{self.other}"
