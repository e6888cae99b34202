"""The set-up sheet of a meeting's room: written, and written anew."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.queries import speaker
from titian.talks.models import Meeting, SetUp, said
from titian.talks.models.set_up import SEATS_AT_MOST, length_of
from titian.talks.policy import keeps_the_record


class TooManySeats(ValueError):
    """A side has at least one seat, and no more than a room takes."""


class NoFlags(ValueError):
    """The order of the flags is to be as written, and nothing is written."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands in the room, who sits there besides, what is laid out."""

    flags_by: str = SetUp.Flags.ALPHABETICAL
    flags_written: str = ""
    table: str = SetUp.Table.FACING
    seats_each: int = 1
    interpreters: str = ""
    note_taker: str = ""
    gift: str = ""
    water: str = ""
    prayer: str = ""
    media: str = SetUp.Media.CLOSED
    rest: str = ""


@transaction.atomic
def set_up(
    meeting_id: int,
    layout: Layout,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> SetUp:
    """Write the sheet for the hour and room as they stand now: a new version.

    Raises ``Forbidden`` unless the actor keeps the meeting's record, ``IllegalMove``
    once it is held or called off, ``Wordless`` for words that are too long,
    ``TooManySeats``, and ``NoFlags`` if the flags are to stand as written nowhere.
    """
    if journal.replayed(key, "meeting.set_up", meeting_id, actor=actor):
        return SetUp.objects.get(meeting=meeting_id)

    meeting = _to_come(meeting_id, actor=actor)
    sheet = SetUp.objects.filter(meeting=meeting).first()
    if sheet is None:
        sheet = SetUp(meeting=meeting, version=0)
    for name, value in asdict(_checked(layout)).items():
        setattr(sheet, name, value)
    sheet.meeting = meeting
    sheet.version += 1
    sheet.set_for(by=speaker(actor), at=at)
    sheet.save()
    journal.write(
        "meeting.set_up", meeting, actor=actor, at=at, key=key, version=sheet.version
    )
    return sheet


def _to_come(meeting_id: int, *, actor: Actor) -> Meeting:
    """The meeting, locked, still to come, for somebody who keeps its record."""
    Meeting.objects.select_for_update().get(pk=meeting_id)
    meeting = Meeting.objects.select_related(
        "event", "activity", "party_a__party", "party_b__party"
    ).get(pk=meeting_id)
    require(
        keeps_the_record(actor, meeting),
        _("Only an officer of either side, protocol or a coordinator writes here."),
    )
    meeting.machine.after(meeting.state, "hold")
    return meeting


def _checked(layout: Layout) -> Layout:
    """The layout with its words trimmed; raises for what no crew could set up."""
    if not 1 <= layout.seats_each <= SEATS_AT_MOST:
        raise TooManySeats(_("Each side has from 1 to 60 seats."))
    values = asdict(layout)
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = said(value, at_most=length_of(name), may_be_empty=True)
    kept = Layout(
        **values
        | {
            "flags_by": SetUp.Flags(layout.flags_by),
            "table": SetUp.Table(layout.table),
            "media": SetUp.Media(layout.media),
        }
    )
    if kept.flags_by == SetUp.Flags.WRITTEN and not kept.flags_written.strip(", "):
        raise NoFlags(_("Write the flags from left to right, with commas between."))
    return kept
