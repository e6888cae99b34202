"""What a meeting decided somebody will do becomes a request."""

from uuid import UUID

import pytest

from tests.talks.paper import verbs
from tests.talks.table import PLAN, called
from tests.world import HOUR, NOON, World
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop.models import Ask
from titian.people.models import Delegation
from titian.talks.commands.action_points import act_on
from titian.talks.commands.meetings import call_off
from titian.talks.models import ActionPoint, Meeting

KEY_OF_IT = UUID(int=21)
WORDS = "Lend us two oars"


@pytest.fixture
def meeting(world: World) -> Meeting:
    return called(world)


def decide(
    meeting: Meeting, world: World, actor: Actor, **other: object
) -> ActionPoint:
    return act_on(
        meeting.pk,
        WORDS,
        world.arunika.pk,
        team_id=world.boats.pk,
        title="Oars",
        due_at=PLAN.ends_at + HOUR,
        actor=actor,
        at=NOON,
        **other,  # type: ignore[arg-type]
    )


def test_an_action_point_is_an_ask_with_the_team(
    world: World, meeting: Meeting
) -> None:
    point = decide(meeting, world, world.for_ingrid)

    asked = Ask.objects.get()
    assert (point.ask, point.meeting) == (asked, meeting)
    assert (asked.state, asked.owner, asked.words, asked.due_at) == (
        "passed",
        world.boats,
        WORDS,
        PLAN.ends_at + HOUR,
    )
    assert verbs()[2:] == ["ask.said", "ask.passed_on", "meeting.acted_on"]


def test_a_retry_makes_no_second_ask(world: World, meeting: Meeting) -> None:
    first, again = (
        decide(meeting, world, world.for_ingrid, key=KEY_OF_IT) for _time in range(2)
    )

    assert (first, Ask.objects.count()) == (again, 1)


@pytest.mark.parametrize("who", ["marco", "ingrid", "wati", "bruna", "eve"])
def test_only_the_officer_on_the_guests_word_writes_one(
    world: World, meeting: Meeting, who: str
) -> None:
    with pytest.raises(Forbidden):
        decide(meeting, world, getattr(world, who))

    assert Ask.objects.count() == 0


def test_it_belongs_to_one_of_the_two_sides(world: World, meeting: Meeting) -> None:
    absent = Delegation.objects.create(
        party=world.boats, event=world.event, level="minister"
    )

    with pytest.raises(Delegation.DoesNotExist):
        act_on(meeting.pk, WORDS, absent.pk, actor=world.for_ingrid, at=NOON)


def test_an_officer_decides_nothing_for_the_other_side(
    world: World, meeting: Meeting
) -> None:
    with pytest.raises(Forbidden):
        act_on(meeting.pk, WORDS, world.selaya.pk, actor=world.for_ingrid, at=NOON)


def test_nothing_follows_from_what_was_called_off(
    world: World, meeting: Meeting
) -> None:
    call_off(meeting.pk, "Storm", actor=world.wati, at=NOON)

    with pytest.raises(IllegalMove):
        decide(meeting, world, world.for_ingrid)
