"""What can be done to a promise."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal, sealing
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.escalation import ladder_of_promise
from titian.loop.models import Ask, Promise
from titian.loop.policy import may_give_word, may_promise, may_settle
from titian.people.models import Delegation
from titian.people.queries import speaker

PROMISE_CLIMB = "titian.loop.timers.promise_climb"
PROMISE_DUE = "titian.loop.timers.promise_due"
WORD_OWED = "titian.loop.timers.word_owed"
WORD_WITHIN = timedelta(minutes=30)
"""So long after it is broken the officer is asked whether the guest has heard it."""
LONGEST = 300


class NoPromise(ValueError):
    """What is said is no promise: no words, or no owner; its argument is a sentence."""


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

    Without a named owner it is the speaker's own. Raises ``NoPromise`` without words,
    ``BadHour`` if the hour has passed, ``NoTeam`` if the owner is none of our teams,
    ``Ask.DoesNotExist`` for another delegation's ask, ``Forbidden`` unless the actor
    may give this word.
    """
    delegation = _held(delegation_id)
    if entry := journal.replayed(key, "promise.made", None, actor=actor):
        return Promise.objects.get(pk=entry.subject_id)

    made = Promise(
        event=delegation.event,
        delegation=delegation,
        direction=saying.one_of(Promise.Direction, direction),
        words=_some(words),
        owner_team=routing.inner_team(owner_team_id) if owner_team_id else None,
        owner_person_id=owner_person_id,
        due_at=due_at,
        ask=Ask.objects.get(pk=ask_id, asked_by=delegation) if ask_id else None,
        made_at=at,
    )
    require(may_promise(actor, made), _("Only who will keep it promises it."))
    saying.hour_after(due_at, at)
    said_by = speaker(actor)
    if made.owner_team is None and owner_person_id is None:
        made.owner_person = said_by
    _require_owner(made)
    return _keep(
        made,
        "promise.made",
        said_by=said_by.pk,
        words=made.words,
        actor=actor,
        at=at,
        key=key,
        owe=[(PROMISE_DUE, due_at)],
    )


