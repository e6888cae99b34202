"""What a history may tell of bilaterals: rooms, interpreters, hours, wishes."""

from collections.abc import Callable
from typing import Any

from titian.exchange.scenario import Told
from titian.exchange.stage import Stage, instant
from titian.talks.commands import bilaterals, free_hours
from titian.talks.commands.bilaterals import Wanted

type Doing = dict[str, Any]
type Act = Callable[[Stage, Told, Doing], None]


def _keep_room(stage: Stage, line: Told, doing: Doing) -> None:
    free_hours.keep_room(
        stage.event.pk,
        stage.place(line.ref),
        line.args["seats"],
        line.args.get("lowest_rank", 7),
        **doing,
    )


def _interpreters(stage: Stage, line: Told, doing: Doing) -> None:
    args = line.args
    free_hours.set_interpreters(
        stage.event.pk, args["one"], args["other"], args["teams"], **doing
    )


def _hours(stage: Stage, line: Told, doing: Doing) -> None:
    free_hours.tell_hours(
        stage.delegation(line.party),
        _moment(line, "starts_at"),
        _moment(line, "ends_at"),
        is_free=bool(line.args.get("is_free")),
        **doing,
    )


def _ask(stage: Stage, line: Told, doing: Doing) -> None:
    asked = bilaterals.ask(
        stage.delegation(line.party),
        stage.delegation(line.args["asked"]),
        _wanted(line),
        **doing,
    )
    stage.made[line.ref] = asked.pk


def _counter(stage: Stage, line: Told, doing: Doing) -> None:
    bilaterals.counter(stage.made[line.ref], _wanted(line), **doing)


def _agree(stage: Stage, line: Told, doing: Doing) -> None:
    bilaterals.agree(stage.made[line.ref], **doing)


def _wanted(line: Told) -> Wanted:
    given = {k: v for k, v in line.args.items() if k in Wanted.__dataclass_fields__}
    for name in ("earliest_at", "latest_at"):
        given[name] = instant(given.get(name))
    return Wanted(**given)


def _moment(line: Told, name: str) -> Any:
    return instant(line.args[name])


ARRANGED: dict[str, Act] = {
    "meeting_room.keep": _keep_room,
    "interpreters.set": _interpreters,
    "free_hours.tell": _hours,
    "bilateral.ask": _ask,
    "bilateral.counter": _counter,
    "bilateral.agree": _agree,
}
"""Every act on bilaterals that a history may tell."""
