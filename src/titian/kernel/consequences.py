"""Carrying out what the journal owes: the worker's two verbs, and what they give up."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from titian.kernel.models import Consequence, Event
from titian.kernel.postponed import Postponed

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
RETRY_AFTER = timedelta(seconds=30)
ATTEMPTS = 8
ORDER = ("priority", "due_at", "pk")


def free() -> QuerySet[Consequence]:
    """What is neither done nor in a worker's hands."""
    return Consequence.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=Now()), done_at=None
    )


def claim(
    event: Event | None,
    *,
    at: datetime,
    only: Collection[str] = (),
    without: Collection[str] = (),
) -> Consequence | None:
    """Lease the next consequence due at ``at``, the event's time, not the world's.

    A muster goes before what is due longer; what many are told goes last. ``only`` and
    ``without`` are handlers: what takes minutes is done beside the rest, not before it.
    Safe among any number of workers; what a dead worker held is leased again later.
    """
    due = free().filter(entry__event=event, due_at__lte=at, attempts__lt=ATTEMPTS)
    due = due.filter(handler__in=only) if only else due.exclude(handler__in=without)
    while owed := due.select_related("entry").order_by(*ORDER).first():
        mine = free().filter(pk=owed.pk, attempts=owed.attempts)
        owed.attempts += 1
        if mine.update(attempts=owed.attempts, leased_until=Now() + LEASE):
            return owed
    return None


def renew(owed: Consequence) -> bool:
    """A long handler's heartbeat; whether the lease is still this attempt's."""
    mine = Consequence.objects.filter(pk=owed.pk, attempts=owed.attempts, done_at=None)
    return mine.update(leased_until=Now() + LEASE) == 1


def carry_out(owed: Consequence) -> None:
    """Run the handler; a failure is written down and tried again later.

    No transaction is held, for a carrier may take seconds. Only the attempt that still
    has the lease may say how it ended.
    """
    mine = Consequence.objects.filter(pk=owed.pk, attempts=owed.attempts, done_at=None)
    try:
        import_string(owed.handler)(owed)
    except Exception as problem:  # written down, tried again, then a dead letter
        log.warning("%s failed", owed, exc_info=not isinstance(problem, Postponed))
        _try_later(mine, problem)
    else:
        mine.update(done_at=Now(), error="")


def _try_later(mine: QuerySet[Consequence], problem: Exception) -> None:
    """Let go of the lease at the hour the handler named, or after the usual time."""
    after = problem.after if isinstance(problem, Postponed) else None
    error = repr(problem)[:2000]
    if after is None:
        mine.update(leased_until=Now() + RETRY_AFTER, error=error)
    else:
        spent = F("attempts") - 1
        mine.update(leased_until=Now() + after, attempts=spent, error=error)


def dead_letters(event: Event | None = None) -> QuerySet[Consequence]:
    """What was tried often enough: a person must look."""
    dead = free().filter(attempts__gte=ATTEMPTS)
    return dead.filter(entry__event=event) if event else dead


def try_again(consequence_id: int) -> bool:
    """Give a dead letter its attempts back; whether it was one."""
    return dead_letters().filter(pk=consequence_id).update(attempts=0) == 1
