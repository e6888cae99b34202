"""What falls due in the loop. Each handler first looks whether it is still wanted."""

from titian.kernel.models import Consequence
from titian.loop.commands import asks, confirmations, promises
from titian.loop.models import Ask, Confirmation, Promise

UNANSWERED = frozenset(
    {Ask.State.PASSED, Ask.State.RESTATED, Ask.State.IN_HAND, Ask.State.SAID}
)


def left_waiting(owed: Consequence) -> None:
    """Nobody has passed the ask on, or taken it since then: let it be known."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    if owed.entry.verb == "ask.said":
        is_waiting = ask.state == Ask.State.SAID
    else:
        is_waiting = _is_with_the_same_team(ask, owed)
    if is_waiting:
        asks.escalate(ask.pk, at=owed.due_at, key=owed.key)


def not_said_back(owed: Consequence) -> None:
    """The team has an exact ask and has not said it back."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    if _is_with_the_same_team(ask, owed):
        asks.miss_the_read_back(ask.pk, at=owed.due_at, key=owed.key)


def answer_due(owed: Consequence) -> None:
    """The promised hour of the answer has come and there is none."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    if ask.state in UNANSWERED and ask.due_at == owed.due_at:
        asks.miss_the_hour(ask.pk, at=owed.due_at, key=owed.key)


def promise_due(owed: Consequence) -> None:
    """The hour of a promise has come: is it kept?"""
    promise = Promise.objects.get(pk=owed.entry.subject_id)
    if promise.state == Promise.State.OPEN and promise.due_at == owed.due_at:
        promises.miss_the_hour(promise.pk, at=owed.due_at, key=owed.key)


def still_unconfirmed(owed: Consequence) -> None:
    """A change nobody has confirmed yet gets one louder."""
    asked = Confirmation.objects.get(pk=owed.entry.subject_id)
    if asked.confirmed_at is None and asked.superseded_at is None:
        confirmations.louder(asked.pk, at=owed.due_at, key=owed.key)


def _is_with_the_same_team(ask: Ask, owed: Consequence) -> bool:
    """Whether nothing has moved since the entry that set the timer."""
    return ask.state == Ask.State.PASSED and ask.passed_at == owed.entry.said_at
