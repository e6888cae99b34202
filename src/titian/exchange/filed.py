"""What was filed before the evening began: documents, and the texts of agreements."""

from collections.abc import Callable
from typing import Any

from titian.exchange.scenario import Told
from titian.exchange.stage import Stage
from titian.talks.commands import drafting, filing
from titian.talks.commands.filing import File, Filing

type Doing = dict[str, Any]


def _file(stage: Stage, line: Told, doing: Doing) -> None:
    args = line.args
    filed = Filing(
        args["kind"],
        args["title"],
        (stage.delegation(line.party),),
        summary=args.get("summary", ""),
        secrecy=args.get("secrecy", "house"),
    )
    paper = filing.file(stage.event.pk, filed, _brought(args), **doing)
    stage.made[line.ref] = paper.pk


def _file_text(stage: Stage, line: Told, doing: Doing) -> None:
    agreement = stage.event.agreements.get(code=line.ref)
    brought, is_open = _brought(line.args), bool(line.args.get("is_open"))
    drafting.file_text(agreement.pk, brought, is_open=is_open, **doing)


def _brought(args: dict[str, Any]) -> File:
    text = args["text"]
    return File(text.encode(), args["name"], "text/plain", text)


FILED: dict[str, Callable[[Stage, Told, Doing], None]] = {
    "paper.file": _file,
    "agreement.file_text": _file_text,
}
