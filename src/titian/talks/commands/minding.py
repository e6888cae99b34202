"""What the house does about lines by itself: it watches, turns red, and forgets."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Consequence, Entry
from titian.talks.commands.lines import line_of
from titian.talks.models import Agreement, Deliverable, Evidence

LINE_DUE = "titian.talks.timers.line_due"
LINE_STILL_UNMET = "titian.talks.timers.line_still_unmet"
GRACE = timedelta(minutes=15)
"""How long the two sides alone know; then the line goes one step up."""


@transaction.atomic
def mark_overdue(line_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that a line's hour has passed unmet: it is red for both sides now."""
    line = line_of(line_id)
    if not line.is_unmet or _entered("line.overdue", line):
        return
    journal.write(
        "line.overdue",
        line,
        actor=HOUSE,
        at=at,
        key=key,
        owe=[(LINE_STILL_UNMET, at + GRACE)],
        owner=_owner(line),
    )


@transaction.atomic
def escalate(line_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that an overdue line is still unmet: the coordinator hears too."""
    line = line_of(line_id)
    if line.is_unmet and not _entered("line.escalated", line):
        journal.write(
            "line.escalated", line, actor=HOUSE, at=at, key=key, owner=_owner(line)
        )


@transaction.atomic
def watch(agreement_id: int, *, actor: Actor, at: datetime) -> int:
    """Set a timer for each hour of unmet lines that has none yet; how many were set.

    An hour that has struck is watched again for a line that came back to it since. For
    whoever enters or changes an agreement: a second call changes nothing.
    """
    agreement = Agreement.objects.select_related("event").get(pk=agreement_id)
    waiting = _watched(agreement)
    due = {
        line.due_at
        for line in agreement.lines.filter(state__in=Deliverable.UNMET)
        if line.due_at not in waiting and not _is_known_late(line, at)
    }
    if due:
        journal.write(
            "agreement.watched",
            agreement,
            actor=actor,
            at=at,
            owe=[(LINE_DUE, hour) for hour in sorted(due)],
        )
    return len(due)


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty what an erased person said about lines; what was done stays.

    A second time nothing is left to empty.
    """
    told = Entry.objects.filter(
        about_id=person_id, subject_kind=Deliverable._meta.label_lower
    )
    Evidence.objects.filter(brought_by=person_id).update(words="", name="")
    hers = Deliverable.objects.filter(pk__in=told.values("subject_id"))
    for line in hers.exclude(dispute_words="", settled_words=""):
        line.dispute_words = line.settled_words = ""
        line.save(update_fields=["dispute_words", "settled_words"])
        journal.write("line.words_forgotten", line, actor=HOUSE, at=at)


def _watched(agreement: Agreement) -> set[datetime]:
    """The hours still to strike at which the agreement's lines are looked at."""
    timers = Consequence.objects.filter(
        handler=LINE_DUE,
        done_at=None,
        entry__subject_kind=agreement._meta.label_lower,
        entry__subject_id=agreement.pk,
    )
    return set(timers.values_list("due_at", flat=True))


def _is_known_late(line: Deliverable, at: datetime) -> bool:
    return line.due_at <= at and _entered("line.overdue", line)


def _entered(verb: str, line: Deliverable) -> bool:
    """Whether ``verb`` was entered for this hour of the line."""
    told = Entry.objects.filter(
        verb=verb,
        subject_kind=Deliverable._meta.label_lower,
        subject_id=line.pk,
        said_at__gte=line.due_at,
    )
    return told.exists()


def _owner(line: Deliverable) -> dict[str, int | None]:
    """Who must hear that it is overdue: the team for ours, the guest for theirs."""
    if line.is_ours:
        return {"team": line.handled_by_id, "person": line.handler_id}
    return {"delegation": line.agreement.delegation_id}
