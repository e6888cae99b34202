"""The laws of the loop, each as a question about all rows there are."""

import json
from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core import mail

from tests.dump import everything_in_the_database
from tests.world import World
from titian.briefing.models import Copy, Notice
from titian.briefing.timers import nobody_answered
from titian.kernel.agreeing import disagreements
from titian.kernel.models import Consequence, Entry
from titian.loop.escalation import Cause, ladder_of
from titian.loop.models import Ask, Promise
from titian.loop.models.topic import Weight
from titian.loop.queries import clocks_of, who_has_it

OVER = {Ask.State.CLOSED, Ask.State.WITHDRAWN}
SILENCE = f"{nobody_answered.__module__}.{nobody_answered.__name__}"


def each_ask_has_one_owner_and_one_line() -> None:
    for ask in Ask.objects.select_related("merged_into"):
        free = {Ask.State.SAID, Ask.State.WITHDRAWN}
        assert ask.owner_id is not None or ask.state in free
        line = who_has_it(ask)
        assert line and "\n" not in line


def nothing_open_is_without_a_clock_and_an_escalation(at: datetime) -> None:
    for ask in Ask.objects.exclude(state__in=OVER).select_related("event"):
        clocks = clocks_of(ask, at)
        assert any(one.done_at is None for one in clocks)
        if ask.merged_into is not None:
            assert ask.merged_into.state not in OVER
            continue
        assert any(ladder_of(ask, cause) for cause in Cause)
        coming = [rung.at for rung in ladder_of(ask) if rung.at > at]
        if coming:
            assert waits_until(ask) <= min(coming), told_of(ask)


def only_the_asking_side_closes(world: World) -> None:
    closed = Entry.objects.filter(verb="ask.closed")
    closers = {one.word_of_id or one.actor_person_id for one in closed}
    assert closers <= {world.ingrid.person_id}
    for ask in Ask.objects.filter(state=Ask.State.CLOSED):
        assert ask.closed_at is not None and ask.answered_at is not None


def what_is_exact_was_said_back() -> None:
    exact = Ask.objects.filter(weight=Weight.EXACT, state=Ask.State.IN_HAND)
    for ask in exact.filter(merged_into=None):
        assert ask.heard_as.keys() >= ask.details.keys()


def each_promise_has_an_owner_and_is_watched(at: datetime) -> None:
    for one in Promise.objects.all():
        assert one.owner_team_id or one.owner_person_id
        if one.state == Promise.State.OPEN and one.due_at > at:
            assert waits_until(one) <= one.due_at


def each_silence_is_watched_until_it_is_broken(at: datetime) -> None:
    """A copy nobody acknowledged has called somebody, or there is an hour for it."""
    for notice in Notice.objects.filter(state=Notice.State.SENT):
        owed = Consequence.objects.filter(
            handler=SILENCE, entry__subject_id=notice.pk, done_at=None
        )
        for copy in notice.copies.filter(acknowledged_at=None):
            assert copy.called_step or owed.filter(due_at__gt=at).exists()


def nobody_acknowledges_for_another() -> None:
    said = Entry.objects.filter(verb="copy.acknowledged")
    whose = dict(Copy.objects.values_list("pk", "person"))
    assert all(one.actor_person_id == whose[one.subject_id] for one in said)


def the_last_entry_agrees_with_the_row() -> None:
    for model in (Ask, Promise, Notice):
        assert list(disagreements(model)) == []


def no_entry_says_in_the_open_what_was_said(words: Collection[str]) -> None:
    for verb, facts in Entry.objects.values_list("verb", "facts"):
        told = json.dumps(facts)
        assert not any(one in told for one in words), (verb, told)


def what_is_locked_away_stands_nowhere(words: Collection[str]) -> None:
    """In no column of the database and in no letter that left."""
    everything = everything_in_the_database()
    letters = [f"{one.subject}\n{one.body}" for one in mail.outbox]
    for one in words:
        assert one not in everything
        assert not any(one in letter for letter in letters)


def what_is_private_goes_into_no_letter(words: str) -> None:
    told = [(one.to, one.subject) for one in mail.outbox if words in str(one.body)]
    assert told == []


def each_letter_goes_once() -> None:
    """While the worker lives."""
    numbers = Counter(one.extra_headers["Message-ID"] for one in mail.outbox)
    assert set(numbers.values()) <= {1}


def waits_until(row: Ask | Promise) -> Any:
    """The hour of the next thing the house owes about the row."""
    owed = Consequence.objects.filter(
        done_at=None,
        handler__contains=".timers.",
        entry__subject_kind=row._meta.label_lower,
        entry__subject_id=row.pk,
    )
    found = owed.order_by("due_at").values_list("due_at", flat=True).first()
    assert found is not None, f"nothing is owed about {row._meta.label} {row.pk}"
    return found


def told_of(ask: Ask) -> list[str]:
    """What the journal says of it, for whoever reads that a law was broken."""
    rows = Entry.objects.filter(subject_kind=ask._meta.label_lower, subject_id=ask.pk)
    return [
        f"{one.verb} {one.said_at:%H:%M} {one.facts}" for one in rows.order_by("pk")
    ]
