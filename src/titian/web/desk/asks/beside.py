"""What stands beside the thread: who is called next, what was before, what else can be
done with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from titian.connector import Wish
from titian.intake.transcripts import with_sound
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.telling import hour_of
from titian.loop import queries
from titian.loop.clocks import RUNNING
from titian.loop.commands import asks
from titian.loop.commands.merging import can_merge
from titian.loop.drafting import wishes_of
from titian.loop.models import Ask, Draft
from titian.loop.policy import (
    is_officer,
    may_hurry,
    may_merge,
    may_pause,
    may_promise_on,
)
from titian.loop.policy import may as may_move
from titian.people.policy import coordinates, present_assignments
from titian.people.queries import registry

OTHERS_AT_MOST = 20
INSTEAD_AT_MOST = 60
EVENING, MORNING = time(20), time(8)


@dataclass(frozen=True, slots=True)
class By:
    """An hour that one tap promises, and how it is written on its button."""

    at: datetime
    words: str


def beside(ask: Ask, actor: Actor, at: datetime) -> dict[str, object]:
    """The context of the side of the thread."""
    merged = ask.merged_into_id is not None
    is_open = ask.state in RUNNING or ask.state == Ask.State.SAID
    stays = Ask.objects.visible_whoever_owns(actor).filter(pk=ask.pk)
    return {
        "goes": not stays.exists(),
        "rungs": queries.rungs_ahead(ask, at),
        "runs": queries.runs_of(ask, at)[1:],
        "wishes": _wishes(ask, actor),
        "drafts": list(Draft.objects.visible_to(actor).filter(ask=ask).standing()),
        "drafted": _drafted(ask, actor),
        "may_hurry": may_hurry(actor, ask),
        "may_pause": may_pause(actor, ask, at),
        "may_resume": ask.paused_until is not None and may_move(actor, "answer", ask),
        "may_unmerge": merged and is_open and _may_unmerge(actor, ask),
        "others": [] if merged or not is_open else list(_others(actor, ask)),
        "may_split": not merged and ask.state in RUNNING and is_officer(actor, ask),
        "went_in": list(ask.merged.order_by("pk")),
        "parts": list(ask.parts.order_by("pk")),
        **_complaint(ask, actor, at),
        "by": hours_to_promise(ask, at) if _may_promise(actor, ask) else [],
    }


def _wishes(ask: Ask, actor: Actor) -> list[str]:
    """A transcript only where there is a voice note."""
    found = wishes_of(actor, ask)
    if Wish.TRANSCRIPT in found and not with_sound([ask.pk]):
        found = [one for one in found if one != Wish.TRANSCRIPT]
    return found


def _complaint(ask: Ask, actor: Actor, at: datetime) -> dict[str, object]:
    """Of a complaint about an LO: who is with them, and who could come instead."""
    is_open = ask.state in {Ask.State.PASSED, Ask.State.IN_HAND}
    given = asks.complaint_of(ask) if ask.is_private and is_open else None
    if given is None or not coordinates(actor, ask.event):
        return {}
    held = present_assignments(given.delegation)
    present = list(held.select_related("officer__person").order_by("role", "pk"))
    theirs = {one.officer_id for one in present}
    spoken = next(iter(given.delegation.party.languages), "")
    free = registry(ask.event, free_at=at, actor=actor)
    free.sort(key=lambda one: (spoken not in one.person.languages, str(one)))
    reliefs = [
        one.officer for one in present if one.officer.person_id != given.subject_id
    ]
    others = [one for one in free if one.pk not in theirs]
    return {
        "complaint": given,
        "present": present,
        "instead": [*reliefs, *others][:INSTEAD_AT_MOST],
    }


def _drafted(ask: Ask, actor: Actor) -> str:
    """The draft of an answer that somebody has taken over, for the team's form."""
    taken = Draft.objects.visible_to(actor).filter(ask=ask, wish=Wish.DRAFT)
    last = taken.exclude(taken_at=None).order_by("-taken_at", "-pk").first()
    return last.words if last else ""


def hours_to_promise(ask: Ask, at: datetime) -> list[By]:
    """In half an hour, in an hour, this evening, tomorrow morning: those to come."""
    there = clock.local(ask.event, at)
    found = [By(at + timedelta(minutes=minutes), "") for minutes in (30, 60)]
    evening = datetime.combine(there.date(), EVENING, tzinfo=there.tzinfo)
    if evening > at + timedelta(hours=1):
        found.append(By(evening, ""))
    tomorrow = there.date() + timedelta(days=1)
    found.append(By(datetime.combine(tomorrow, MORNING, tzinfo=there.tzinfo), "t"))
    return [By(one.at, _written(ask, one)) for one in found]


def _written(ask: Ask, by: By) -> str:
    hour = hour_of(clock.local(ask.event, by.at).time())
    if by.words:
        return _("tomorrow by %(hour)s") % {"hour": hour}
    return _("by %(hour)s") % {"hour": hour}


def _may_promise(actor: Actor, ask: Ask) -> bool:
    is_over = ask.state in {Ask.State.CLOSED, Ask.State.WITHDRAWN}
    return not is_over and may_promise_on(actor, ask)


def _may_unmerge(actor: Actor, ask: Ask) -> bool:
    return ask.merged_into is not None and may_merge(actor, ask, ask.merged_into)


def _others(actor: Actor, ask: Ask) -> Iterable[Ask]:
    """The open asks of the same guests into which this one may go."""
    rows = Ask.objects.visible_to(actor).filter(
        asked_by=ask.asked_by_id, state__in=RUNNING, merged_into=None
    )
    rows = rows.exclude(pk=ask.pk).select_related("event", "owner", "asked_by__party")
    if ask.merged.exists():
        return
    for other in rows.order_by("-pk")[:OTHERS_AT_MOST]:
        if can_merge(ask, other) and may_merge(actor, ask, other):
            yield other
