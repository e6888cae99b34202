"""Every verb of the loop: up to which board it goes, who does it, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from tests.loop import stories
from tests.world import DETAILS, NOON, WORDS, World
from titian.kernel.actor import Actor
from titian.loop.commands import asks, feedback
from titian.loop.models import Ask, Feedback

Verb = Callable[..., Ask]


@dataclass(frozen=True)
class Step:
    """One verb: how far the ask is before it, who may, and its entry in the journal."""

    before: Callable[[World], Ask]
    give: Callable[[World, Ask], tuple[Verb, tuple[object, ...], dict[str, object]]]
    who: tuple[str, ...]
    entry: str

    def take(
        self,
        world: World,
        ask: Ask,
        who: str | Actor,
        *,
        at: datetime = NOON,
        key: UUID | None = None,
    ) -> Ask:
        """Let ``who`` take the step."""
        actor = getattr(world, who) if isinstance(who, str) else who
        verb, given, named = self.give(world, ask)
        return verb(*given, **named, actor=actor, at=at, key=key)


def exact(world: World) -> Ask:
    return stories.passed(world, Ask.Weight.EXACT)


def by_machine(world: World) -> Ask:
    """Passed on with a gloss that nobody has checked."""
    return asks.pass_on(
        stories.said(world).pk,
        team_id=world.boats.pk,
        gloss="Dua perahu",
        gloss_is_machine=True,
        actor=world.marco,
        at=NOON,
    )


def not_good(world: World) -> Ask:
    """Ingrid did not like it, and nobody asked for anything."""
    given = feedback.give(
        world.arunika.pk,
        "meal",
        "unhappy",
        subject_id=Feedback.objects.count() + 1,
        actor=world.ingrid,
        at=NOON,
    )
    ask = feedback.recover(given.pk, at=NOON, key=uuid4()).ask
    assert ask is not None
    return ask


OFFICER = ("marco", "for_ingrid")
ASKER = ("ingrid", "for_ingrid")
TEAM = ("bruna",)
S = stories
STEPS = {
    "ask": Step(
        S.said, lambda w, a: (asks.ask, (w.arunika.pk, WORDS), {}), ASKER, "ask.said"
    ),
    "pass_on": Step(
        S.said,
        lambda w, a: (asks.pass_on, (a.pk,), {"team_id": w.boats.pk}),
        OFFICER,
        "ask.passed_on",
    ),
    "look_after": Step(
        not_good,
        lambda w, a: (asks.look_after, (a.pk, "sorry"), {}),
        ("marco", "for_ingrid", "wati"),
        "ask.looked_after",
    ),
    "verify_gloss": Step(
        by_machine,
        lambda w, a: (asks.verify_gloss, (a.pk,), {}),
        ("marco", "ingrid", "for_ingrid"),
        "ask.gloss_verified",
    ),
    "hear": Step(S.passed, lambda w, a: (asks.hear, (a.pk,), {}), TEAM, "ask.heard"),
    "accept": Step(
        S.passed, lambda w, a: (asks.accept, (a.pk,), {}), TEAM, "ask.accepted"
    ),
    "restate": Step(
        exact, lambda w, a: (asks.restate, (a.pk, DETAILS), {}), TEAM, "ask.restated"
    ),
    "confirm": Step(
        S.restated, lambda w, a: (asks.confirm, (a.pk,), {}), ASKER, "ask.confirmed"
    ),
    "correct": Step(
        S.restated,
        lambda w, a: (asks.correct, (a.pk, DETAILS), {}),
        ASKER,
        "ask.corrected",
    ),
    "bounce": Step(
        S.passed,
        lambda w, a: (asks.bounce, (a.pk, w.kitchen.pk, "theirs"), {}),
        TEAM,
        "ask.bounced",
    ),
    "make_exact": Step(
        S.passed,
        lambda w, a: (asks.make_exact, (a.pk, DETAILS), {}),
        ("marco", "for_ingrid", "bruna"),
        "ask.made_exact",
    ),
    "tell": Step(
        S.passed, lambda w, a: (asks.tell, (a.pk, "Soon"), {}), TEAM, "ask.told"
    ),
    "answer": Step(
        S.in_hand,
        lambda w, a: (asks.answer, (a.pk, "At pier B"), {}),
        TEAM,
        "ask.answered",
    ),
    "close": Step(
        S.answered, lambda w, a: (asks.close, (a.pk,), {}), ASKER, "ask.closed"
    ),
    "reopen": Step(
        S.answered,
        lambda w, a: (asks.reopen, (a.pk, "One boat only"), {}),
        ASKER,
        "ask.reopened",
    ),
    "withdraw": Step(
        S.passed, lambda w, a: (asks.withdraw, (a.pk,), {}), ASKER, "ask.withdrawn"
    ),
}

PEOPLE = ("ingrid", "marco", "for_ingrid", "bruna", "wati", "petra", "eve")
DISGUISES = (
    "signed in",
    "by link",
    "by telephone",
    "on Ingrid's word",
    "a feed",
    "the house",
)
