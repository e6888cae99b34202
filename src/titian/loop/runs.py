"""What the clocks of an ask did before, read from its journal: team after team."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from titian.kernel.models import Entry
from titian.loop.clocks import HEARD_WITHIN, SAID_BACK_WITHIN
from titian.loop.models import Ask
from titian.people.models import Party

BEGUN = (
    "ask.passed_on",
    "ask.bounced",
    "ask.corrected",
    "ask.reopened",
    "ask.diverted",
    "ask.hurried",
    "ask.made_exact",
    "ask.unmerged",
    "incident.raised",
)
"""The verbs by which an ask comes to a team, which has heard nothing yet."""
HEARD = ("ask.heard", "ask.accepted", "ask.restated")
TAKEN = ("ask.accepted", "ask.restated")


@dataclass(frozen=True, slots=True)
class Run:
    """How one team had the ask: since when, when it heard and took it, until when.

    Without an hour it did not; ``heard_late`` and ``taken_late`` say what was breached.
    """

    team: Party | None
    since: datetime
    heard_at: datetime | None
    taken_at: datetime | None
    until: datetime | None
    heard_late: bool
    taken_late: bool


def runs_of(ask: Ask, at: datetime) -> list[Run]:
    """Each time a team had the ask, the newest first; three queries at most.

    What a team missed stays with its run, whoever has the ask now.
    """
    rows = Entry.objects.filter(
        subject_kind=ask._meta.label_lower,
        subject_id=ask.pk,
        verb__in=(*BEGUN, *HEARD, "ask.answered", "ask.withdrawn"),
    )
    entries = [entry for entry in rows.order_by("pk") if _tells_of_a_run(entry)]
    ids = {entry.facts.get("owner") for entry in entries} - {None}
    teams = {team.pk: team for team in Party.objects.filter(pk__in=ids)}
    found = [_run(ask, part, teams, at) for part in _parts(entries)]
    return found[::-1]


def _tells_of_a_run(entry: Entry) -> bool:
    """Made urgent in hand, it stays where it is: only what waits is heard anew."""
    return entry.verb != "ask.hurried" or entry.facts.get("state") == Ask.State.PASSED


def _parts(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries from each beginning up to and with the next one."""
    begun = [n for n, entry in enumerate(entries) if entry.verb in BEGUN]
    for start, end in pairwise([*begun, len(entries)]):
        yield list(entries[start : end + 1])


def _run(ask: Ask, part: Sequence[Entry], teams: dict[int, Party], at: datetime) -> Run:
    first, *rest = part
    since = first.said_at
    own = [entry for entry in rest if entry.verb not in BEGUN]
    heard = next((e.said_at for e in own if e.verb in HEARD), None)
    taken = next((e.said_at for e in own if e.verb in TAKEN), None)
    ends = (*BEGUN, "ask.answered", "ask.withdrawn")
    until = next((e.said_at for e in rest if e.verb in ends), None)
    urgency = Ask.Urgency(ask.urgency)
    return Run(
        team=teams.get(first.facts.get("owner") or 0),
        since=since,
        heard_at=heard,
        taken_at=taken,
        until=until,
        heard_late=(heard or until or at) > since + HEARD_WITHIN[urgency],
        taken_late=(taken or until or at) > since + SAID_BACK_WITHIN[urgency],
    )
