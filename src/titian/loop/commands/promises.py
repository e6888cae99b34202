"""What can be done to a promise."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.policy import require
from titian.loop.models import Promise
from titian.loop.policy import may_promise, may_settle
from titian.people.models import Delegation

PROMISE_DUE = "titian.loop.timers.promise_due"
LONGEST = 300


class NoPromise(ValueError):
    """What is said is no promise: no words, or no owner."""


@transaction.atomic
def promise(
    delegation_id: int,
    words: str,
    *,
    direction: str = Promise.Direction.OURS,
    owner_team_id: int | None = None,
    owner_person_id: int | None = None,
    due_at: datetime,
    ask_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Promise:
    """Write down that somebody will do something by an hour.

    Raises ``NoPromise`` without words or owner, ``Forbidden`` unless the actor may
    give this word.
    """
    if entry := journal.replayed(key, "promise.made", None, actor=actor):
        return Promise.objects.get(pk=entry.subject_id)

    delegation = Delegation.objects.select_related("party").get(pk=delegation_id)
    made = Promise(
        event_id=delegation.event_id,
        delegation=delegation,
        direction=Promise.Direction(direction),
        words=_some(words),
        owner_team_id=owner_team_id,
        owner_person_id=owner_person_id or (None if owner_team_id else actor.person_id),
        due_at=due_at,
        ask_id=ask_id,
        made_at=at,
    )
    require(may_promise(actor, made), _("Only who will keep it promises it."))
    made.save()
    journal.write(
        "promise.made",
        made,
        actor=actor,
        at=at,
        key=key,
        about=_about(actor, delegation),
        sealed={"words": made.words} if _about(actor, delegation) else None,
        owe=[(PROMISE_DUE, due_at)],
        direction=made.direction,
        due_at=due_at.isoformat(),
    )
    return made


@transaction.atomic
def keep(
    promise_id: int,
    words: str = "",
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Promise:
    """Say that it was kept; a broken one may still be kept late."""
    return _settle(promise_id, "keep", words, actor=actor, at=at, key=key)


@transaction.atomic
def break_off(
    promise_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Promise:
    """Say that it will not be kept, and why: the guest is owed that word."""
    return _settle(promise_id, "break_off", _some(words), actor=actor, at=at, key=key)


@transaction.atomic
def miss_the_hour(promise_id: int, *, at: datetime, key: UUID) -> None:
    """Enter in the journal that its hour has passed and it is still open."""
    if not journal.replayed(key, "promise.overdue", promise_id, actor=HOUSE):
        missed = Promise.objects.get(pk=promise_id)
        journal.write("promise.overdue", missed, actor=HOUSE, at=at, key=key)


def _settle(
    promise_id: int,
    name: str,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Promise:
    verb = "promise.kept" if name == "keep" else "promise.broken"
    settled = Promise.objects.select_for_update().get(pk=promise_id)
    if journal.replayed(key, verb, promise_id, actor=actor):
        return settled

    require(may_settle(actor, settled), _("Only who keeps it says so."))
    settled.state = Promise.machine.after(settled.state, name)
    settled.settled_at, settled.settled_words = at, words.strip()[:LONGEST]
    settled.save()
    journal.write(verb, settled, actor=actor, at=at, key=key, state=settled.state)
    return settled


def _about(actor: Actor, delegation: Delegation) -> int | None:
    """Whose key seals the words: the guest's who brought them, else the doer's."""
    return actor.on_word_of.person_id if actor.on_word_of else actor.person_id


def _some(words: str) -> str:
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise NoPromise(
            _("Say in a few words what will happen, at most 300 characters.")
        )
    return words
