"""Whatever people do, late, twice and in any order: the laws of the loop hold."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.loop.stories import all_done, passed, said
from tests.world import DETAILS, HOUR, NOON, WORDS, World, seated
from titian.kernel.actor import Actor
from titian.kernel.agreeing import disagreements
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence, Entry
from titian.kernel.policy import Forbidden
from titian.loop import saying
from titian.loop.commands import asks, promises
from titian.loop.escalation import Cause, ladder_of
from titian.loop.models import Ask, LeftOut, Promise
from titian.loop.models.topic import Weight
from titian.loop.queries import clocks_of, next_rung, who_has_it
from titian.loop.routing import NoTeam
from titian.people.models import Absence

WHO = st.sampled_from(
    ["ingrid", "marco", "for_ingrid", "bruna", "citra", "wati", "petra", "eve"]
)
VERBS = st.sampled_from(
    [
        "pass_on",
        "pass_on_exact",
        "hear",
        "accept",
        "restate",
        "confirm",
        "correct",
        "bounce",
        "make_exact",
        "tell",
        "pause",
        "resume",
        "answer",
        "close",
        "reopen",
        "withdraw",
        "merge",
        "unmerge",
        "split",
    ]
)
REFUSED = (
    Forbidden,
    IllegalMove,
    LeftOut,
    NoTeam,
    saying.BadHour,
    saying.Empty,
    promises.NoPromise,
)
BY_THE_OFFICER = {"pass_on", "pass_on_exact", "merge", "unmerge", "split"}
BY_THE_GUEST = {"confirm", "correct", "close", "reopen", "withdraw"}
OVER = {Ask.State.CLOSED, Ask.State.WITHDRAWN}


class Loop(RuleBasedStateMachine):
    """A few people, their asks and promises, and an hour that goes on."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.at = world, NOON
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.citra = seated(world.event, "Citra", world.kitchen)
        passed(world)
        passed(world)
        said(world)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(who=WHO)
    def somebody_asks(self, who: str) -> None:
        if Ask.objects.count() < 5:
            given = (self.world.arunika.pk, WORDS)
            self.twice(asks.ask, given, {}, who, self.at)

    @rule(
        verb=VERBS,
        who=WHO,
        which=st.integers(0, 4),
        late=st.sampled_from([0, 0, 3, 40]),
        is_right=st.sampled_from([True, True, True, False]),
    )
    def somebody_acts(
        self, verb: str, who: str, which: int, late: int, is_right: bool
    ) -> None:
        """Mostly the one whose act it is; perhaps said minutes ago, out of coverage."""
        found = list(Ask.objects.order_by("pk"))
        if found:
            ask = found[which % len(found)]
            at = max(self.at - timedelta(minutes=late), ask.said_at)
            command, named = self.arguments(verb, ask, found)
            rightly = self.whose(verb, ask) if is_right else ""
            self.twice(command, (ask.pk,), named, rightly or who, at)

    @rule(who=WHO, verb=st.sampled_from(["promise", "keep", "break_off", "give_word"]))
    def somebody_gives_a_word(self, who: str, verb: str) -> None:
        first = Promise.objects.order_by("pk").first()
        if verb == "promise":
            given: tuple[object, ...] = (self.world.arunika.pk, "A ramp")
            named: dict[str, Any] = {"due_at": self.at + HOUR}
            named["owner_team_id"] = self.world.boats.pk
        elif first is None:
            return
        else:
            given, named = (first.pk,), {}
            if verb == "break_off":
                named = {"words": "No ramp left"}
        self.twice(getattr(promises, verb), given, named, who, self.at)

    @rule(minutes=st.sampled_from([1, 6, 21, 90]))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        all_done(self.world, self.at)

    @rule()
    def the_officer_is_away_for_an_hour(self) -> None:
        Absence.objects.create(
            officer=self.world.officer, starts_at=self.at, ends_at=self.at + HOUR
        )

    def actor(self, who: str) -> Actor:
        found: Actor = self.citra if who == "citra" else getattr(self.world, who)
        return found

    def whose(self, verb: str, ask: Ask) -> str:
        if verb in BY_THE_OFFICER:
            return "marco"
        if verb in BY_THE_GUEST:
            return "for_ingrid"
        return "citra" if ask.owner == self.world.kitchen else "bruna"

    def twice(
        self, command: Any, given: tuple[Any, ...], named: Any, who: str, at: Any
    ) -> None:
        """Once, and once more with the same key: the answer had been lost."""
        key = uuid4()
        for _time in range(2):
            before = counted(key)
            with suppress(*REFUSED), transaction.atomic():
                command(*given, **named, actor=self.actor(who), at=at, key=key)
            if before:
                assert counted(key) == before

    def arguments(
        self, verb: str, ask: Ask, found: list[Ask]
    ) -> tuple[Any, dict[str, Any]]:
        world = self.world
        others = [one.pk for one in found if one.pk != ask.pk] or [ask.pk]
        elsewhere = world.boats if ask.owner == world.kitchen else world.kitchen
        named: dict[str, dict[str, Any]] = {
            "pass_on": {"team_id": world.boats.pk},
            "pass_on_exact": {
                "team_id": world.boats.pk,
                "details": DETAILS,
                "weight": "exact",
                "urgency": "urgent",
            },
            "restate": {"heard_as": ask.details or DETAILS},
            "correct": {"details": DETAILS},
            "bounce": {"team_id": elsewhere.pk, "reason": "theirs"},
            "make_exact": {"details": DETAILS},
            "tell": {"words": "Soon"},
            "pause": {"until": self.at + HOUR, "reason": "The tide"},
            "answer": {"words": "At pier B"},
            "reopen": {"reason": "One boat only"},
            "merge": {"into_id": others[0], "reason": "the same"},
            "unmerge": {"reason": "another"},
            "split": {"title": "Lunch", "team_id": world.kitchen.pk},
        }
        return getattr(
            asks, verb.removesuffix("_exact") if verb == "pass_on_exact" else verb
        ), named.get(verb, {})

    @invariant()
    def each_ask_has_one_owner_and_one_line(self) -> None:
        for ask in Ask.objects.select_related("merged_into"):
            free = {Ask.State.SAID, Ask.State.WITHDRAWN}
            assert ask.owner_id is not None or ask.state in free
            line = who_has_it(ask)
            assert line and "\n" not in line

    @invariant()
    def nothing_open_is_without_a_clock_and_an_escalation(self) -> None:
        for ask in Ask.objects.exclude(state__in=OVER).select_related("event"):
            clocks = clocks_of(ask, self.at)
            assert any(one.done_at is None for one in clocks)
            if ask.merged_into is not None:
                assert ask.merged_into.state not in OVER
                continue
            assert any(ladder_of(ask, cause) for cause in Cause)
            if (rung := next_rung(ask, self.at)) is not None:
                assert waits_until(ask) <= rung.at

    @invariant()
    def only_the_asking_side_closes(self) -> None:
        closed = Entry.objects.filter(verb="ask.closed")
        closers = {one.word_of_id or one.actor_person_id for one in closed}
        assert closers <= {self.world.ingrid.person_id}
        for ask in Ask.objects.filter(state=Ask.State.CLOSED):
            assert ask.closed_at is not None and ask.answered_at is not None

    @invariant()
    def what_is_exact_was_said_back(self) -> None:
        exact = Ask.objects.filter(weight=Weight.EXACT, state=Ask.State.IN_HAND)
        for ask in exact.filter(merged_into=None):
            assert ask.heard_as.keys() >= ask.details.keys()

    @invariant()
    def each_promise_has_an_owner_and_is_watched(self) -> None:
        for one in Promise.objects.all():
            assert one.owner_team_id or one.owner_person_id
            if one.state == Promise.State.OPEN and one.due_at > self.at:
                assert waits_until(one) <= one.due_at

    @invariant()
    def the_last_entry_agrees_with_the_row(self) -> None:
        assert list(disagreements(Ask)) == []
        assert list(disagreements(Promise)) == []


def counted(key: UUID) -> tuple[int, int] | None:
    """How much is written, once the act with this key was; else nothing."""
    if not Entry.objects.filter(key=key).exists():
        return None
    return Entry.objects.count(), Consequence.objects.count()


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


def test_the_laws_of_the_loop_hold(world: World) -> None:
    run_state_machine_as_test(
        lambda: Loop(world),  # type: ignore[arg-type]  # any factory of one will do
        settings=settings(
            max_examples=8,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
