"""What the page of one agreement shows, line by line and for whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.people.models import Person
from titian.talks.amounts import amounts
from titian.talks.models import Agreement, Deliverable, Evidence
from titian.talks.policy import is_of_the_house, moves_open_to
from titian.talks.queries import Row, Spine, Totals, history, row_of, spine, totals
from titian.web.desk.speakers import speakers_for

HAPPENED = {
    "line.delivered": _("Shown to be done"),
    "line.accepted": _("Accepted"),
    "line.disputed": _("Disputed"),
    "line.waived": _("Let go"),
    "line.overdue": _("Its hour passed unmet"),
    "line.escalated": _("Taken one step up"),
    "line.words_forgotten": _("Words of an erased person removed"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history, in words."""

    words: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """One agreement in the list, and how both directions stand."""

    agreement: Agreement
    ours: Totals
    theirs: Totals

    @property
    def red(self) -> int:
        """Lines whose hour has passed unmet, either way."""
        return self.ours.overdue + self.theirs.overdue

    @property
    def pressing(self) -> int:
        """Lines near their hour or disputed, either way."""
        sides = (self.ours, self.theirs)
        return sum(side.near + side.disputed for side in sides)


def listed(agreements: list[Agreement], at: datetime) -> list[Listed]:
    """What is red comes first, then what presses, then by code."""
    rows = [Listed(one, **totals(one, at)) for one in agreements]
    return sorted(rows, key=lambda row: (-row.red, -row.pressing, row.agreement.code))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The line in the side panel: what is known of it and what the reader may do."""

    row: Row
    evidence: list[Evidence]
    history: list[Happened]
    moves: list[str]
    for_guest: list[str]
    speakers: list[Person]
    is_house: bool


def context_of(
    agreement: Agreement, number: int | None, actor: Actor
) -> dict[str, object] | None:
    """Everything on the page, or ``None`` if it has no line of that number."""
    at = clock.time_at(agreement.event)
    drawn = spine(agreement, at)
    line = _chosen_line(drawn, number)
    if line is None and number is not None:
        return None
    return {
        "agreement": agreement,
        "event": agreement.event,
        "now": clock.local(agreement.event, at),
        "spine": drawn,
        "amounts": amounts(row.line for row in (*drawn.past, *drawn.coming)),
        "chosen": _chosen(line, actor, at) if line else None,
        "key": uuid4(),
        **totals(agreement, at),
    }


def _chosen_line(drawn: Spine, number: int | None) -> Deliverable | None:
    """The line asked for; else the one that presses most."""
    rows = [*drawn.past, *drawn.coming]
    if number is not None:
        return next((row.line for row in rows if row.line.line == number), None)
    urgency = {"red": 0, "late": 1, "hand": 2, "calm": 3, "ok": 4}
    pressing = sorted(rows, key=lambda row: urgency[row.tone])
    return pressing[0].line if pressing else None


def _chosen(line: Deliverable, actor: Actor, at: datetime) -> Chosen:
    guests = line.agreement.delegation
    speakers = speakers_for(actor, [guests])
    moves = moves_open_to(actor, line)
    on_word = (
        moves_open_to(actor.passing_on(speakers[0].pk, means="face"), line)
        if speakers
        else []
    )
    return Chosen(
        row=row_of(line, at),
        evidence=list(line.evidence.select_related("brought_by").order_by("pk")),
        history=[
            Happened(str(HAPPENED.get(step.verb, step.verb)), step.who, step.at)
            for step in history(line)
        ],
        moves=[*moves, *(name for name in on_word if name not in moves)],
        for_guest=[name for name in on_word if name not in moves],
        speakers=speakers,
        is_house=is_of_the_house(actor, line),
    )
