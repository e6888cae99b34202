"""What falls due in the loop. Each handler first looks whether it is still wanted."""

from collections.abc import Mapping
from uuid import uuid5

from titian.kernel.models import Consequence, Entry
from titian.loop.clocks import NEWS, RUNNING
from titian.loop.commands import (
    asks,
    confirmations,
    handovers,
    promises,
    running_over,
)
from titian.loop.escalation import Cause, stands_since
from titian.loop.models import Ask, Confirmation, HandOver, Promise
from titian.loop.pace import coming_calls

UNANSWERED = frozenset(
    {Ask.State.PASSED, Ask.State.RESTATED, Ask.State.IN_HAND, Ask.State.SAID}
)


RHYTHM = (*NEWS, "ask.passed_on", "ask.reopened", "ask.diverted", "ask.still_in_hand")
"""The verbs after which the guest waits anew for the next word."""


def left_waiting(owed: Consequence) -> None:
    """Nobody has taken the next step since then: let it be known, call the first."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    if _lies_as_it_did(ask, owed):
        asks.escalate(ask.pk, at=owed.due_at, key=owed.key)


def climb(owed: Consequence) -> None:
    """Those who were called have done nothing either: call the next."""
    ask, told = Ask.objects.get(pk=owed.entry.subject_id), owed.entry.facts
    since = stands_since(ask, told["cause"])
    if since and since.isoformat() == told["since"] and _is_still(ask, told):
        asks.climb(ask.pk, told["cause"], told["rung"], at=owed.due_at, key=owed.key)


def climb_on(owed: Consequence) -> None:
    """It became urgent while it climbed: the next is called at the new pace."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    for cause, number, rung in coming_calls(ask):
        if rung.at <= owed.due_at:
            key = uuid5(owed.key, cause)
            asks.climb(ask.pk, cause, number, at=owed.due_at, key=key)


def word_due(owed: Consequence) -> None:
    """The guest has heard nothing for as long as was promised."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    is_open = ask.state in RUNNING or ask.state == Ask.State.SAID
    if is_open and ask.merged_into_id is None and _is_last_word(owed):
        asks.keep_the_guest_informed(ask.pk, at=owed.due_at, key=owed.key)


def pause_over(owed: Consequence) -> None:
    """The end of a pause that nobody has ended before."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    if ask.paused_until == owed.due_at:
        asks.end_the_pause(ask.pk, at=owed.due_at, key=owed.key)


def not_said_back(owed: Consequence) -> None:
    """The team has an exact ask and has not said it back."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    if _is_with_the_same_team(ask, owed):
        asks.miss_the_read_back(ask.pk, at=owed.due_at, key=owed.key)


def answer_due(owed: Consequence) -> None:
    """The promised hour of the answer has come and there is none."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    is_own = ask.merged_into_id is None
    if is_own and ask.state in UNANSWERED and ask.due_at == owed.due_at:
        asks.miss_the_hour(ask.pk, at=owed.due_at, key=owed.key)


def promise_due(owed: Consequence) -> None:
    """The hour of a promise has come: is it kept?"""
    promise = Promise.objects.get(pk=owed.entry.subject_id)
    if promise.state == Promise.State.OPEN and promise.due_at == owed.due_at:
        promises.miss_the_hour(promise.pk, at=owed.due_at, key=owed.key)


def promise_climb(owed: Consequence) -> None:
    """Those who were called have not said what became of it: call the next."""
    promise = Promise.objects.get(pk=owed.entry.subject_id)
    if promise.state == Promise.State.OPEN:
        rung = owed.entry.facts["rung"]
        promises.climb(promise.pk, rung, at=owed.due_at, key=owed.key)


def word_owed(owed: Consequence) -> None:
    """A promise is broken: has anybody told the guest?"""
    promise = Promise.objects.get(pk=owed.entry.subject_id)
    if promise.owes_a_word:
        promises.owe_the_word(promise.pk, at=owed.due_at, key=owed.key)


def still_unconfirmed(owed: Consequence) -> None:
    """A change nobody has confirmed yet gets one louder."""
    asked = Confirmation.objects.get(pk=owed.entry.subject_id)
    if asked.confirmed_at is None and asked.superseded_at is None:
        confirmations.louder(asked.pk, at=owed.due_at, key=owed.key)


def handover_due(owed: Consequence) -> None:
    """The duty's hour is over and the relief has not signed: it goes on."""
    row = HandOver.objects.select_related("duty").get(pk=owed.entry.subject_id)
    waits = row.state in {HandOver.State.OPEN, HandOver.State.HANDED}
    held = row.duty is None or row.duty.withdrawn_at is None
    if waits and held:
        handovers.miss_the_hour(row.pk, at=owed.due_at, key=owed.key)


def duties_end(owed: Consequence) -> None:
    """Somebody's hours are over: has the relief taken over what was open?"""
    running_over.hold_over(owed.entry.subject_id, owed.entry.said_at, at=owed.due_at)


def _is_with_the_same_team(ask: Ask, owed: Consequence) -> bool:
    """Whether nothing has moved since the entry that set the timer."""
    if ask.merged_into_id is not None:
        return False
    return ask.state == Ask.State.PASSED and ask.passed_at == owed.entry.said_at


def _lies_as_it_did(ask: Ask, owed: Consequence) -> bool:
    """Nothing has moved since the timer was set, and nobody was called for it yet."""
    since = stands_since(ask, Cause.WAITING)
    then = owed.entry.facts.get("state", Ask.State.PASSED)
    if since is None or ask.state != then or owed.entry.said_at < since:
        return False
    called = Entry.objects.filter(
        subject_kind=owed.entry.subject_kind,
        subject_id=ask.pk,
        verb="ask.left_waiting",
        facts__since=since.isoformat(),
        facts__state=then,  # said back in the same minute is another wait
    )
    return not called.exclude(key=owed.key).exists()


def _is_still(ask: Ask, told: Mapping[str, object]) -> bool:
    """Of what is overdue any step is welcome, and only the answer ends it."""
    return told["cause"] == Cause.OVERDUE or ask.state == told["state"]


def _is_last_word(owed: Consequence) -> bool:
    later = Entry.objects.filter(
        subject_kind=owed.entry.subject_kind,
        subject_id=owed.entry.subject_id,
        pk__gt=owed.entry_id,
        verb__in=RHYTHM,
    )
    return not later.exists()
