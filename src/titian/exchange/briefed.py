"""What was said to people before the evening began: closures, notices, the line."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from titian.briefing.audience import Rule
from titian.briefing.commands import copies, notices, press
from titian.briefing.models import Copy, Notice
from titian.briefing.wording import Wording
from titian.exchange.scenario import Told
from titian.exchange.stage import Lost, Stage
from titian.places.commands import Closing, close

type Doing = dict[str, Any]
type Act = Callable[[Stage, Told, Doing], None]


def _close(stage: Stage, line: Told, doing: Doing) -> None:
    args = dict(line.args)
    closing = Closing(
        place_id=stage.place(args.pop("place")),
        starts_at=datetime.fromisoformat(args.pop("starts_at")),
        ends_at=datetime.fromisoformat(args.pop("ends_at")),
        **args,
    )
    stage.made[line.ref] = close(stage.event.pk, closing, **doing).pk


def _notice(stage: Stage, line: Told, doing: Doing) -> None:
    """Written and sent in one line; whom it means is told in codes."""
    args = dict(line.args)
    silence = int(args.pop("silence_minutes", 10))
    closure = stage.made.get(args.pop("closure", ""))
    rule = _rule(stage, args.pop("audience"))
    composed = notices.Composed(
        Wording(**args),
        rule,
        silence_minutes=silence,
        kind=Notice.Kind.CLOSURE if closure else Notice.Kind.CHANGE,
        closure_id=closure,
        is_exercise=True,
    )
    draft = notices.compose(stage.event.pk, composed, **doing)
    key: UUID = uuid5(line.key, "sent")
    notices.send(draft.pk, **{**doing, "key": key})
    stage.made[line.ref] = draft.pk


def _known(stage: Stage, line: Told, doing: Doing) -> None:
    person = doing["actor"].person_id
    copy = Copy.objects.filter(notice=stage.made.get(line.ref), person=person).first()
    if copy is None:
        raise Lost(f"a copy of {line.ref}")
    copies.acknowledge(copy.pk, **doing)


def _approve(stage: Stage, line: Told, doing: Doing) -> None:
    press.approve_message(stage.event.pk, **line.args, **doing)


def _rule(stage: Stage, told: Rule) -> Rule:
    """The same rule with the house's numbers for the scenario's codes."""
    if "is" not in told:
        (name, inner), *_more = told.items()
        branches = inner if isinstance(inner, list) else [inner]
        found = [_rule(stage, one) for one in branches]
        return {name: found if isinstance(inner, list) else found[0]}
    rule = dict(told)
    if "place" in rule:
        rule["place"] = stage.place(rule["place"])
    if rule["is"] == "delegation":
        rule["of"] = [stage.delegation(code) for code in rule["of"]]
    return rule


BRIEFED: dict[str, Act] = {
    "closure.close": _close,
    "notice.send": _notice,
    "copy.acknowledge": _known,
    "key_message.approve": _approve,
}
"""What a history may tell of briefing: room and verb, and what does it."""
