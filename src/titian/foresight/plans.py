"""A cover plan as a proposal keeps it: rows of what would change, and the gaps."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from titian.foresight.differences import Difference, differences
from titian.foresight.gather.cover import Gathered
from titian.people.fitness import wanted_languages
from titian.people.queries import without
from titian.planning import cover

type Row = dict[str, Any]


class NoSuchChange(LookupError):
    """The proposal has no change with this number."""


def changes_of(gathered: Gathered, plan: cover.Plan) -> list[Row]:
    """One row a changed duty, in the order of delegation and hour."""
    found = differences(gathered.problem.published, within(gathered, plan.duties))
    return [_change(gathered, one) for one in found]


def within(gathered: Gathered, duties: Iterable[cover.Duty]) -> list[cover.Duty]:
    """The plan's own duties, without those it only had to live with."""
    lived_with = {duty for one in gathered.problem.officers for duty in one.held}
    return [duty for duty in duties if duty not in lived_with]


def _change(gathered: Gathered, one: Difference) -> Row:
    leading = one.new or one.old[0]
    reason = one.new.reason if one.new else None
    told = cover.as_data(reason) if reason else {}
    if reason and reason.runner_up:
        told["runner_up"] = gathered.officers[reason.runner_up].pk
    return {
        "delegation": gathered.delegations[one.post].pk,
        "starts_at": _text(one.start),
        "ends_at": _text(one.end),
        "mode": str(leading.mode),
        "role": str(leading.role),
        "old": [
            {"officer": gathered.officers[duty.officer].pk, "mode": str(duty.mode)}
            for duty in one.old
        ],
        "new": gathered.officers[one.new.officer].pk if one.new else None,
        "reason": told,
    }


def gaps_of(gathered: Gathered, plan: cover.Plan) -> list[Row]:
    """The hours that stay open, with all that the sentence needs; names apart.

    What follows each other and is open for the same reason is one gap.
    """
    found: list[Row] = []
    codes = {row.pk: code for code, row in gathered.delegations.items()}
    for gap in sorted(plan.gaps, key=lambda one: (one.post, one.start)):
        row = _gap(gathered, gap)
        if found and _goes_on(found[-1], row):
            found[-1]["ends_at"] = row["ends_at"]
        else:
            found.append(row)
    starts = {(duty.post, _text(duty.start)): duty.officer for duty in plan.duties}
    for row in found:
        code = codes[row["delegation"]]
        if next_one := starts.get((code, row["ends_at"])):
            _name_next(row, gathered.officers[next_one].pk)
    return found


def _name_next(row: Row, officer_id: int) -> None:
    """Who takes over when the gap ends is nearest, if nobody could come earlier."""
    if not row["nearest"] or not row["nearest"]["free_from"]:
        row["nearest"] = {
            "officer": officer_id,
            "rule": "",
            "free_from": row["ends_at"],
        }


def _goes_on(first: Row, second: Row) -> bool:
    """Whether the second begins where the first ends, and for the same cause."""
    return first["ends_at"] == second["starts_at"] and _cause(first) == _cause(second)


def _cause(row: Row) -> tuple[Any, ...]:
    nearest = row["nearest"] or {}
    if row["nobody_speaks"]:
        return row["delegation"], row["mode"], "language"
    return row["delegation"], row["mode"], nearest.get("officer"), nearest.get("rule")


def _gap(gathered: Gathered, gap: cover.Gap) -> Row:
    delegation = gathered.delegations[gap.post]
    return {
        "delegation": delegation.pk,
        "starts_at": _text(gap.start),
        "ends_at": _text(gap.end),
        "mode": str(gap.mode),
        "wanted": [list(one) for one in wanted_languages(delegation)],
        "ruled_out": [list(one) for one in gap.ruled_out],
        "nobody_speaks": {rule for rule, _n in gap.ruled_out} == {"language"},
        "nearest": {
            "officer": gathered.officers[gap.nearest.officer].pk,
            "rule": gap.nearest.rule,
            "free_from": gap.nearest.free_from and _text(gap.nearest.free_from),
        }
        if gap.nearest
        else None,
    }


def chosen(changes: Sequence[Row], leave_out: Collection[int]) -> list[Row]:
    """The rows without those left out; ``NoSuchChange`` for an unknown number."""
    if unknown := [n for n in leave_out if not 0 <= n < len(changes)]:
        raise NoSuchChange(unknown[0])
    return [row for n, row in enumerate(changes) if n not in leave_out]


def roster_after(gathered: Gathered, rows: Iterable[Row]) -> list[cover.Duty]:
    """All duties of the hours once these rows are in force, the published ones too."""
    posts = {row.pk: code for code, row in gathered.delegations.items()}
    officers = {row.pk: code for code, row in gathered.officers.items()}
    duties = list(gathered.problem.published)
    new: list[cover.Duty] = []
    for row in rows:
        span = (hour(row["starts_at"]), hour(row["ends_at"]))
        gone = {(officers[one["officer"]], one["mode"]) for one in row["old"]}
        duties = [
            piece
            for duty in duties
            for piece in _cut(duty, posts[row["delegation"]], gone, span)
        ]
        if row["new"] is not None:
            new.append(
                cover.Duty(
                    posts[row["delegation"]],
                    officers[row["new"]],
                    *span,
                    cover.Mode(row["mode"]),
                    cover.Role(row["role"]),
                )
            )
    return sorted([*duties, *new], key=lambda one: (one.post, one.start, one.officer))


def _cut(
    duty: cover.Duty,
    post: str,
    gone: Collection[tuple[str, str]],
    span: tuple[datetime, datetime],
) -> Iterable[cover.Duty]:
    if duty.post != post or (duty.officer, str(duty.mode)) not in gone:
        return [duty]
    kept = without([(duty.start, duty.end)], [span])
    return [
        cover.Duty(duty.post, duty.officer, *rest, duty.mode, duty.role)
        for rest in kept
    ]


def hour(text: str) -> datetime:
    """The instant that a row keeps as text."""
    return datetime.fromisoformat(text)


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def names_in(rows: Iterable[Mapping[str, Any]]) -> set[int]:
    """The officers whose names the rows' sentences need."""
    found: set[int | None] = set()
    for row in rows:
        found |= {one["officer"] for one in row.get("old", ())}
        found |= {row.get("new"), row.get("reason", {}).get("runner_up")}
        found.add((row.get("nearest") or {}).get("officer"))
    return {one for one in found if one is not None}
