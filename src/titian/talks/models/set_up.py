"""The set-up sheet: what a crew makes ready in the room before a meeting."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from titian.people.models import Person
from titian.places.models import Place
from titian.talks.flags import FlagRule, flags_in_order
from titian.talks.models.meeting import Meeting

SEATS_AT_MOST = 60


def length_of(name: str) -> int:
    """How many characters this field of a sheet keeps."""
    length: int = getattr(SetUp._meta.get_field(name), "max_length", 0)
    return length


class SetUp(models.Model):
    """One meeting's room as it is to be, in numbered versions."""

    class Flags(models.TextChoices):
        ALPHABETICAL = (
            FlagRule.ALPHABETICAL,
            _("by the English alphabet, from the left as one faces them"),
        )
        CALLER_RIGHT = (
            FlagRule.CALLER_RIGHT,
            _("the hosting side's flag on the right, as seen from behind the flags"),
        )
        GUEST_RIGHT = (
            FlagRule.GUEST_RIGHT,
            _("the guest's flag on the right, as seen from behind the flags"),
        )
        WRITTEN = FlagRule.WRITTEN, _("as protocol wrote it down")

    class Table(models.TextChoices):
        FACING = "facing", pgettext_lazy("table", "one long table, two sides facing")
        ROUND = "round", pgettext_lazy("table", "round table")
        U_SHAPE = "u", pgettext_lazy("table", "tables in a U")
        ARMCHAIRS = "armchairs", pgettext_lazy("table", "armchairs, no table")
        BOARD = "board", pgettext_lazy("table", "board table, chair at the head")

    class Media(models.TextChoices):
        CLOSED = "closed", pgettext_lazy("media mode", "no media")
        HANDSHAKE = "handshake", pgettext_lazy("media mode", "photo of the handshake")
        OPENING = "opening", pgettext_lazy("media mode", "pool for the first minutes")
        OPEN = "open", pgettext_lazy("media mode", "open to accredited media")
        AFTER = "after", pgettext_lazy("media mode", "statement to the press after it")

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="set_up")
    version = models.PositiveSmallIntegerField(default=1)
    flags_by = models.CharField(
        max_length=14, choices=Flags, default=Flags.ALPHABETICAL
    )
    flags_written = models.CharField(max_length=200, blank=True)
    table = models.CharField(max_length=10, choices=Table, default=Table.FACING)
    seats_each = models.PositiveSmallIntegerField(default=1)
    interpreters = models.CharField(max_length=200, blank=True)
    note_taker = models.CharField(max_length=120, blank=True)
    gift = models.CharField(max_length=200, blank=True)
    water = models.CharField(max_length=200, blank=True)
    prayer = models.CharField(max_length=200, blank=True)
    media = models.CharField(max_length=10, choices=Media, default=Media.CLOSED)
    rest = models.CharField(max_length=400, blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    for_starts_at = models.DateTimeField(null=True, help_text="The hour it was for.")
    for_ends_at = models.DateTimeField(null=True)
    for_place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.meeting} v{self.version}"

    @property
    def flags(self) -> Sequence[str]:
        """The flags from left to right, as one who faces them sees them."""
        caller, guest = (side.party for side in self.meeting.sides)
        read = {party.name_en: party.name for party in (caller, guest)}
        order = flags_in_order(
            self.flags_by, caller.name_en, guest.name_en, self.flags_written
        )
        return [read.get(name, name) for name in order]

    @property
    def changed(self) -> list[str]:
        """What of the meeting is not as it was when the sheet was written."""
        hour, found = self.meeting.activity, []
        if self.meeting.state == Meeting.State.CANCELLED:
            found.append("cancelled")
        if (hour.begins, hour.ends) != (self.for_starts_at, self.for_ends_at):
            found.append("hour")
        if hour.place_id != self.for_place_id:
            found.append("place")
        return found

    @property
    def is_stale(self) -> bool:
        """Whether the crew must not work by it before it is written anew."""
        return bool(self.changed)

    def set_for(self, *, by: Person, at: datetime) -> None:
        """Say for which hour and room the sheet holds now, and who says so."""
        hour = self.meeting.activity
        self.set_by, self.set_at = by, at
        self.for_starts_at, self.for_ends_at = hour.begins, hour.ends
        self.for_place_id = hour.place_id
