"""A proposal as people read it: names and sentences, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from titian.foresight.models import Proposal
from titian.foresight.plans import hour, names_in
from titian.foresight.sentences import gap_sentence, reason_sentence
from titian.people.models import Delegation, Officer
from titian.planning import cover


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One row of the diff; ``index`` is its number in the proposal."""

    index: int
    delegation: Delegation
    starts_at: datetime
    ends_at: datetime
    mode: str
    role: str
    old: tuple[str, ...]
    new: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownGap:
    """Hours that stay open, with the sentence that says why."""

    delegation: Delegation
    starts_at: datetime
    ends_at: datetime
    mode: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All of a proposal that the page draws."""

    proposal: Proposal
    changes: tuple[ShownChange, ...]
    gaps: tuple[ShownGap, ...]


def shown(proposal: Proposal, only: int | None = None) -> Shown:
    """The proposal with names and sentences: two queries, however long it is.

    ``only`` narrows to one delegation; the changes keep their numbers.
    """
    changes = [
        (n, row)
        for n, row in enumerate(proposal.changes)
        if only in (None, row["delegation"])
    ]
    gaps = [row for row in proposal.gaps if only in (None, row["delegation"])]
    rows = [*(row for _n, row in changes), *gaps]
    officers = Officer.objects.filter(pk__in=names_in(rows)).select_related("person")
    names = {row.pk: row.person.display for row in officers}
    delegations = (
        Delegation.objects.filter(event=proposal.event_id)
        .select_related("party", "event")
        .in_bulk()
    )
    return Shown(
        proposal,
        tuple(
            _change(n, row, delegations[row["delegation"]], names) for n, row in changes
        ),
        tuple(_gap(row, delegations[row["delegation"]], names) for row in gaps),
    )


def _change(
    index: int, row: Mapping[str, Any], delegation: Delegation, names: Mapping[int, str]
) -> ShownChange:
    return ShownChange(
        index=index,
        delegation=delegation,
        starts_at=hour(row["starts_at"]),
        ends_at=hour(row["ends_at"]),
        mode=row["mode"],
        role=row["role"],
        old=tuple(names.get(one["officer"], "") for one in row["old"]),
        new=names.get(row["new"], "") if row["new"] is not None else "",
        why=reason_sentence(row, delegation, names),
    )


def _gap(
    row: Mapping[str, Any], delegation: Delegation, names: Mapping[int, str]
) -> ShownGap:
    return ShownGap(
        delegation=delegation,
        starts_at=hour(row["starts_at"]),
        ends_at=hour(row["ends_at"]),
        mode=row["mode"],
        sentence=gap_sentence(row, delegation, names),
    )


def figures_of(proposal: Proposal) -> dict[str, Any]:
    """How many officers a delegation meets, and how many hours stay open."""
    faces: dict[str, set[str]] = {}
    for duty in proposal.plan["duties"]:
        if duty["mode"] == cover.Mode.ATTACHED:
            faces.setdefault(duty["post"], set()).add(duty["officer"])
    counts = sorted(len(one) for one in faces.values())
    open_hours = sum(
        (hour(gap["ends_at"]) - hour(gap["starts_at"])).total_seconds() / 3600
        for gap in proposal.gaps
        if gap["mode"] == cover.Mode.ATTACHED
    )
    return {
        "duties": len(proposal.plan["duties"]),
        "open_hours": round(open_hours, 2),
        "officers_per_delegation": {
            "mean": round(sum(counts) / len(counts), 2) if counts else 0,
            "most": max(counts, default=0),
        },
    }
