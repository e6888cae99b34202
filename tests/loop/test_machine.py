"""Whatever anybody does in whatever order: the asking side alone closes the loop."""

from contextlib import suppress

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.loop.steps import PEOPLE, STEPS
from tests.loop.stories import said
from tests.world import NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.models import Ask
from titian.loop.models.topic import Weight

ACTS = st.lists(
    st.tuples(
        st.sampled_from([v for v in STEPS if v != "ask"]), st.sampled_from(PEOPLE)
    ),
    max_size=14,
)


@given(ACTS, st.sampled_from(Weight.values))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_path_closes_without_the_asking_side(
    world: World, acts: list[tuple[str, str]], weight: str
) -> None:
    with transaction.atomic():
        ask = said(world)
        for verb, who in acts:
            attempt(world, ask, verb, who, weight)
        holds(ask)
        transaction.set_rollback(True)


def attempt(world: World, ask: Ask, verb: str, who: str, weight: str) -> None:
    """Let ``who`` try the verb; most of it is refused, and that is the point."""
    step = STEPS[verb]
    command, given_, named = step.give(world, ask)
    if verb == "pass_on":
        named |= {"weight": weight, "details": {"where": "the pier"}}
    with suppress(Forbidden, IllegalMove), transaction.atomic():
        command(*given_, **named, actor=getattr(world, who), at=NOON)


def holds(ask: Ask) -> None:
    """The laws of an ask, read from its row and its journal."""
    ask.refresh_from_db()
    entries = Entry.objects.filter(subject_kind="loop.ask", subject_id=ask.pk)
    last = {entry.verb: entry for entry in entries.order_by("pk")}
    closers = {
        entry.word_of_id or entry.actor_person_id
        for entry in entries.filter(verb="ask.closed")
    }
    assert closers <= {ask.said_by_id}
    assert (ask.state == Ask.State.CLOSED) == (ask.closed_at is not None)
    if ask.state in {Ask.State.ANSWERED, Ask.State.CLOSED}:
        assert ask.answered_by is not None and "ask.answered" in last
    if ask.state == Ask.State.IN_HAND and ask.weight == Weight.EXACT:
        assert last["ask.confirmed"].pk > last["ask.restated"].pk
    assert ask.owner is not None or ask.state in {Ask.State.SAID, Ask.State.WITHDRAWN}
    assert entries.latest("pk").facts["state"] == ask.state
