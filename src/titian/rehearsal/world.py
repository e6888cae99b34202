"""What the world would send: a landing, a mail, an ask, a changed hour.

It speaks through the commands of the rooms, as a feed or as the guest, at the hour at
which it was reported. It never answers for a team.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from titian.exchange.scenario import Told
from titian.exchange.stage import Lost, Stage, instant
from titian.kernel import clock
from titian.kernel.actor import FEED, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry, Event
from titian.kernel.policy import Forbidden
from titian.logistics.commands import journeys
from titian.logistics.models import Journey
from titian.loop.commands.asks import ask
from titian.people.commands.delegations import state_participation
from titian.people.models import FocalPoint
from titian.people.queries import on_file
from titian.programme.commands.activities import Plan, cancel, move, schedule
from titian.talks.commands.meetings import call_off

AN_HOUR = timedelta(hours=1)

type Doing = dict[str, Any]


@dataclass(slots=True)
class Played:
    """What was sent, what the house had moved past, what makes no sense."""

    sent: list[Told] = field(default_factory=list)
    too_late: list[Told] = field(default_factory=list)
    lost: list[Told] = field(default_factory=list)


def play(
    event: Event,
    lines: Iterable[Told],
    *,
    after: datetime | None = None,
    until: datetime | None = None,
    settled: set[UUID] | None = None,
) -> Played:
    """Send what is due by the event's clock, or ``until`` earlier, each line once.

    What was reported up to ``after`` is known already and not sent. A line's key is
    made of the line itself, so a restart repeats nothing; ``settled`` remembers lines
    that nobody need look at again. A house that has moved on is no error.
    """
    now = clock.time_at(event)
    now = min(now, until) if until else now
    settled = set() if settled is None else settled
    due = [
        line
        for line in lines
        if line.at <= now and (after is None or line.at > after)
        if line.key not in settled
    ]
    known = set(
        Entry.objects.filter(key__in=[line.key for line in due]).values_list(
            "key", flat=True
        )
    )
    played, stage = Played(), Stage(event)
    for line in due:
        if line.key not in known:
            _send(stage, line, played)
        settled.add(line.key)
    return played


def beginning(event: Event) -> datetime | None:
    """What the event's clock read when it was loaded; what is older is known to it."""
    first = Entry.objects.filter(
        verb="clock.set", subject_kind=event._meta.label_lower, subject_id=event.pk
    ).order_by("pk")[:1]
    return next((instant(entry.facts["reads"]) for entry in first), None)


def _send(stage: Stage, line: Told, played: Played) -> None:
    try:
        SENDS[line.act](stage, line)
    except (IllegalMove, journeys.BadHour):
        played.too_late.append(line)
    except (Lost, KeyError, Forbidden):
        played.lost.append(line)
    else:
        played.sent.append(line)


def _as_feed(line: Told) -> Doing:
    return {"actor": FEED, "at": line.at, "key": line.key}


def _as_guest(stage: Stage, line: Told) -> Doing:
    """The person the line names, else the delegation's focal point."""
    return {"actor": _guest(stage, line), "at": line.at, "key": line.key}


def _guest(stage: Stage, line: Told) -> Actor:
    if who := line.args.get("said_by", ""):
        return stage.actor(who, {})
    point = FocalPoint.objects.filter(delegation=stage.delegation(line.party)).first()
    if point is None:
        raise Lost(f"a focal point of {line.party}")
    return on_file(point.person)


def _ask(stage: Stage, line: Told) -> None:
    """A guest writes; of a mail the subject is its first line."""
    args = line.args
    is_mail = line.act == "mail"
    words = (args.get("subject", ""), args["words"]) if is_mail else (args["words"],)
    ask(
        stage.delegation(line.party),
        "\n\n".join(filter(None, words)),
        language=args.get("language", ""),
        channel=args.get("channel", "mail" if is_mail else "link"),
        **_as_guest(stage, line),
    )


def _landed(stage: Stage, line: Told) -> None:
    journeys.mark(
        stage.journey(line.ref),
        Journey.State.LANDED,
        happened_at=instant(line.args.get("happened_at")) or line.at,
        **_as_feed(line),
    )


def _changed_time(stage: Stage, line: Told) -> None:
    """Another hour for a journey, or for an item of the rundown."""
    reason = line.args.get("reason", "")
    if expected_at := instant(line.args.get("expected_at")):
        journey = stage.journey(line.ref)
        journeys.expect(journey, expected_at, reason=reason, **_as_feed(line))
        return
    move(
        stage.activity(line.ref),
        datetime.fromisoformat(line.args["starts_at"]),
        instant(line.args.get("ends_at")),
        reason=reason,
        **_as_feed(line),
    )


def _cancelled(stage: Stage, line: Told) -> None:
    """A meeting is called off with its hour; another item is taken off alone."""
    reason = line.args.get("reason", "") or "Reported as cancelled"
    try:
        meeting = stage.meeting(line.ref)
    except Lost:
        cancel(stage.activity(line.ref), reason=reason, **_as_feed(line))
    else:
        call_off(meeting, reason, **_as_feed(line))


def _unplanned_meeting(stage: Stage, line: Told) -> None:
    args = line.args
    starts_at = datetime.fromisoformat(args["starts_at"])
    plan = Plan(
        title_en=args["title_en"],
        title_id=args.get("title_id", ""),
        kind="meeting",
        starts_at=starts_at,
        ends_at=instant(args.get("ends_at")) or starts_at + AN_HOUR,
        place_id=stage.place(args["place"]) if args.get("place") else None,
        delegation_ids=[stage.delegation(code) for code in args["participants"]],
    )
    schedule(stage.event.pk, plan, **_as_feed(line))


def _withdrawn(stage: Stage, line: Told) -> None:
    on = line.args.get("stated_on") or line.at.date().isoformat()
    state_participation(
        stage.delegation(line.party),
        "withdraw",
        stated_on=date.fromisoformat(on),
        document=line.args.get("document", ""),
        **_as_feed(line),
    )


SENDS: dict[str, Callable[[Stage, Told], None]] = {
    "ask": _ask,
    "mail": _ask,
    "landed": _landed,
    "changed_time": _changed_time,
    "cancelled": _cancelled,
    "unplanned_meeting": _unplanned_meeting,
    "withdrawn": _withdrawn,
}
"""All that the world may send. No team's answer is among it, and none may come."""
