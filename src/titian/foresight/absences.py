"""An officer falls out: what that breaks, and the smallest ways to mend it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from titian.foresight.gather.cover import Gathered, gather, horizon
from titian.foresight.plans import Row, changes_of, gaps_of
from titian.foresight.queries import breaks, breaks_hash
from titian.kernel.actor import Actor
from titian.kernel.questions import Break, Change
from titian.people.models import Officer
from titian.planning import cover
from titian.planning.cover import repair

COMMAND = "titian.people.commands.absences.report_absence"


@dataclass(frozen=True, slots=True)
class Mend:
    """One way to do without her: the rows that change, and what stays open."""

    repair: repair.Repair
    changes: Sequence[Row]
    gaps: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a person sees before she says that the officer is away.

    ``gathered`` is the world with the absence in it and her duties still published.
    ``gaps`` are the hours that nobody can take in any way, if there is no mend at all.
    """

    gathered: Gathered
    breaks: Sequence[Break]
    mends: Sequence[Mend]
    gaps: Sequence[Row] = ()

    @property
    def seen(self) -> str:
        """One word for all of this: another one if anything were different."""
        told = [
            breaks_hash(self.breaks),
            cover.input_hash(self.gathered.problem),
            [[list(one.changes), list(one.gaps)] for one in self.mends],
        ]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def without(
    officer: Officer,
    starts_at: datetime,
    ends_at: datetime,
    *,
    actor: Actor,
    at: datetime,
) -> Outlook:
    """What her absence breaks and at most three ways to mend it; nothing is kept.

    Raises what ``report_absence`` raises, and ``NoDays`` for an event without days.
    """
    arguments = {
        "officer_id": officer.pk,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "reason": "?",  # said when it is done
    }
    found = breaks(Change(COMMAND, arguments, actor, at))
    gathered = gather(officer.event, horizon(officer.event, at))
    span = cover.Span(starts_at, ends_at)
    absent = repair.without(gathered.problem, officer.code, span)
    away = replace(gathered, problem=absent)
    tried = _mends(gathered, away, officer.code, span, at)
    mends = [one for one in tried if any(row["new"] for row in one.changes)]
    gaps = tried[0].gaps if tried and not mends else ()
    return Outlook(away, found, mends, gaps)


def _mends(
    gathered: Gathered, away: Gathered, code: str, span: cover.Span, at: datetime
) -> list[Mend]:
    standing = repair.Standing(gathered.problem)
    found = standing.repairs(code, span, at=at)
    told = [standing.explained(one, code, span) for one in found]
    return [mend_of(away, one) for one in told]


def mend_of(away: Gathered, found: repair.Repair) -> Mend:
    """The repair as rows of what changes and what stays open."""
    plan = plan_of(away, found)
    return Mend(found, changes_of(away, plan), gaps_of(away, plan))


def plan_of(gathered: Gathered, found: repair.Repair) -> cover.Plan:
    """All duties as they would be by this repair."""
    return cover.Plan(
        duties=found.applied(gathered.problem.published),
        gaps=found.gaps,
        objective=found.cost,
        seed=0,
        engine=cover.ENGINE,
        input_hash=cover.input_hash(gathered.problem),
        iterations=0,
    )
