"""A few people and whatever they may do, late, twice and in any order.

Mostly an act is drawn that fits the stage of its matter and the side whose act it is,
so that matters get far within few steps; now and then it is any act by anybody.
"""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.core import mail
from django.db import transaction
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.briefing.told import WORDS as NEWS
from tests.briefing.told import sent as notice_sent
from tests.loop import laws
from tests.loop.drills import alarm
from tests.loop.stories import all_done, passed, said
from tests.world import DETAILS, HOUR, NOON, WORDS, World, make_party, seated
from titian.briefing.commands import copies, notices
from titian.briefing.models import Copy, Notice
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence, Entry
from titian.kernel.policy import Forbidden
from titian.loop import saying
from titian.loop.commands import asks, incident_words, promises
from titian.loop.models import Ask, LeftOut, Promise
from titian.loop.routing import NoTeam
from titian.people.models import Absence

S, P = Ask.State, Promise.State
FITTING: dict[str, tuple[str, ...]] = {
    S.SAID: ("pass_on", "pass_on_exact", "pass_on_private"),
    S.PASSED: ("take", "take", "take", "bounce", "make_exact", "merge", "hear"),
    S.RESTATED: ("confirm", "confirm", "confirm", "correct", "bounce"),
    S.IN_HAND: ("answer", "answer", "answer", "tell", "pause", "bounce", "split"),
    S.ANSWERED: ("close", "close", "reopen"),
    S.CLOSED: ("reopen",),
    S.WITHDRAWN: ("reopen",),
    "merged": ("unmerge",),
    "paused": ("resume", "answer"),
}
VERBS = sorted({verb for fits in FITTING.values() for verb in fits} | {"withdraw"})
KEPT: dict[str, tuple[str, ...]] = {
    "none": ("promise",),
    P.OPEN: ("keep", "break_off", "break_off", "promise"),
    P.BROKEN: ("give_word", "keep", "promise"),
    P.KEPT: ("promise",),
}
WHO = st.sampled_from(
    ["ingrid", "marco", "for_ingrid", "bruna", "citra", "wati", "petra", "eve"]
)
REFUSED = (
    Forbidden,
    IllegalMove,
    LeftOut,
    NoTeam,
    saying.BadHour,
    saying.Empty,
    saying.Unknown,
    promises.NoPromise,
)
BY_THE_OFFICER = {
    "pass_on",
    "pass_on_exact",
    "pass_on_private",
    "merge",
    "unmerge",
    "split",
}
BY_THE_GUEST = {"confirm", "correct", "close", "reopen", "withdraw"}
SECRET, PRIVATE = "bitten by a jellyfish", "a ring for my fiancée"
SAID = ("theirs", "the tide", "one boat only", "the same", SECRET, PRIVATE, "A ramp")


class Act(NamedTuple):
    """What is drawn of one act: which matter, and whether it fits stage and side."""

    which: int
    number: int
    fits: bool
    rightly: bool
    verb: str
    who: str
    late: int


MOSTLY = st.sampled_from([True] * 7 + [False])
ACT = st.builds(
    Act,
    which=st.sampled_from([0, 0, 1, 1, 2, 3, 4]),
    number=st.integers(0, 20),
    fits=MOSTLY,
    rightly=MOSTLY,
    verb=st.sampled_from(VERBS),
    who=WHO,
    late=st.sampled_from([0, 0, 3, 40]),
)


