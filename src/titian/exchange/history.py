"""What people did before the evening began, done again by the same commands."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from titian.exchange.arranging import ARRANGED
from titian.exchange.briefed import BRIEFED
from titian.exchange.filed import FILED
from titian.exchange.handing import HANDED
from titian.exchange.ruled import RULED
from titian.exchange.scenario import Told
from titian.exchange.stage import Stage, instant
from titian.exchange.talked import TALKED
from titian.kernel.actor import FEED, Actor
from titian.kernel.commands import wind
from titian.logistics.commands import journeys
from titian.loop.commands import asks, incidents, promises
from titian.people.commands import delegations
from titian.programme.commands import activities
from titian.talks.commands import keeping, meetings

type Act = Callable[[Stage, Told, dict[str, Any]], None]


class Stumbled(ValueError):
    """A line of the history cannot be done; says which and why."""


def play(stage: Stage, lines: Iterable[Told], *, until: datetime) -> int:
    """Do what the history tells up to ``until``; how many acts that were.

    The event's clock stands at the hour of each act, so that it is heard when it was
    said. Raises ``Stumbled`` at the first line that cannot be done.
    """
    done = 0
    for line in lines:
        if line.at > until:
            break
        wind(stage.event, line.at)
        _do(stage, line)
        done += 1
    return done


def _do(stage: Stage, line: Told) -> None:
    if line.act not in ACTS:
        raise Stumbled(f"Row {line.number} of the history: no act “{line.act}”.")
    try:
        actor = FEED if line.by in {"", "FEED"} else stage.actor(line.by, line.args)
        ACTS[line.act](stage, line, _doing(line, actor))
    except Exception as error:
        raise Stumbled(
            f"Row {line.number} of the history ({line.act} {line.ref} by {line.by}): "
            f"{type(error).__name__} {error}"
        ) from error


def _doing(line: Told, actor: Actor) -> dict[str, Any]:
    return {"actor": actor, "at": line.at, "key": line.key}


def _ask(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    said = asks.ask(
        stage.delegation(line.party),
        line.args["words"],
        language=line.args.get("language", ""),
        channel=line.args.get("channel", ""),
        **doing,
    )
    stage.made[line.ref] = said.pk


def _pass_on(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    args = line.args
    asks.pass_on(
        stage.ask(line.ref),
        topic_id=stage.topic(args["topic"]) if args.get("topic") else None,
        team_id=stage.team(args["team"]) if args.get("team") else None,
        gloss=args.get("gloss", ""),
        title=args.get("title", ""),
        details=args.get("details"),
        urgency=args.get("urgency", "routine"),
        weight=args.get("weight"),
        due_at=instant(args.get("due_at")),
        is_private=bool(args.get("is_private")),
        **doing,
    )


def _of_ask(command: Callable[..., object], *names: str) -> Act:
    """A step of an ask that takes these of the line's arguments, in order."""

    def act(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
        command(stage.ask(line.ref), *(line.args[name] for name in names), **doing)

    return act


def _bounce(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    team = stage.team(line.args["team"])
    asks.bounce(stage.ask(line.ref), team, line.args["reason"], **doing)


def _promise(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    args = line.args
    made = promises.promise(
        stage.delegation(line.party),
        args["words"],
        direction=args.get("direction", "ours"),
        owner_team_id=stage.team(args["team"]) if args.get("team") else None,
        owner_person_id=stage.person(args["person"]) if args.get("person") else None,
        due_at=datetime.fromisoformat(args["due_at"]),
        ask_id=stage.ask(args["ask"]) if args.get("ask") else None,
        **doing,
    )
    stage.made[line.ref] = made.pk


def _keep(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    promises.keep(stage.promise(line.ref), line.args.get("words", ""), **doing)


def _break_off(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    promises.break_off(stage.promise(line.ref), line.args["words"], **doing)


def _alarm(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    raised = incidents.raise_alarm(
        stage.delegation(line.party),
        line.args["kind"],
        words=line.args.get("words", ""),
        place=line.args.get("place", ""),
        **doing,
    )
    stage.made[line.ref] = raised.pk


def _mark(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    happened = instant(line.args.get("happened_at"))
    state = line.args["state"]
    journeys.mark(stage.journey(line.ref), state, happened_at=happened, **doing)


def _expect(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    journeys.expect(
        stage.journey(line.ref),
        datetime.fromisoformat(line.args["expected_at"]),
        reason=line.args.get("reason", ""),
        **doing,
    )


def _move(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    activities.move(
        stage.activity(line.ref),
        datetime.fromisoformat(line.args["starts_at"]),
        instant(line.args.get("ends_at")),
        reason=line.args.get("reason", ""),
        **doing,
    )


def _start(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    happened = instant(line.args.get("happened_at"))
    activities.start(stage.activity(line.ref), happened_at=happened, **doing)


def _finish(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    happened = instant(line.args.get("happened_at"))
    activities.finish(stage.activity(line.ref), happened_at=happened, **doing)


def _minute(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    meetings.minute(stage.meeting(line.ref), line.args["words"], **doing)


def _deliver(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    keeping.deliver(stage.line(line.ref), words=line.args.get("words", ""), **doing)


def _accept_line(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    keeping.accept(stage.line(line.ref), **doing)


def _dispute(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    keeping.dispute(stage.line(line.ref), line.args["words"], **doing)


def _state(stage: Stage, line: Told, doing: dict[str, Any]) -> None:
    delegations.state_participation(
        stage.delegation(line.party),
        line.args["move"],
        level=line.args.get("level"),
        stated_on=datetime.fromisoformat(
            line.args.get("stated_on") or line.at.isoformat()
        ).date(),
        document=line.args.get("document", ""),
        **doing,
    )


ACTS: dict[str, Act] = {
    "ask.ask": _ask,
    "ask.pass_on": _pass_on,
    "ask.hear": _of_ask(asks.hear),
    "ask.accept": _of_ask(asks.accept),
    "ask.restate": _of_ask(asks.restate, "heard_as"),
    "ask.confirm": _of_ask(asks.confirm),
    "ask.correct": _of_ask(asks.correct, "details"),
    "ask.bounce": _bounce,
    "ask.answer": _of_ask(asks.answer, "words"),
    "ask.close": _of_ask(asks.close),
    "ask.reopen": _of_ask(asks.reopen, "reason"),
    "ask.withdraw": _of_ask(asks.withdraw),
    "promise.promise": _promise,
    "promise.keep": _keep,
    "promise.break_off": _break_off,
    "incident.raise_alarm": _alarm,
    "journey.mark": _mark,
    "journey.expect": _expect,
    "activity.move": _move,
    "activity.start": _start,
    "activity.finish": _finish,
    "meeting.minute": _minute,
    "line.deliver": _deliver,
    "line.accept": _accept_line,
    "line.dispute": _dispute,
    "delegation.state_participation": _state,
    **ARRANGED,
    **BRIEFED,
    **FILED,
    **HANDED,
    **RULED,
    **TALKED,
}
"""Every act a history may tell, room and verb, and the command that does it."""
