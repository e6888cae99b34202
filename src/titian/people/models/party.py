"""Parties, and the delegations they send to an event."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.kernel.actor import Actor, Kind
from titian.kernel.bilingual import Bilingual
from titian.kernel.machine import Machine, Move
from titian.kernel.models import Basis, Event
from titian.people import sight


class Party(models.Model):
    """One side of the table: a state, a sponsor, a media house, an inner team.

    Parties and people belong to the office, not to an event: they will come again.
    """

    class Kind(models.TextChoices):
        STATE = "state", _("state")
        ORGANISATION = "organisation", _("international organisation")
        NOC = "noc", _("national Olympic committee")
        TEAM = "team", _("inner team")
        MEDIA = "media", _("media house")
        SPONSOR = "sponsor", _("sponsor")
        SPEAKER = "speaker", _("speaker")
        ARTIST = "artist", _("artist")
        AGENCY = "agency", _("agency")
        COMPANY = "company", _("company")

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name_en = models.CharField(max_length=200)
    name_id = models.CharField(max_length=200, blank=True)
    iso2 = models.CharField(max_length=2, blank=True)
    languages = models.JSONField(default=list)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    name = Bilingual()

    class Meta:
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name

    @property
    def is_synthetic(self) -> bool:
        """Whether the party is invented: only then may we tell stories about it."""
        return self.basis == Basis.SYNTHETIC


GUESTS = tuple(kind for kind in Party.Kind if kind != Party.Kind.TEAM)
"""What a guest may be: everything but one of our own teams."""
ATTENDED = (Party.Kind.STATE, Party.Kind.ORGANISATION, Party.Kind.NOC)
"""Whose officers are with them around the clock, and who are planned for so."""
OUR_OWN = "house"
"""The category of our own side at an event, for asks among ourselves."""


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, actor: Actor) -> Self:
        """Own delegation; those one accompanies; all, for those who keep the event.

        The house's own side is none of them: it asks, and is on no list.
        """
        if actor.person_id is None:
            return self.none()
        guests = self.exclude(category=OUR_OWN)
        if actor.kind == Kind.LINK:  # a link opens one party's page and nothing else
            return guests.filter(party__in=sight.own_party(actor.person_id))
        return guests.filter(pk__in=sight.delegations(actor.person_id))


class Delegation(models.Model):
    """A party at an event: one record with named members."""

    class Level(models.TextChoices):
        HEAD_OF_STATE = "head_of_state", _("head of state")
        HEAD_OF_GOVERNMENT = "head_of_government", _("head of government")
        EU_PRESIDENT = "eu_president", _("EU president")
        SPECIAL_ENVOY = "special_envoy", _("special envoy")
        MINISTER = "minister", _("minister")
        IO_HEAD = "io_head", _("head of an international organisation")
        OTHER_GUEST = "other_guest", _("other guest")

    class Status(models.TextChoices):
        INVITED = "invited", pgettext_lazy("delegation", "invited")
        ACCEPTED = "accepted", pgettext_lazy("delegation", "accepted")
        CONFIRMED = "confirmed", pgettext_lazy("delegation", "confirmed")
        DOWNGRADED = "downgraded", pgettext_lazy("delegation", "downgraded")
        WITHDRAWN = "withdrawn", pgettext_lazy("delegation", "withdrawn")

    S = Status
    machine = Machine(
        Move("accept", {S.INVITED}, S.ACCEPTED, by="protocol"),
        Move(
            "confirm", {S.INVITED, S.ACCEPTED, S.DOWNGRADED}, S.CONFIRMED, by="protocol"
        ),
        Move(
            "downgrade",
            {S.INVITED, S.ACCEPTED, S.CONFIRMED},
            S.DOWNGRADED,
            by="protocol",
        ),
        Move(
            "withdraw",
            {S.INVITED, S.ACCEPTED, S.CONFIRMED, S.DOWNGRADED},
            S.WITHDRAWN,
            by="protocol",
        ),
        Move("reinstate", {S.WITHDRAWN}, S.INVITED, by="protocol"),
    )

    party = models.ForeignKey(Party, models.PROTECT, related_name="delegations")
    event = models.ForeignKey(Event, models.PROTECT, related_name="delegations")
    category = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=20, choices=Level, default=Level.OTHER_GUEST)
    status = models.CharField(max_length=12, choices=Status, default=Status.INVITED)
    head = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    head_title_en = models.CharField(max_length=120, blank=True)
    head_title_id = models.CharField(max_length=120, blank=True)
    attendance = models.CharField(max_length=12, default="in_person")
    protocol_group = models.PositiveSmallIntegerField(default=9)
    expected = models.PositiveIntegerField(default=0, help_text="Heads.")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    head_title = Bilingual()

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "event"], name="one_delegation")
        ]

    def __str__(self) -> str:
        return self.party.name

    @property
    def code(self) -> str:
        """The party's code, as on the wall."""
        return self.party.code

    @property
    def name(self) -> str:
        """The party's name in the reader's language."""
        return self.party.name

    @property
    def is_exercise(self) -> bool:
        """Whether what is told of it is invented."""
        return self.party.is_synthetic

    @property
    def rank(self) -> int:
        """1 for a head of state … 7: the smaller, the more it weighs."""
        return list(self.Level).index(self.Level(self.level)) + 1

    @property
    def concerns_id(self) -> int:
        """Itself, for the journal."""
        return self.pk

    @property
    def topics(self) -> list[str]:
        """Whose open pages news about it reaches."""
        return [f"delegation:{self.pk}"]


class Member(models.Model):
    """A named person of a delegation, in one of its sub-groups."""

    class Group(models.TextChoices):
        HEAD = "head", _("head of delegation")
        SPOUSE = "spouse", _("spouse or partner")
        DELEGATE = "delegate", _("delegate")
        ADVANCE = "advance", _("advance team")
        MEDIA = "media", _("delegation media")
        SECURITY = "security", _("security detail")
        CREW = "crew", _("aircrew")
        FOCAL_POINT = "focal_point", _("focal point")

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="members")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="memberships"
    )
    group = models.CharField(max_length=12, choices=Group, default=Group.DELEGATE)
    on_site_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "person"], name="a_member_once"
            )
        ]
        indexes = [models.Index(fields=["delegation", "group", "id"])]

    def __str__(self) -> str:
        return f"{self.person} ({self.group})"


class Participation(models.Model):
    """One step of a delegation's coming or not coming, with the paper that says so."""

    delegation = models.ForeignKey(
        Delegation, models.CASCADE, related_name="participations"
    )
    status = models.CharField(max_length=12, choices=Delegation.Status)
    level = models.CharField(max_length=20, choices=Delegation.Level)
    stated_on = models.DateField(help_text="The day the document bears.")
    document = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.FACT)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["stated_on", "pk"]

    def __str__(self) -> str:
        return f"{self.delegation}: {self.status}"


class Reported(models.Model):
    """One of several values that reports give for the same thing."""

    delegation = models.ForeignKey(
        Delegation, models.CASCADE, related_name="reports", null=True
    )
    event = models.ForeignKey(Event, models.CASCADE, related_name="reports")
    about = models.CharField(max_length=120)
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    is_taken = models.BooleanField(default=False)
    why_en = models.CharField(max_length=400, blank=True)
    why_id = models.CharField(max_length=400, blank=True)

    why = Bilingual()

    def __str__(self) -> str:
        return f"{self.about}: {self.value}"