class AtLarge(RuleBasedStateMachine):
    """Their asks, promises and notices, and an hour that goes on."""

    def __init__(self, world: World, visited: Counter[tuple[str, str]]) -> None:
        super().__init__()
        self.world, self.visited, self.at = world, visited, NOON
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        mail.outbox.clear()
        self.is_news = True
        self.citra = seated(world.event, "Citra", world.kitchen)
        make_party("SEC", "Security", "team")
        self.incident = alarm(world)
        passed(world)
        passed(world, Ask.Weight.EXACT)
        said(world)
        notice_sent(world, {"is": "role", "of": ["officer", "guest"]})

    def teardown(self) -> None:
        try:
            laws.what_is_locked_away_stands_nowhere([SECRET])
            laws.what_is_private_goes_into_no_letter(PRIVATE)
            laws.each_letter_goes_once()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @rule(who=WHO, is_private=st.booleans())
    def somebody_asks(self, who: str, is_private: bool) -> None:
        if Ask.objects.count() < 5:
            given = (self.world.arunika.pk, PRIVATE if is_private else WORDS)
            self.twice("nothing", "ask", asks.ask, given, {}, who)
        for ask in Ask.objects.filter(words=PRIVATE, state=S.SAID, is_private=False):
            command, named = self.arguments("pass_on_private", ask, [ask])
            self.twice("said", "pass_on_private", command, (ask.pk,), named, "marco")

    @rule(acts=st.lists(ACT, min_size=3, max_size=6))
    def the_morning(self, acts: list[Act]) -> None:
        for act in acts:
            self.somebody_acts(act)

    @rule(acts=st.lists(ACT, min_size=4, max_size=8), minutes=st.sampled_from([1, 6]))
    def the_afternoon(self, acts: list[Act], minutes: int) -> None:
        self.the_morning(acts)
        self.time_passes(minutes)

    @rule(acts=st.lists(ACT, min_size=3, max_size=6), who=WHO)
    def the_evening(self, acts: list[Act], who: str) -> None:
        self.the_morning(acts)
        self.somebody_gives_a_word(len(acts), 0, True, who)
        self.somebody_acknowledges(len(acts) + self.at.minute, who, True)

    def somebody_acts(self, act: Act) -> None:
        """Perhaps said minutes ago, out of coverage."""
        found = list(Ask.objects.exclude(incident=self.incident).order_by("pk"))
        ask = found[act.which % len(found)]
        fitting = FITTING[stage(ask)]
        verb = fitting[act.number % len(fitting)] if act.fits else act.verb
        if verb == "take":
            verb = "restate" if ask.weight == Ask.Weight.EXACT else "accept"
        command, named = self.arguments(verb, ask, found)
        whose = self.whose(verb, ask) if act.rightly else act.who
        at = max(self.at - timedelta(minutes=act.late), ask.said_at)
        self.twice(stage(ask), verb, command, (ask.pk,), named, whose, at)

    @rule(
        number=st.integers(0, 3),
        which=st.integers(0, 3),
        rightly=st.booleans(),
        who=WHO,
    )
    def somebody_gives_a_word(
        self, number: int, which: int, rightly: bool, who: str
    ) -> None:
        found = list(Promise.objects.order_by("-pk"))
        one = found[which % len(found)] if found else None
        state = one.state if one else "none"
        verb = KEPT[state][number % len(KEPT[state])]
        given: tuple[object, ...] = (one.pk if one else 0,)
        named: dict[str, Any] = {"words": "No ramp"} if verb == "break_off" else {}
        if verb == "promise":
            given, state = (self.world.arunika.pk, "A ramp"), "none"
            named = {"due_at": self.at + HOUR, "owner_team_id": self.world.boats.pk}
        whose = "marco" if verb == "give_word" else "bruna"
        command = getattr(promises, verb)
        self.twice(state, verb, command, given, named, whose if rightly else who)

    @rule(who=WHO, rightly=st.booleans(), verb=st.sampled_from(["send", "withdraw"]))
    def somebody_sends_a_notice(self, who: str, rightly: bool, verb: str) -> None:
        whose = "wati" if rightly else who
        last = Notice.objects.order_by("-pk").first()
        if verb == "withdraw" and last is not None:
            why = (last.pk, "calm sea")
            self.twice(last.state, "withdraw", notices.withdraw, why, {}, whose)
        elif Notice.objects.count() < 3:
            rule = {"is": "role", "of": ["officer", "guest"]}
            given = (self.world.event.pk, notices.Composed(NEWS, rule))
            self.twice("nothing", "compose", notices.compose, given, {}, whose)
            draft = Notice.objects.filter(state=Notice.State.DRAFT).first()
            if draft is not None:
                self.twice("draft", "send", notices.send, (draft.pk,), {}, whose)

    @rule(
        which=st.integers(0, 8), who=WHO, rightly=st.sampled_from([True, True, False])
    )
    def somebody_acknowledges(self, which: int, who: str, rightly: bool) -> None:
        found = list(Copy.objects.select_related("person").order_by("pk"))
        if found:
            copy = found[which % len(found)]
            whose = copy.person.display.lower() if rightly else who
            self.twice(
                copy.state, "acknowledge", copies.acknowledge, (copy.pk,), {}, whose
            )

    @rule(who=WHO, rightly=st.booleans())
    def somebody_locks_a_note_away(self, who: str, rightly: bool) -> None:
        named = {"compartment": "medical", "about": self.world.ingrid.person_id}
        given = (self.incident.pk, SECRET)
        whose = "wati" if rightly else who
        self.twice("raised", "note", incident_words.put_note, given, named, whose)

    @rule(minutes=st.sampled_from([1, 6, 21, 90]), is_away=st.booleans())
    def time_passes(self, minutes: int, is_away: bool = False) -> None:
        """Perhaps the officer is away for an hour."""
        if is_away:
            Absence.objects.create(
                officer=self.world.officer, starts_at=self.at, ends_at=self.at + HOUR
            )
        self.at += timedelta(minutes=minutes)
        self.is_news = True
        all_done(self.world, self.at)

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
        self,
        stage: str,
        verb: str,
        command: Any,
        given: tuple[Any, ...],
        named: Any,
        who: str,
        at: Any = None,
    ) -> None:
        """Once, and once more with the same key: the answer had been lost."""
        key = uuid4()
        for _time in range(2):
            before = counted(key)
            with suppress(*REFUSED), transaction.atomic():
                command(
                    *given, **named, actor=self.actor(who), at=at or self.at, key=key
                )
            if before:
                assert counted(key) == before
        if counted(key):
            self.is_news = True
            self.visited[stage, verb] += 1
            event(f"{stage}: {verb}")

    def arguments(
        self, verb: str, ask: Ask, found: list[Ask]
    ) -> tuple[Any, dict[str, Any]]:
        world = self.world
        others = [one.pk for one in found if one.pk != ask.pk] or [ask.pk]
        elsewhere = world.boats if ask.owner == world.kitchen else world.kitchen
        to_boats = {"team_id": world.boats.pk}
        exactly = {"details": DETAILS, "weight": "exact", "urgency": "urgent"}
        named: dict[str, dict[str, Any]] = {
            "pass_on": to_boats,
            "pass_on_exact": {**to_boats, **exactly},
            "pass_on_private": {**to_boats, "is_private": True},
            "restate": {"heard_as": ask.details or DETAILS},
            "correct": {"details": DETAILS},
            "bounce": {"team_id": elsewhere.pk, "reason": "theirs"},
            "make_exact": {"details": DETAILS},
            "tell": {"words": "Soon"},
            "pause": {"until": self.at + HOUR, "reason": "the tide"},
            "answer": {"words": "At pier B"},
            "reopen": {"reason": "one boat only"},
            "merge": {"into_id": others[0], "reason": "the same"},
            "unmerge": {"reason": "another"},
            "split": {"title": "Lunch", "team_id": world.kitchen.pk},
        }
        if ask.words == PRIVATE and verb.startswith("pass_on"):
            named[verb] = {**named[verb], "is_private": True}
        bare = "pass_on" if verb.startswith("pass_on") else verb
        return getattr(asks, bare), named.get(verb, {})

    @invariant()
    def the_laws_hold(self) -> None:
        """Looked at whenever something has been written or time has passed."""
        if not self.is_news:
            return
        self.is_news = False
        laws.each_ask_has_one_owner_and_one_line()
        laws.nothing_open_is_without_a_clock_and_an_escalation(self.at)
        laws.only_the_asking_side_closes(self.world)
        laws.what_is_exact_was_said_back()
        laws.each_promise_has_an_owner_and_is_watched(self.at)
        laws.each_silence_is_watched_until_it_is_broken(self.at)
        laws.nobody_acknowledges_for_another()
        laws.the_last_entry_agrees_with_the_row()
        laws.no_entry_says_in_the_open_what_was_said(SAID)


def stage(ask: Ask) -> str:
    """Where it stands; merged and paused are stages of their own."""
    if ask.merged_into_id is not None:
        return "merged"
    return "paused" if ask.paused_until is not None else str(ask.state)


def counted(key: UUID) -> tuple[int, int] | None:
    """How much is written, once the act with this key was; else nothing."""
    if not Entry.objects.filter(key=key).exists():
        return None
    return Entry.objects.count(), Consequence.objects.count()
