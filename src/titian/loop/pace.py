"""A climb goes on at the pace of the day: what has become urgent calls sooner."""

from titian.kernel.models import Entry
from titian.loop.escalation import Cause, Rung, ladder_of, stands_since
from titian.loop.models import Ask

CALLS = {Cause.WAITING: "ask.left_waiting", Cause.OVERDUE: "ask.overdue"}


def coming_calls(ask: Ask) -> list[tuple[str, int, Rung]]:
    """Who is called next in each climb that has begun: its cause, the rung's number."""
    found = []
    for cause in Cause:
        number = rung_reached(ask, cause)
        ladder = ladder_of(ask, cause) if number is not None else []
        if number is not None and number < len(ladder):
            found.append((str(cause), number, ladder[number]))
    return found


def rung_reached(ask: Ask, cause: str) -> int | None:
    """The number of the rung that comes next; ``None`` before the first call.

    Only of a climb of the ask as it lies now.
    """
    since = stands_since(ask, cause)
    told = Entry.objects.filter(
        subject_kind=ask._meta.label_lower,
        subject_id=ask.pk,
        verb__in=[CALLS[Cause(cause)], "ask.climbed"],
        facts__cause=cause,
        facts__since=since.isoformat() if since else "",
    )
    if cause == Cause.WAITING:  # of two waits since one minute, the one there is now
        told = told.filter(facts__state=ask.state)
    rungs = [int(facts["rung"]) for facts in told.values_list("facts", flat=True)]
    return max(rungs, default=None)
