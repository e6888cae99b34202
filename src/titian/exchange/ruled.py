"""What was declared before the evening began, and what the authorities said of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from titian.exchange.scenario import Told
from titian.exchange.stage import Stage
from titian.rules.commands import permits
from titian.rules.models import Permit

type Doing = dict[str, Any]
type Act = Callable[[Stage, Told, Doing], None]


def _declare(stage: Stage, line: Told, doing: Doing) -> None:
    args = line.args
    said = permits.Declared(
        args["kind"],
        args.get("how_many", 1),
        args.get("words", ""),
        date.fromisoformat(args["needed_on"]),
    )
    made = permits.declare(stage.delegation(line.party), said, **doing)
    stage.made[line.ref] = made.pk


def _moved(command: Callable[..., Permit], *names: str) -> Act:
    """A step of a permit that takes these of the line's arguments, in order."""

    def act(stage: Stage, line: Told, doing: Doing) -> None:
        words = (line.args.get(name, "") for name in names)
        command(stage.made[line.ref], *words, **doing)

    return act


RULED: dict[str, Act] = {
    "permit.declare": _declare,
    "permit.apply": _moved(permits.apply),
    "permit.grant": _moved(permits.grant, "number"),
    "permit.refuse": _moved(permits.refuse, "reason"),
    "permit.withdraw": _moved(permits.withdraw),
}
