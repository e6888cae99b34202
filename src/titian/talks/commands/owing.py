"""What an agreement makes somebody owe, written line by line: once, in parts, again."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.people.models import Party
from titian.talks.commands import keeping
from titian.talks.commands.life import for_keeping
from titian.talks.models import Agreement, Deliverable, said

TIMES_AT_MOST = 60
CENT = Decimal("0.01")
OVER = frozenset({Agreement.State.ENDED, Agreement.State.AMENDED})


class Every(StrEnum):
    """How far apart two of them are."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class TooMany(ValueError):
    """More lines at once than anybody would read."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What is owed, by which side, by when; how often, and of how much altogether.

    ``is_divided`` makes instalments: the quantity is shared out among the lines and
    its last part holds what does not divide. Otherwise each line is owed in full.
    """

    what: str
    direction: str
    due_at: datetime
    clause: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    team_id: int | None = None
    times: int = 1
    every: str = Every.MONTH
    is_divided: bool = False


@transaction.atomic
def owe(
    agreement_id: int,
    duty: Duty,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """Write what is owed into the agreement, one line for each time; watch each hour.

    Raises ``Forbidden`` but for its keeper, ``Wordless`` without words, ``TooMany``
    above 60 lines, ``IllegalMove`` once the agreement has ended.
    """
    if journal.replayed(key, "agreement.lines_owed", agreement_id, actor=actor):
        return Agreement.objects.get(pk=agreement_id)

    agreement = for_keeping(agreement_id, actor=actor)
    if agreement.state in OVER:
        raise IllegalMove(f"nothing is owed under what is {agreement.state}")
    if not 1 <= duty.times <= TIMES_AT_MOST:
        raise TooMany(_("Write between 1 and 60 lines at once."))
    last = agreement.lines.aggregate(n=Max("line"))["n"] or 0
    made = [
        _line(agreement, duty, last + turn, hour, part, turn)
        for turn, (hour, part) in enumerate(_times(agreement, duty), start=1)
    ]
    Deliverable.objects.bulk_create(made)
    keeping.watch(agreement.pk, actor=actor, at=at)
    journal.write(
        "agreement.lines_owed",
        agreement,
        actor=actor,
        at=at,
        key=key,
        first=last + 1,
        lines=len(made),
    )
    return agreement


def _times(
    agreement: Agreement, duty: Duty
) -> Iterator[tuple[datetime, Decimal | None]]:
    parts = parts_of(duty.quantity, duty.times if duty.is_divided else 1)
    start = clock.local(agreement.event, duty.due_at)
    for turn in range(duty.times):
        part = parts[turn] if duty.is_divided else parts[0]
        yield later(start, Every(duty.every), turn), part


def parts_of(whole: Decimal | None, times: int) -> list[Decimal | None]:
    """``whole`` in equal parts to the cent; the last one holds the rest.

    >>> parts_of(Decimal("100"), 3)
    [Decimal('33.33'), Decimal('33.33'), Decimal('33.34')]
    """
    if whole is None:
        return [None] * times
    part = (whole / times).quantize(CENT, ROUND_DOWN)
    return [*[part] * (times - 1), whole - part * (times - 1)]


def later(start: datetime, every: Every, times: int) -> datetime:
    """The same hour on the wall so many days, weeks or months later.

    A month without that day has its last one.

    >>> later(datetime(2027, 1, 31, 9), Every.MONTH, 1)
    datetime.datetime(2027, 2, 28, 9, 0)
    """
    if every != Every.MONTH:
        return start + times * timedelta(days=7 if every == Every.WEEK else 1)
    months = start.month - 1 + times
    year, month = start.year + months // 12, months % 12 + 1
    return start.replace(
        year=year, month=month, day=min(start.day, monthrange(year, month)[1])
    )


def _line(
    agreement: Agreement,
    duty: Duty,
    number: int,
    hour: datetime,
    part: Decimal | None,
    turn: int,
) -> Deliverable:
    what = said(duty.what, at_most=180)
    if duty.times > 1:
        what = f"{what} ({turn}/{duty.times})"
    team = Party.objects.filter(pk=duty.team_id or 0, kind=Party.Kind.TEAM).first()
    return Deliverable(
        agreement=agreement,
        line=number,
        direction=Deliverable.Direction(duty.direction),
        what_en=what,
        what_id=what,
        clause_en=said(duty.clause, at_most=400, may_be_empty=True),
        quantity=part,
        unit_en=said(duty.unit, at_most=40, may_be_empty=True),
        due_at=hour,
        handled_by=team,
    )
