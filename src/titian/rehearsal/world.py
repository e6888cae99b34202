"""What the world would send: a landing, a mail, an ask, a changed hour.

It speaks through the commands of the rooms, as a feed or as the guest, at the hour at
which it was reported. It never answers for a team.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
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
from titian.loop.commands.asks import ask
from titian.people.commands.delegations import state_participation
from titian.people.models import FocalPoint
from titian.people.queries import on_file
from titian.programme.commands.activities import Plan, cancel, move, schedule

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
    if who := line.by or line.args.get("by", ""):
        return stage.actor(who, {})
    point = FocalPoint.objects.filter(delegation=stage.delegation(line.party)).first()
    if point is None:
        raise Lost(f"a focal point of {line.party}")
    return on_file(point.person)


def _ask(stage: Stage, line: Told) -> None:
    ask(
        stage.delegation(line.party),
        line.args["words"],
        language=line.args.get("language", ""),
        channel=line.args.get("channel", "mail" if line.act == "mail" else "link"),
        **_as_guest(stage, line),
    )


def _mark(stage: Stage, line: Told) -> None:
    journeys.mark(
        stage.journey(line.ref),
        line.args.get("state", "landed"),
        happened_at=instant(line.args.get("happened_at")) or line.at,
        **_as_feed(line),
    )


def _expect(stage: Stage, line: Told) -> None:
    journeys.expect(
        stage.journey(line.ref),
        datetime.fromisoformat(line.args.get("expected_at") or line.args["expected"]),
        reason=line.args.get("reason", ""),
        **_as_feed(line),
    )


def _move(stage: Stage, line: Told) -> None:
    move(
        stage.activity(line.ref),
        datetime.fromisoformat(line.args.get("starts_at") or line.args["start"]),
        instant(line.args.get("ends_at") or line.args.get("end")),
        reason=line.args.get("reason", ""),
        **_as_feed(line),
    )


def _cancel(stage: Stage, line: Told) -> None:
    reason = line.args.get("reason", "") or "Reported as cancelled"
    cancel(stage.activity(line.ref), reason=reason, **_as_feed(line))


def _schedule(stage: Stage, line: Told) -> None:
    args = line.args
    starts_at = datetime.fromisoformat(args.get("starts_at") or args["start"])
    ends_at = instant(args.get("ends_at") or args.get("end")) or starts_at
    parties = args.get("participants") or args.get("parties") or []
    plan = Plan(
        title_en=args["title_en"],
        title_id=args.get("title_id", ""),
        starts_at=starts_at,
        ends_at=ends_at,
        place_id=stage.place(args["place"]) if args.get("place") else None,
        delegation_ids=[stage.delegation(code) for code in parties],
        is_official=bool(args.get("official", True)),
        kind=args.get("kind", "meeting"),
    )
    stage.made[line.ref] = schedule(stage.event.pk, plan, **_as_feed(line)).pk


def _state_participation(stage: Stage, line: Told) -> None:
    on = line.args.get("stated_on") or line.at.date().isoformat()
    state_participation(
        stage.delegation(line.party),
        line.args["move"],
        level=line.args.get("level"),
        stated_on=datetime.fromisoformat(on).date(),
        document=line.args.get("document", ""),
        **_as_feed(line),
    )


SENDS: dict[str, Callable[[Stage, Told], None]] = {
    "ask": _ask,
    "mail": _ask,
    "mark": _mark,
    "expect": _expect,
    "move": _move,
    "cancel": _cancel,
    "schedule": _schedule,
    "state_participation": _state_participation,
}
"""All that the world may send. No team's answer is among it, and none may come."""
