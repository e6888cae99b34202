"""What every move of an ask shares: the lock, the right, the record and its timers."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from titian.kernel import journal, sealing
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.loop.clocks import (
    HEARD_WITHIN,
    RUNNING,
    SAID_BACK_WITHIN,
    WORD_EVERY,
)
from titian.loop.escalation import KEPT_WITHIN
from titian.loop.models import Ask
from titian.loop.models.topic import Weight
from titian.loop.pace import coming_calls
from titian.loop.policy import (
    ONLY_WHO_RAISED,
    SIDE_WORDS,
    is_anothers_alarm,
    may,
)
from titian.loop.quiet import not_by_night

type Timer = tuple[str, datetime]

LEFT_WAITING = "titian.loop.timers.left_waiting"
NOT_SAID_BACK = "titian.loop.timers.not_said_back"
ANSWER_DUE = "titian.loop.timers.answer_due"
WORD_DUE = "titian.loop.timers.word_due"
PAUSE_OVER = "titian.loop.timers.pause_over"
CLIMB = "titian.loop.timers.climb"
CLIMB_ON = "titian.loop.timers.climb_on"


def locked(ask_id: int) -> Ask:
    """The ask, held until the act is over, with all that its record will name.

    A retry is looked for after this: of two at once the second finds the first done.
    """
    asks = Ask.objects.select_for_update(of=("self",))
    rows = asks.select_related("event", "asked_by__party", "owner", "topic")
    return rows.prefetch_related("informed").get(pk=ask_id)


def require_side(name: str, ask: Ask, actor: Actor) -> None:
    """Raise ``Forbidden`` unless ``actor`` is of the side whose move ``name`` is."""
    is_anothers = is_anothers_alarm(actor, name, ask)
    words = ONLY_WHO_RAISED if is_anothers else SIDE_WORDS[ask.machine[name].by]
    require(may(actor, name, ask), str(words))


def make_move(name: str, ask: Ask, actor: Actor) -> None:
    """Take the step: ``Forbidden`` for another side, ``IllegalMove`` if too late."""
    require_side(name, ask, actor)
    ask.move(name)


def take_number(event_id: int) -> Event:
    """The event, held so that numbers are given one after the other."""
    return Event.objects.select_for_update(no_key=True).get(pk=event_id)


def next_code(event_id: int) -> str:
    """A-0001 and on; asked while ``take_number`` holds the event."""
    numbered = Ask.objects.filter(event=event_id).exclude(code="")
    last = numbered.order_by("-pk").values_list("code", flat=True).first() or ""
    number = int("".join(c for c in last if c.isdecimal()) or 0) + 1
    while numbered.filter(code=f"A-{number:04d}").exists():  # given by an import
        number += 1
    return f"A-{number:04d}"


def waiting_timers(ask: Ask, at: datetime) -> list[Timer]:
    """Passed on, the team must hear it, and say it back if it is exact."""
    urgency = Ask.Urgency(ask.urgency)
    timers = [(LEFT_WAITING, at + HEARD_WITHIN[urgency])]
    if ask.weight == Weight.EXACT:
        timers.append((NOT_SAID_BACK, at + SAID_BACK_WITHIN[urgency]))
    return timers


def answer_timers(ask: Ask) -> list[Timer]:
    """The promised hour of the answer comes."""
    return [(ANSWER_DUE, ask.due_at)] if ask.due_at else []


def word_timer(ask: Ask, at: datetime) -> list[Timer]:
    """At the promised rhythm the guest hears where it stands, by night if urgent."""
    every = WORD_EVERY[Ask.Urgency(ask.urgency)]
    return [(WORD_DUE, not_by_night(ask, at + every))]


def hurried_timers(ask: Ask, at: datetime) -> list[Timer]:
    """It has become urgent: a team that has not taken it has it to hear anew.

    What was said back waits shorter for the guest's word, counted from then, and a
    climb that has begun goes on as fast as that.
    """
    is_open = ask.state in RUNNING or ask.state == Ask.State.SAID
    owe = word_timer(ask, at) if is_open else []
    if ask.state == Ask.State.PASSED:
        ask.pass_to(ask.owner, at=at)
        owe += waiting_timers(ask, at)
    if ask.state == Ask.State.RESTATED and ask.restated_at is not None:
        owe += [
            (name, max(due, at)) for name, due in confirm_timer(ask, ask.restated_at)
        ]
    return owe + [(CLIMB_ON, max(rung.at, at)) for _c, _n, rung in coming_calls(ask)]


def confirm_timer(ask: Ask, at: datetime) -> list[Timer]:
    """What was said back must be confirmed or corrected."""
    return [(LEFT_WAITING, at + SAID_BACK_WITHIN[Ask.Urgency(ask.urgency)])]


def close_timer(at: datetime) -> list[Timer]:
    """An answer that nobody has called kept: the officer asks the guest."""
    return [(LEFT_WAITING, at + KEPT_WITHIN)]


def keep(
    ask: Ask,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    owe: Iterable[Timer] = (),
    sealed: Mapping[str, object] | None = None,
    **facts: Any,
) -> Ask:
    """Save the row and enter ``verb``; what is sealed lies under the asker's key."""
    if sealing.is_destroyed(ask.said_by_id):  # said before, heard after the erasure
        ask.forget_words()
    ask.save()
    journal.write(
        verb,
        ask,
        actor=actor,
        at=at,
        key=key,
        about=ask.said_by_id,
        sealed=sealed,
        owe=owe,
        state=ask.state,
        owner=ask.owner_id,
        due_at=ask.due_at.isoformat() if ask.due_at else None,
        **facts,
    )
    _take_along(ask, actor=actor, at=at)
    return ask


def _take_along(ask: Ask, *, actor: Actor, at: datetime) -> None:
    """What was merged into it stands where it stands, each with its own words."""
    if ask.merged_into_id is not None:
        return
    for other in ask.merged.select_related("event", "asked_by").order_by("pk"):
        other.go_with(ask)
        if sealing.is_destroyed(other.said_by_id):
            other.forget_words()
        other.save()
        journal.write(
            "ask.went_along",
            other,
            actor=actor,
            at=at,
            state=other.state,
            owner=other.owner_id,
        )
