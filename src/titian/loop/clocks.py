"""How long an ask may wait for each of its steps, and how its clocks stand."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from titian.kernel.models import Entry
from titian.loop.models import Ask, Topic
from titian.loop.models.topic import Weight

U = Ask.Urgency
PATIENCE = timedelta(minutes=10)
HEARD_WITHIN = {
    U.ROUTINE: PATIENCE,
    U.SOON: PATIENCE,
    U.URGENT: PATIENCE / 2,
    U.EMERGENCY: PATIENCE / 5,
}
SAID_BACK_WITHIN = {urgency: 2 * heard for urgency, heard in HEARD_WITHIN.items()}
WORD_EVERY = {
    U.ROUTINE: timedelta(minutes=60),
    U.SOON: timedelta(minutes=40),
    U.URGENT: timedelta(minutes=20),
    U.EMERGENCY: timedelta(minutes=10),
}
"""How often the asking side hears where the matter stands, if nothing else is said."""
ANSWERED_WITHIN = timedelta(minutes=60)
NEWS = ("ask.accepted", "ask.restated", "ask.confirmed", "ask.told", "ask.paused")
"""The verbs by which the asking side hears that something is being done."""
BEGINNINGS = ("ask.passed_on", "ask.reopened", "incident.raised")
"""From here the asking side waits for a word; handing it on begins nothing anew."""
RUNNING = frozenset({Ask.State.PASSED, Ask.State.RESTATED, Ask.State.IN_HAND})


@dataclass(frozen=True, slots=True)
class Clock:
    """One labelled hour of an ask: since when it runs, until when, when it was met.

    Nothing stops a clock but its own act; a clock run out stays breached.
    """

    code: str
    label: str
    since: datetime
    due_at: datetime | None
    done_at: datetime | None
    used: timedelta
    is_breached: bool
    paused_until: datetime | None = None

    @property
    def left(self) -> timedelta | None:
        """What is left of it while it still runs."""
        if self.due_at is None or self.done_at is not None:
            return None
        return self.due_at - self.since - self.used


def answer_time(topic: Topic | None, urgency: str) -> timedelta:
    """How long the team has for its answer: the topic's time, less in an emergency."""
    usual = timedelta(minutes=topic.answer_minutes) if topic else ANSWERED_WITHIN
    return min(usual, PATIENCE) if urgency == U.EMERGENCY else usual


def clocks_of(ask: Ask, at: datetime) -> list[Clock]:
    """Heard, said back, next word to the guest, answered: how each stands at ``at``.

    Heard and said back belong to the present team and start anew when it goes to
    another one; the hour of the answer was promised to the guest and stays.
    """
    if ask.passed_at is None:
        due = ask.said_at + PATIENCE
        return [_clock("passed", _("Passed on"), ask.said_at, due, None, at)]
    return [*_of_the_team(ask, ask.passed_at, at), *_of_the_guest(ask, at)]


def _of_the_team(ask: Ask, passed: datetime, at: datetime) -> list[Clock]:
    urgency = U(ask.urgency)
    heard_by, back_by = HEARD_WITHIN[urgency], SAID_BACK_WITHIN[urgency]
    back = _("Said back") if ask.weight == Weight.EXACT else _("In hand")
    taken = ask.restated_at or ask.in_hand_at
    clocks = [
        _clock("heard", _("Heard"), passed, passed + heard_by, ask.opened_at, at),
        _clock("said_back", back, passed, passed + back_by, taken, at),
    ]
    if ask.restated_at is not None:
        label, since = _("Confirmed by the asker"), ask.restated_at
        due, done = since + back_by, ask.in_hand_at
        clocks.append(_clock("confirmed", label, since, due, done, at))
    return clocks


def _of_the_guest(ask: Ask, at: datetime) -> list[Clock]:
    clocks = []
    if ask.state in RUNNING:
        told = last_told_at(ask)
        due = told + WORD_EVERY[U(ask.urgency)]
        label = _("Next word to the guest")
        clocks.append(_clock("next_word", label, told, due, None, at))
    answered = ask.answered_at
    label = _("Answered")
    one = _clock("answered", label, ask.said_at, ask.due_at, answered, at)
    clocks.append(replace(one, paused_until=ask.paused_until))
    if answered is not None:
        label = _("Closed by the asker")
        clocks.append(_clock("closed", label, answered, None, ask.closed_at, at))
    return clocks


def last_told_at(ask: Ask) -> datetime:
    """When the asking side last heard that something is being done."""
    news = Entry.objects.filter(
        subject_kind=ask._meta.label_lower,
        subject_id=ask.pk,
        verb__in=(*NEWS, *BEGINNINGS),
    )
    last = news.order_by("-said_at").values_list("said_at", flat=True).first()
    return max(filter(None, [ask.said_at, last]))


def _clock(
    code: str,
    label: str,
    since: datetime,
    due: datetime | None,
    done: datetime | None,
    at: datetime,
) -> Clock:
    end = done or at
    late = due is not None and end > due
    return Clock(code, label, since, due, done, max(end - since, timedelta(0)), late)
