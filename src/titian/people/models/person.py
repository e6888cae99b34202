"""The human beings, and how they are reached and let in."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from titian.kernel.bilingual import Bilingual
from titian.kernel.fields import SealedTextField, opened
from titian.kernel.models import Basis, Event
from titian.kernel.numbers import international
from titian.kernel.sealing import marks
from titian.people.models.party import Delegation, Party


def folded(words: str) -> str:
    """``words`` without case and accents, as a search compares them."""
    apart = unicodedata.normalize("NFKD", words)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person is reached, once somebody who may has opened it."""

    phone: str = ""
    email: str = ""


NOT_OPENED = Reach()


class Person(models.Model):
    """A human being; most of them will never have an account.

    ``display`` is the person's own form of the name: badge, place card and rooming
    list print it as it stands. ``native`` is the same in the person's own script.

    ``phone`` and ``email`` are sealed: ``commands.opening`` opens them, and then
    ``reach`` has them for the reader of this one page.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="people")
    code = models.CharField(max_length=40, unique=True, null=True, blank=True)
    honorific = models.CharField(max_length=40, blank=True)
    given = models.CharField(max_length=120, blank=True)
    family = models.CharField(max_length=120, blank=True)
    display = models.CharField(max_length=200, blank=True)
    native = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=160, blank=True)
    languages = models.JSONField(default=dict, help_text='{"en": "C1"}')
    phone = SealedTextField(blank=True)
    email = SealedTextField(blank=True)
    email_mark = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        db_index=True,
        help_text="Stands for the address where it is looked up.",
    )
    phone_mark = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        db_index=True,
        help_text="The same for the number, however it was written.",
    )
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.SYNTHETIC)
    source = models.CharField(max_length=300, blank=True)
    search = models.CharField(max_length=500, blank=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
    )

    reach = NOT_OPENED

    class Meta:
        indexes = [models.Index(fields=["party", "display", "id"])]

    def __str__(self) -> str:
        return self.display

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.work_out()
        super().save(*args, **kwargs)

    def work_out(self) -> None:
        """Fill the columns that nobody gives; call before the row is kept."""
        self.search = self.searchable()
        self.email_mark = next(iter(marks(opened(self.email))), "")
        number = international(opened(self.phone))
        self.phone_mark = next(iter(marks(number)), "")

    def searchable(self) -> str:
        """All forms of the name, folded: what a search looks through."""
        forms = (self.display, self.native, self.given, self.family)
        return folded(" ".join(dict.fromkeys(form for form in forms if form)))[:500]

    @property
    def initials(self) -> str:
        """Two letters instead of a face."""
        words = [word for word in self.display.replace(".", " ").split() if word]
        letters = [word[0] for word in (words[:1] + words[-1:] if words else [])]
        return "".join(dict.fromkeys(letters)).upper() or "·"

    @property
    def is_synthetic(self) -> bool:
        """Whether the person is invented."""
        return self.basis == Basis.SYNTHETIC


class GuestLink(models.Model):
    """A guest's own way in, without an account. We keep only the token's digest."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="links_made"
    )
    made_at = models.DateTimeField(help_text="In the world's time.")
    expires_at = models.DateTimeField(help_text="In the world's time.")
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True, help_text="Last time it was used.")

    def __str__(self) -> str:
        return f"link of {self.person}"

    @property
    def event(self) -> Event:
        return self.delegation.event

    @property
    def concerns_id(self) -> int:
        return self.delegation_id


class FocalPoint(models.Model):
    """The outside end of a channel: who speaks for them, when, how far."""

    class Kind(models.TextChoices):
        DLO = "DLO", _("delegation liaison officer")
        DAO = "DAO", _("delegation accreditation officer")
        MLO = "MLO", _("media liaison officer")
        CR = "CR", _("country representative")

    delegation = models.ForeignKey(
        Delegation, models.CASCADE, related_name="focal_points"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="focal_points")
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.DLO)
    channel = models.CharField(max_length=20, blank=True)
    hours_from = models.TimeField(null=True)
    hours_to = models.TimeField(null=True)
    authority_en = models.CharField(max_length=200, blank=True)
    authority_id = models.CharField(max_length=200, blank=True)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)

    authority = Bilingual()

    def __str__(self) -> str:
        return f"{self.person} ({self.kind})"

    @property
    def event(self) -> Event:
        return self.delegation.event

    @property
    def concerns_id(self) -> int:
        return self.delegation_id


class Seat(models.Model):
    """A place at the host's table: coordinator, team lead, desk, press, auditor."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        LEAD = "lead", _("team lead")
        DESK = "desk", _("desk")
        SPOKESPERSON = "spokesperson", _("spokesperson")
        AUDITOR = "auditor", _("auditor")

    event = models.ForeignKey(Event, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    team = models.ForeignKey(Party, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=Role, default=Role.DESK)
    desk_from = models.TimeField(null=True, help_text="In the event's zone.")
    desk_to = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person", "team", "role"], name="one_seat_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"
