"""What a history may tell of hand-overs, things in custody and first meetings."""

from collections.abc import Callable
from typing import Any
from uuid import uuid5

from titian.exchange.scenario import Told
from titian.exchange.stage import Lost, Stage
from titian.logistics.commands import custody
from titian.loop.commands import handover_items, handovers
from titian.loop.handing import lines_of
from titian.loop.models import HandOver
from titian.people.commands import assignments

type Doing = dict[str, Any]
type Act = Callable[[Stage, Told, Doing], None]


def _take(stage: Stage, line: Told, doing: Doing) -> None:
    args = line.args
    custody.take(
        stage.delegation(line.party),
        args["kind"],
        args.get("label", ""),
        int(args.get("count", 1)),
        **doing,
    )


def _introduce(stage: Stage, line: Told, doing: Doing) -> None:
    met = stage.event.officers.filter(person=doing["actor"].person_id)
    pair = met.values_list("assignments", flat=True).filter(
        assignments__delegation=stage.delegation(line.party),
        assignments__relieved_at=None,
    )
    found = pair.first()
    if found is None:
        raise Lost(f"an assignment with {line.party}")
    assignments.introduce(found, **doing)


def _begin(stage: Stage, line: Told, doing: Doing) -> None:
    relief = stage.event.officers.filter(code=line.args["to"]).first()
    if relief is None:
        raise Lost(f"officer {line.args['to']}")
    begun = handovers.begin(stage.delegation(line.party), relief.pk, **doing)
    stage.made[line.ref] = begun.pk


def _add_word(stage: Stage, line: Told, doing: Doing) -> None:
    handover_items.add_word(stage.made[line.ref], line.args["words"], **doing)


def _accept(stage: Stage, line: Told, doing: Doing) -> None:
    """Everything of one kind, each said back as it stands."""
    row = HandOver.objects.get(pk=stage.made[line.ref])
    for one in lines_of(row):
        if one.carried.kind == line.args["kind"]:
            key = uuid5(line.key, str(one.carried.key))
            handover_items.accept(
                row.pk,
                *one.carried.key,
                one.mark,
                one.carried.fields,
                **{**doing, "key": key},
            )


def _question(stage: Stage, line: Told, doing: Doing) -> None:
    ask = stage.ask(line.args["ask"])
    row = stage.made[line.ref]
    handover_items.question(row, "loop.ask", ask, line.args["words"], **doing)


HANDED: dict[str, Act] = {
    "holding.take": _take,
    "officer.introduce": _introduce,
    "handover.begin": _begin,
    "handover.add_word": _add_word,
    "handover.accept": _accept,
    "handover.question": _question,
}
"""Room and verb, and what does it."""
