"""What the house itself notes about an ask: that nobody took it, that time ran out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import HOUSE
from titian.kernel.models import Entry
from titian.loop.commands.thread import CLIMB, keep, locked, word_timer
from titian.loop.escalation import Cause, ladder_of, stands_since
from titian.loop.models import Ask
from titian.loop.pace import rung_reached


@transaction.atomic
def escalate(ask_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that nobody has taken the next step in time, and call the first."""
    _call("ask.left_waiting", ask_id, Cause.WAITING, 0, at=at, key=key)


@transaction.atomic
def miss_the_read_back(ask_id: int, *, at: datetime, key: UUID) -> None:
    """Enter in the journal that an exact ask was not said back in time."""
    _note("ask.not_said_back", ask_id, at=at, key=key)


@transaction.atomic
def miss_the_hour(ask_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that the promised hour of the answer has passed, and call the first."""
    _call("ask.overdue", ask_id, Cause.OVERDUE, 0, at=at, key=key)


@transaction.atomic
def climb(ask_id: int, cause: str, rung: int, *, at: datetime, key: UUID) -> None:
    """Nothing has happened since the last was called: call the next, if there is one.

    Who that is, the roster of this minute says.
    """
    _call("ask.climbed", ask_id, cause, rung, at=at, key=key)


@transaction.atomic
def keep_the_guest_informed(ask_id: int, *, at: datetime, key: UUID) -> None:
    """No word has gone to the guest for as long as was promised: say who has it."""
    ask = _held(ask_id)
    if journal.replayed(key, "ask.still_in_hand", ask_id, actor=HOUSE):
        return
    journal.write(
        "ask.still_in_hand",
        ask,
        actor=HOUSE,
        at=at,
        key=key,
        owe=word_timer(ask, at),
        state=ask.state,
        owner=ask.owner_id,
    )


@transaction.atomic
def end_the_pause(ask_id: int, *, at: datetime, key: UUID) -> None:
    """The hour has come to which the team let the answer's clock stand."""
    ask = locked(ask_id)
    if not journal.replayed(key, "ask.pause_over", ask_id, actor=HOUSE):
        ask.go_on(at=at)
        keep(ask, "ask.pause_over", actor=HOUSE, at=at, key=key)


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty the words of an erased person; what was done about them stays."""
    asks = Ask.objects.select_for_update(of=("self",)).select_related("event")
    for ask in asks.filter(said_by=person_id).exclude(words="").order_by("pk"):
        ask.forget_words()
        ask.save()
        ask.drafts.exclude(words="").update(words="")
        journal.write("ask.words_forgotten", ask, actor=HOUSE, at=at)


def _note(verb: str, ask_id: int, *, at: datetime, key: UUID) -> None:
    ask = _held(ask_id)
    if not journal.replayed(key, verb, ask_id, actor=HOUSE):
        journal.write(verb, ask, actor=HOUSE, at=at, key=key, state=ask.state)


def _call(
    verb: str, ask_id: int, cause: str, rung: int, *, at: datetime, key: UUID
) -> None:
    """Enter who is called now, and owe the next call; nobody is called before time."""
    ask = _held(ask_id)
    if journal.replayed(key, verb, ask_id, actor=HOUSE):
        return
    since = stands_since(ask, cause)
    if verb != "ask.climbed" and _is_known(verb, ask, since):
        return  # two timers for one hour: a pause moved it and gave it back
    if verb == "ask.climbed" and rung < (rung_reached(ask, cause) or 0):
        return  # it became urgent meanwhile, and this one was called sooner
    ladder = ladder_of(ask, cause)
    now = ladder[rung : rung + 1] if ladder[rung:] and ladder[rung].at <= at else []
    if not now and verb == "ask.climbed" and rung >= len(ladder):
        return  # the roster has become shorter: all who can be called have been
    following = rung + len(now)
    journal.write(
        verb,
        ask,
        actor=HOUSE,
        at=at,
        key=key,
        owe=[(CLIMB, max(one.at, at)) for one in ladder[following : following + 1]],
        state=ask.state,
        owner=ask.owner_id,
        cause=cause,
        rung=following,
        role=now[0].role if now else "",
        called=[who.pk for one in now for who in one.people],
        since=since.isoformat() if since else "",
    )


def _is_known(verb: str, ask: Ask, since: datetime | None) -> bool:
    """Whether it was entered already that the ask lies as it does since then."""
    entries = Entry.objects.filter(
        verb=verb, subject_kind=ask._meta.label_lower, subject_id=ask.pk
    )
    then = since.isoformat() if since else ""
    return entries.filter(facts__since=then, facts__state=ask.state).exists()


def _held(ask_id: int) -> Ask:
    rows = Ask.objects.select_related("event", "asked_by__party", "owner", "holder")
    return rows.get(pk=ask_id)
