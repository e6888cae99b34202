"""A plan that takes minutes: wanted, looked for beside the work, stopped, kept."""

import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.commands.cover import KIND, keep_plan
from titian.foresight.errors import NotSound
from titian.foresight.gather.cover import NoDays, gather, horizon
from titian.foresight.models import Proposal
from titian.foresight.soundness import require_plan
from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.people.policy import coordinates
from titian.planning import cover
from titian.planning.search import First, Progress, Seconds, Told

LONGEST = 3600.0
LOOKS = 1.0
"""So many seconds pass before the progress is told again, and a stop is heard."""

S = Proposal.State


class TooLong(ValueError):
    """No time, or more than an hour; the argument is a sentence."""


class Abandoned(Exception):
    """Another worker has taken the search over."""


@transaction.atomic
def look_for_cover(
    event_id: int,
    seconds: float,
    *,
    seed: int = 42,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Proposal:
    """Want a plan that is looked for so long; the worker's spare hand takes it up.

    Raises ``Forbidden`` unless the actor coordinates, ``TooLong``, and ``NoDays`` for
    an event without days to plan.
    """
    if entry := journal.replayed(key, "cover.wanted", None, actor=actor):
        return Proposal.objects.get(pk=entry.subject_id)

    event = Event.objects.get(pk=event_id)
    require(coordinates(actor, event), _("Only a coordinator plans the cover."))
    if not 0 < seconds <= LONGEST:
        raise TooLong(_("Choose how long to look: an hour at most."))
    horizon(event, at)
    proposal = Proposal.objects.create(
        event=event,
        kind=KIND,
        state=S.SEARCHING,
        seed=seed,
        search_seconds=seconds,
        made_at=at,
        made_by_id=actor.person_id,
    )
    journal.write("cover.wanted", proposal, actor=actor, at=at, key=key, seed=seed)
    return proposal


@transaction.atomic
def stop_looking(
    proposal_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Proposal:
    """End the search at its next round: the best plan so far becomes the proposal.

    Raises ``Forbidden`` unless the actor coordinates, ``IllegalMove`` if it is over.
    """
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("event")
    proposal = rows.get(pk=proposal_id)
    if journal.replayed(key, "cover.stop_wanted", proposal_id, actor=actor):
        return proposal
    require(
        coordinates(actor, proposal.event), _("Only a coordinator plans the cover.")
    )
    if proposal.state != S.SEARCHING:
        raise IllegalMove("cannot stop what is over")
    if proposal.stop_wanted_at is None:
        proposal.stop_wanted_at = at
        proposal.save(update_fields=["stop_wanted_at"])
        journal.write("cover.stop_wanted", proposal, actor=actor, at=at, key=key)
    return proposal


def look(proposal_id: int, *, is_mine: Callable[[], bool], key: UUID) -> None:
    """Do the search that is wanted, and keep its plan; nothing if it is over.

    Each second it tells how far it is, hears whether it shall stop, and asks whether
    it is still ours (``is_mine``): raises ``Abandoned`` if not. A plan that does not
    pass the check is none.
    """
    proposal = Proposal.objects.select_related("event").get(pk=proposal_id)
    if proposal.state != S.SEARCHING:
        return
    at, event = clock.time_at(proposal.event), proposal.event
    watch = _Telling(proposal_id, is_mine)
    lasting = Seconds(proposal.search_seconds or 0.0, time.perf_counter)
    try:
        gathered = gather(event, horizon(event, at), at)
        stop = First((lasting, watch.stop))
        plan = cover.solve(gathered.problem, stop=stop, seed=proposal.seed, watch=watch)
        require_plan(gathered, plan)
    except (NoDays, NotSound):
        _give_up(proposal_id, at=at, key=key)
        return
    with transaction.atomic():
        held = _held(proposal_id)
        if held.state == S.SEARCHING:
            held.state = held.machine.after(held.state, "find")
            keep_plan(held, gathered, plan, actor=HOUSE, at=at, key=key)


class _Telling:
    """Looks on: writes the progress down each second, and hears a stop."""

    def __init__(self, proposal_id: int, is_mine: Callable[[], bool]) -> None:
        self.stop = Told()
        self._rows = Proposal.objects.filter(pk=proposal_id, state=S.SEARCHING)
        self._is_mine = is_mine
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.perf_counter()
        if now < self._next:
            return
        self._next = now + LOOKS
        if not self._is_mine():
            raise Abandoned
        told = {"rounds": progress.rounds, "share": round(progress.share, 3)}
        self._rows.update(progress=told | {"best": list(progress.best)})
        if self._rows.exclude(stop_wanted_at=None).exists():
            self.stop.tell()


@transaction.atomic
def _give_up(proposal_id: int, *, at: datetime, key: UUID) -> None:
    proposal = _held(proposal_id)
    if proposal.state == S.SEARCHING:
        proposal.state = proposal.machine.after(proposal.state, "fail")
        proposal.save(update_fields=["state"])
        journal.write("cover.not_found", proposal, actor=HOUSE, at=at, key=key)


def _held(proposal_id: int) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("event")
    return rows.get(pk=proposal_id)
