"""Whatever two officers and a coordinator do: none is taken with an unaccepted item."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.loop.relieving import Relief, make_relief
from tests.loop.stories import all_done, passed, said
from tests.world import DETAILS, HOUR, NOON, World
from titian.kernel.actor import Actor
from titian.kernel.agreeing import disagreements
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.commands import custody
from titian.logistics.models import Holding
from titian.loop.commands import asks, handover_items, handovers, promises
from titian.loop.handing import left_of, lines_of
from titian.loop.models import Ask, HandOver, HandOverItem, LeftOut
from titian.loop.saying import Empty
from titian.people.commands.leaving import end_duty
from titian.people.models import Duty

REFUSED = (Forbidden, IllegalMove, LeftOut, Empty, ValueError)
WHO = st.sampled_from(["marco", "nora", "wati", "eve", "bruna"])
SIGNING = st.sampled_from(["hand_over", "take_over", "let_go", "call_off"])


class HandingOver(RuleBasedStateMachine):
    """Arunika is handed to and fro while asks, promises and keys come and go."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.at = world, NOON
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.relief: Relief = make_relief(world)
        self.seen = 0
        passed(world, Ask.Weight.EXACT)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(who=WHO, back=st.booleans(), for_good=st.booleans())
    def somebody_begins(self, who: str, back: bool, for_good: bool) -> None:
        officer = self.world.officer if back else self.relief.officer
        self.twice(
            handovers.begin,
            (self.world.arunika.pk, officer.pk),
            {"is_for_good": for_good and not back},
            who,
        )

    @rule(rightly=st.booleans(), who=WHO, which=st.integers(0, 4), well=st.booleans())
    def somebody_reads_back(
        self, rightly: bool, who: str, which: int, well: bool
    ) -> None:
        if (row := self.row()) is None or not (lines := lines_of(row)):
            return
        line = lines[which % len(lines)]
        said = dict(line.carried.fields) if well else {**DETAILS, "where": "elsewhere"}
        self.twice(
            handover_items.accept,
            (row.pk, *line.carried.key, line.mark, said),
            {},
            self.of(row.incoming_id) if rightly else who,
        )

    @rule()
    def the_relief_takes_all_that_is_left(self) -> None:
        if (row := self.row()) is not None:
            for line in lines_of(row):
                given = (row.pk, *line.carried.key, line.mark, line.carried.fields)
                who = self.of(row.incoming_id)
                self.twice(handover_items.accept, given, {}, who)

    @rule(who=WHO, verb=st.sampled_from(["question", "explain"]))
    def somebody_asks_or_explains(self, who: str, verb: str) -> None:
        if (row := self.row()) is not None and (lines := lines_of(row)):
            given = (row.pk, *lines[0].carried.key, "Which one?")
            self.twice(getattr(handover_items, verb), given, {}, who)

    @rule(verb=SIGNING, who=WHO, rightly=st.booleans())
    def somebody_signs(self, verb: str, who: str, rightly: bool) -> None:
        row = HandOver.objects.order_by("-pk").first()
        if row is None:
            return
        side = row.incoming_id if verb == "take_over" else row.outgoing_id
        whose = "wati" if verb == "let_go" else self.of(side)
        given = (row.pk, "ill") if verb == "let_go" else (row.pk,)
        self.twice(getattr(handovers, verb), given, {}, whose if rightly else who)
        row.refresh_from_db()
        if row.state == HandOver.State.TAKEN and row.pk > self.seen:
            self.seen = row.pk
            assert left_of(row) == []  # at the very moment of the signature

    @rule(what=st.sampled_from(["ask", "promise", "key", "word", "withdraw", "change"]))
    def something_comes_or_goes(self, what: str) -> None:
        world, row = self.world, self.row()
        with suppress(*REFUSED), transaction.atomic():
            if what == "ask" and Ask.objects.count() < 4:
                said(world)
            elif what == "promise":
                promises.promise(
                    world.arunika.pk,
                    "A ramp",
                    due_at=self.at + HOUR,
                    actor=world.marco,
                    at=self.at,
                )
            elif what == "key" and Holding.objects.count() < 3:
                custody.take(world.arunika.pk, "key", actor=world.marco, at=self.at)
            elif what == "word" and row is not None:
                who = self.actor(self.of(row.outgoing_id))
                handover_items.add_word(row.pk, "No hands", actor=who, at=self.at)
            elif what == "withdraw":
                last = Ask.objects.order_by("-pk").first()
                assert last is not None
                asks.withdraw(last.pk, actor=world.ingrid, at=self.at)
            elif what == "change":
                first = Ask.objects.order_by("pk").first()
                assert first is not None
                asks.bounce(
                    first.pk, world.kitchen.pk, "theirs", actor=world.bruna, at=self.at
                )

    @rule(minutes=st.sampled_from([1, 30, 121]))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        all_done(self.world, self.at)

    @rule(who=WHO)
    def somebody_ends_a_duty(self, who: str) -> None:
        running = Duty.objects.filter(
            withdrawn_at=None, starts_at__lt=self.at, ends_at__gt=self.at
        ).first()
        if running is not None:
            self.twice(end_duty, (running.pk,), {}, who)

    def row(self) -> HandOver | None:
        return HandOver.objects.live().select_related("outgoing", "incoming").first()

    def of(self, officer_id: int) -> str:
        return "marco" if officer_id == self.world.officer.pk else "nora"

    def actor(self, who: str) -> Actor:
        found: Actor = self.relief.actor if who == "nora" else getattr(self.world, who)
        return found

    def twice(
        self, command: Any, given: tuple[Any, ...], named: dict[str, Any], who: str
    ) -> None:
        """Once, and once more with the same key: the answer had been lost."""
        key = uuid4()
        for _time in range(2):
            before = Entry.objects.filter(key=key).count()
            with suppress(*REFUSED), transaction.atomic():
                command(*given, **named, actor=self.actor(who), at=self.at, key=key)
            if before:
                assert Entry.objects.filter(key=key).count() == before

    @invariant()
    def none_is_taken_with_an_item_that_nobody_accepted(self) -> None:
        over = HandOverItem.objects.filter(handover__state=HandOver.State.TAKEN)
        settled = {HandOverItem.State.ACCEPTED, HandOverItem.State.GONE}
        assert set(over.values_list("state", flat=True)) <= settled

    @invariant()
    def both_signed_or_a_coordinator_let_her_go(self) -> None:
        for row in HandOver.objects.filter(state=HandOver.State.TAKEN):
            assert row.taken_at is not None
            assert row.handed_at is not None or row.let_go_at is not None
            if row.let_go_at is None:
                assert row.handed_at is not None and row.handed_at <= row.taken_at

    @invariant()
    def one_at_a_time(self) -> None:
        assert HandOver.objects.live().count() <= 1

    @invariant()
    def the_last_entry_agrees_with_the_row(self) -> None:
        for model in (HandOver, HandOverItem, Holding):
            assert list(disagreements(model)) == []


def test_the_laws_of_a_hand_over_hold_whatever_people_do(world: World) -> None:
    """Always the same run; the deep one of the crash suite is another each time."""
    run_state_machine_as_test(
        lambda: HandingOver(world),  # type: ignore[arg-type]  # any factory will do
        settings=settings(
            max_examples=5,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