@transaction.atomic
def keep(
    promise_id: int,
    words: str = "",
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Promise:
    """Say that it was kept; a broken one may still be kept late.

    Raises ``Forbidden`` unless the actor is of the owner's side, ``IllegalMove`` if it
    is kept already.
    """
    kept = Promise.objects.select_for_update().get(pk=promise_id)
    if journal.replayed(key, "promise.kept", promise_id, actor=actor):
        return kept
    said = _some(words) if words.strip() else ""
    return _settle(kept, "keep", "promise.kept", said, actor=actor, at=at, key=key)


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
    broken = Promise.objects.select_for_update().get(pk=promise_id)
    if journal.replayed(key, "promise.broken", promise_id, actor=actor):
        return broken
    said = _some(words)
    return _settle(
        broken, "break_off", "promise.broken", said, actor=actor, at=at, key=key
    )


@transaction.atomic
def give_word(
    promise_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Promise:
    """Say that the guest has heard from a person that it is broken; twice is once.

    Raises ``Forbidden`` unless the actor is the delegation's officer or a coordinator,
    ``IllegalMove`` if no word is owed: it is theirs, open or kept.
    """
    told = Promise.objects.select_for_update().get(pk=promise_id)
    if journal.replayed(key, "promise.word_given", promise_id, actor=actor):
        return told
    require(may_give_word(actor, told), _("Only the LO tells the guest."))
    if told.state != Promise.State.BROKEN or told.direction != Promise.Direction.OURS:
        raise IllegalMove("no word is owed")
    if told.word_given_at is not None:
        return told
    told.word_given_at, told.word_given_by = at, speaker(actor)
    told.save(update_fields=["word_given_at", "word_given_by"])
    journal.write(
        "promise.word_given", told, actor=actor, at=at, key=key, state=told.state
    )
    return told


@transaction.atomic
def owe_the_word(promise_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that a promise is broken and the guest has not heard it, and ask again."""
    owed = Promise.objects.select_related("event").get(pk=promise_id)
    if not journal.replayed(key, "promise.word_owed", promise_id, actor=HOUSE):
        again = [(WORD_OWED, at + WORD_WITHIN)]
        journal.write(
            "promise.word_owed",
            owed,
            actor=HOUSE,
            at=at,
            key=key,
            owe=again,
            state=owed.state,
        )


@transaction.atomic
def miss_the_hour(promise_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that its hour has passed and it is open; after the owner others hear."""
    missed = _with_all(promise_id)
    if not journal.replayed(key, "promise.overdue", promise_id, actor=HOUSE):
        _call("promise.overdue", missed, 0, (), at=at, key=key)


@transaction.atomic
def climb(promise_id: int, rung: int, *, at: datetime, key: UUID) -> None:
    """It is still open: call the next by the roster of this minute, if there is one."""
    missed = _with_all(promise_id)
    if journal.replayed(key, "promise.climbed", promise_id, actor=HOUSE):
        return
    ladder = ladder_of_promise(missed)
    now = [one for one in ladder[rung : rung + 1] if one.at <= at]
    if now or rung < len(ladder):
        people = [who.pk for one in now for who in one.people]
        _call("promise.climbed", missed, rung + len(now), people, at=at, key=key)


def _with_all(promise_id: int) -> Promise:
    rows = Promise.objects.select_related("delegation__event", "owner_person", "ask")
    return rows.get(pk=promise_id)


def _call(
    verb: str,
    missed: Promise,
    rung: int,
    called: Sequence[int],
    *,
    at: datetime,
    key: UUID,
) -> None:
    """Enter who is called now, and owe the next call."""
    coming = ladder_of_promise(missed)[rung : rung + 1]
    journal.write(
        verb,
        missed,
        actor=HOUSE,
        at=at,
        key=key,
        owe=[(PROMISE_CLIMB, max(one.at, at)) for one in coming],
        state=missed.state,
        rung=rung,
        called=list(called),
    )


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty what an erased person promised, and what was promised on her ask."""
    spoken = Entry.objects.filter(
        subject_kind=Promise._meta.label_lower, about_id=person_id
    ).values("subject_id")
    rows = Promise.objects.select_for_update(of=("self",)).select_related("event")
    mine = rows.filter(pk__in=spoken) | rows.filter(ask__said_by=person_id)
    for promise in mine.exclude(words="").order_by("pk"):
        promise.words = promise.settled_words = ""
        promise.save()
        journal.write("promise.words_forgotten", promise, actor=HOUSE, at=at)


def _held(delegation_id: int) -> Delegation:
    """The delegation, held so that two retries at once follow each other."""
    rows = Delegation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("event").get(pk=delegation_id)


def _require_owner(made: Promise) -> None:
    """Their promise is one of their people's; ours a team's or one of ours."""
    person, theirs = made.owner_person, made.delegation.party_id
    is_theirs = person is not None and person.party_id == theirs
    if made.direction == Promise.Direction.THEIRS:
        good = is_theirs and made.owner_team is None
    else:
        good = not is_theirs
    if not good:
        raise NoPromise(_("The owner of a promise is on the side that gives it."))


def _settle(
    settled: Promise,
    name: str,
    verb: str,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Promise:
    require(may_settle(actor, settled), _("Only who keeps it says so."))
    settled.state = Promise.machine.after(settled.state, name)
    settled.settled_at, settled.settled_words = at, words
    said_by = speaker(actor).pk
    return _keep(
        settled,
        verb,
        said_by=said_by,
        words=words,
        actor=actor,
        at=at,
        key=key,
        owe=[(WORD_OWED, at + WORD_WITHIN)] if settled.owes_a_word else [],
    )


def _keep(
    promise: Promise,
    verb: str,
    *,
    said_by: int,
    words: str,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    owe: Iterable[tuple[str, datetime]] = (),
) -> Promise:
    """Save the row and enter ``verb``, the words under the speaker's key."""
    if sealing.is_destroyed(said_by):  # said before, heard after the erasure
        promise.words = promise.settled_words = ""
    promise.save()
    journal.write(
        verb,
        promise,
        actor=actor,
        at=at,
        key=key,
        about=said_by,
        sealed={"words": words} if words else None,
        owe=owe,
        state=promise.state,
        direction=promise.direction,
        due_at=promise.due_at.isoformat(),
    )
    return promise


def _some(words: str) -> str:
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise NoPromise(
            _("Say in a few words what will happen, at most 300 characters.")
        )
    return words
