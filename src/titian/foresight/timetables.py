"""A timetable as a proposal keeps it and as people read it: changes, refusals, a grid.

Nothing here tells "has no time" from "is taken": both are kept, counted, ordered and
said as one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from titian.foresight.gather.bilaterals import Gathered
from titian.foresight.models import Proposal
from titian.planning import bilaterals
from titian.talks.models import Bilateral

type Row = dict[str, Any]

HOUR = "hour"
BLIND: Mapping[str, str] = {"leader": HOUR, "busy": HOUR, "day": HOUR, "free": HOUR}
"""Rules of the planning that would say why a side cannot: all are one here."""
REASONS: Mapping[str, str | Promise] = {
    HOUR: gettext_lazy("There is no hour left at which both sides can be met."),
    "wanted": gettext_lazy("There is no hour left within the hours they wish for."),
    "fit": gettext_lazy("No room for bilaterals suits its size and its level."),
    "language": gettext_lazy("Nobody interprets between its two languages."),
    "interpreter": gettext_lazy("Its interpreters are all at work at such an hour."),
    "room": gettext_lazy("The rooms that suit it are taken, or being made ready."),
}
ORDER = ("displace", "move", "place")


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One request that gets an hour, another one, or none any more."""

    bilateral: Bilateral
    what: str
    place: str
    starts_at: datetime | None
    old_place: str
    old_starts_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShownRefusal:
    """One request that stays without an hour, and the sentence that says why."""

    bilateral: Bilateral
    sentence: str
    nearest: datetime | None
    in_the_way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """All of a timetable's proposal that the page draws."""

    proposal: Proposal
    changes: tuple[ShownChange, ...]
    refusals: tuple[ShownRefusal, ...]

    def of(self, what: str) -> list[ShownChange]:
        """The changes of one kind."""
        return [one for one in self.changes if one.what == what]

    @property
    def displaced(self) -> list[ShownChange]:
        """Who loses an hour by it: named before anybody accepts."""
        return self.of("displace")


def changes_of(gathered: Gathered, plan: bilaterals.Plan) -> list[Row]:
    """What differs from what was told: first who is displaced, then moves, then new."""
    before = {one.meeting: one for one in gathered.problem.announced}
    after = {one.meeting: one for one in plan.held}
    rows = [
        _change(gathered, key, before.get(key), after.get(key))
        for key in gathered.requests
        if before.get(key) != after.get(key)
    ]
    return sorted(rows, key=lambda row: (ORDER.index(row["what"]), row["bilateral"]))


def refusals_of(gathered: Gathered, plan: bilaterals.Plan) -> list[Row]:
    """Who stays without an hour, why, and who holds the nearest one."""
    found: list[Row] = []
    for one in plan.refused:
        rule = BLIND.get(one.rule, one.rule)
        row: Row = {"bilateral": int(one.meeting), "rule": rule}
        row |= {"nearest": None, "in_the_way": []}
        if rule != HOUR:  # who is in the way would say that a side is taken
            relaxed = bilaterals.impossible(gathered.problem, plan, one.meeting)
            slot = relaxed.held.start if relaxed.held else None
            row["nearest"] = _text(gathered, slot)
            row["in_the_way"] = [int(key) for key in relaxed.displaced]
        found.append(row)
    return sorted(found, key=lambda row: row["bilateral"])


def shown(proposal: Proposal) -> Shown:
    """The proposal with names and sentences, in a constant number of queries."""
    numbers = {row["bilateral"] for row in [*proposal.changes, *proposal.gaps]}
    numbers |= {pk for row in proposal.gaps for pk in row["in_the_way"]}
    rows = Bilateral.objects.select_related("asking__party", "asked__party")
    requests = rows.filter(event=proposal.event_id).in_bulk(numbers)
    rooms = {
        room.place_id: room.place.name
        for room in proposal.event.meeting_rooms.select_related("place")
    }
    return Shown(
        proposal,
        tuple(_shown_change(row, requests, rooms) for row in proposal.changes),
        tuple(_shown_refusal(row, requests) for row in proposal.gaps),
    )


def moment(text: str) -> datetime:
    """The instant that a row keeps as text."""
    return datetime.fromisoformat(text)


def _change(
    gathered: Gathered,
    key: str,
    before: bilaterals.Held | None,
    after: bilaterals.Held | None,
) -> Row:
    what = "displace" if after is None else "move" if before else "place"
    return {
        "bilateral": int(key),
        "what": what,
        "place": _place(gathered, after),
        "starts_at": _text(gathered, after.start if after else None),
        "old_place": _place(gathered, before),
        "old_starts_at": _text(gathered, before.start if before else None),
    }


def _place(gathered: Gathered, held: bilaterals.Held | None) -> int | None:
    return gathered.rooms[held.room].place_id if held else None


def _text(gathered: Gathered, slot: int | None) -> str | None:
    return (
        None if slot is None else gathered.days.begins(slot).astimezone(UTC).isoformat()
    )


def _shown_change(
    row: Row, requests: Mapping[int, Bilateral], rooms: Mapping[int, str]
) -> ShownChange:
    return ShownChange(
        requests[row["bilateral"]],
        row["what"],
        rooms.get(row["place"] or 0, ""),
        moment(row["starts_at"]) if row["starts_at"] else None,
        rooms.get(row["old_place"] or 0, ""),
        moment(row["old_starts_at"]) if row["old_starts_at"] else None,
    )


def _shown_refusal(row: Row, requests: Mapping[int, Bilateral]) -> ShownRefusal:
    return ShownRefusal(
        requests[row["bilateral"]],
        str(REASONS[row["rule"]]),
        moment(row["nearest"]) if row["nearest"] else None,
        tuple(str(requests[pk]) for pk in row["in_the_way"] if pk in requests),
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a room: whose it is, and what the proposal does with it."""

    bilateral: Bilateral
    starts_at: datetime
    ends_at: datetime
    what: str


def grid(proposal: Proposal, found: Shown) -> Iterable[tuple[str, list[Cell]]]:
    """The rooms with their hours as they would be, in order of size."""
    changed = {one.bilateral.pk: one for one in found.changes}
    cells: dict[str, list[Cell]] = {
        room.place.name: []
        for room in proposal.event.meeting_rooms.select_related("place")
    }
    rows = Bilateral.objects.select_related(
        "asking__party", "asked__party", "meeting__activity__place"
    ).prefetch_related("wishes")
    numbers = [pk for pk, one in changed.items() if one.what != "displace"]
    held = rows.filter(event=proposal.event_id, state__in=Bilateral.HELD)
    for row in held | rows.filter(pk__in=numbers):
        one = changed.get(row.pk)
        if one is not None and one.what == "displace":
            continue
        minutes = max(row.wishes.all(), key=lambda wish: wish.number).minutes
        if one is not None and one.starts_at is not None:
            place, starts_at, what = one.place, one.starts_at, one.what
        elif row.meeting is not None and row.meeting.activity.place is not None:
            hour = row.meeting.activity
            place, starts_at, what = str(hour.place), hour.begins, "stays"
        else:
            continue
        ends_at = starts_at + timedelta(minutes=minutes)
        cells.setdefault(place, []).append(Cell(row, starts_at, ends_at, what))
    for name, several in cells.items():
        yield name, sorted(several, key=lambda cell: cell.starts_at)
