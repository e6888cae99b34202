"""From what happened to a template that says it, and nothing closed before."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.loop.drills import alarm, book
from tests.world import NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop.commands import lessons, playbooks
from titian.loop.commands.lessons import NotChanged
from titian.loop.models import Incident, Lesson, Playbook
from titian.loop.saying import BadHour

TOMORROW = NOON + timedelta(days=1)


def noted(world: World, **more: Any) -> Lesson:
    return lessons.note(
        world.event.pk,
        "Nobody had the key of the back gate",
        instead="The key hangs at the post",
        actor=world.bruna,
        at=NOON,
        **more,
    )


def taken(world: World, playbook: Playbook | None = None) -> Lesson:
    return lessons.take_up(
        noted(world).pk,
        owner_id=world.boats.pk,
        due_at=TOMORROW,
        playbook_id=playbook.pk if playbook else None,
        actor=world.wati,
        at=NOON,
    )


def write(world: World, playbook: Playbook) -> None:
    playbooks.write_line(
        playbook.pk,
        "key",
        what_en="Key at the post",
        minutes=3,
        actor=world.wati,
        at=NOON,
    )


def test_whoever_sits_at_a_desk_notes_a_lesson_of_an_incident_she_sees(
    world: World,
) -> None:
    incident = alarm(world)

    lesson = lessons.note(
        world.event.pk, "Late", incident_id=incident.pk, actor=world.wati, at=NOON
    )

    assert (lesson.incident, lesson.state) == (incident, "noted")
    with pytest.raises(Incident.DoesNotExist):
        noted(world, incident_id=incident.pk)


@pytest.mark.parametrize("who", ["ingrid", "marco", "eve"])
def test_nobody_else_notes_one_or_sees_one(world: World, who: str) -> None:
    noted(world)

    with pytest.raises(Forbidden):
        lessons.note(world.event.pk, "Late", actor=getattr(world, who), at=NOON)
    assert not Lesson.objects.visible_to(getattr(world, who)).exists()


def test_it_is_not_changed_while_the_template_is_as_it_was(world: World) -> None:
    fire = book(world, Playbook.Kind.EMERGENCY, alarm="fire", code="fire")
    lesson = taken(world, fire)

    with pytest.raises(NotChanged):
        lessons.change(lesson.pk, actor=world.bruna, at=NOON)
    write(world, fire)
    changed = lessons.change(lesson.pk, actor=world.bruna, at=NOON)

    assert (changed.state, changed.version, changed.changed_to) == ("changed", 1, 2)
    assert lessons.close(lesson.pk, actor=world.wati, at=NOON).settled_at == NOON


def test_reopened_it_needs_a_newer_template_again(world: World) -> None:
    fire = book(world, Playbook.Kind.EMERGENCY, alarm="fire", code="fire")
    lesson = taken(world, fire)
    write(world, fire)
    lessons.change(lesson.pk, actor=world.bruna, at=NOON)

    lessons.reopen(lesson.pk, "The wrong gate", actor=world.wati, at=NOON)

    with pytest.raises(NotChanged):
        lessons.change(lesson.pk, actor=world.bruna, at=NOON)


def test_without_a_template_words_say_what_is_otherwise(world: World) -> None:
    lesson = taken(world)

    with pytest.raises(NotChanged):
        lessons.change(lesson.pk, actor=world.bruna, at=NOON)
    assert lessons.change(lesson.pk, "A key", actor=world.bruna, at=NOON).settled_words


def test_nothing_is_closed_before_it_is_changed(world: World) -> None:
    with pytest.raises(IllegalMove):
        lessons.close(taken(world).pk, actor=world.wati, at=NOON)


def test_a_lesson_left_as_it_is_says_why(world: World) -> None:
    left = lessons.leave(noted(world).pk, "Too dear", actor=world.wati, at=NOON)

    assert (left.state, left.settled_words) == ("left", "Too dear")


@pytest.mark.parametrize("who", ["bruna", "petra", "marco"])
def test_only_a_coordinator_takes_it_up(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        lessons.take_up(
            noted(world).pk,
            owner_id=world.boats.pk,
            due_at=TOMORROW,
            actor=getattr(world, who),
            at=NOON,
        )


def test_another_team_does_not_say_it_is_changed(world: World) -> None:
    with pytest.raises(Forbidden):
        lessons.change(taken(world).pk, "Mine", actor=world.petra, at=NOON)


def test_it_is_due_in_the_future(world: World) -> None:
    with pytest.raises(BadHour):
        lessons.take_up(
            noted(world).pk,
            owner_id=world.boats.pk,
            due_at=NOON,
            actor=world.wati,
            at=NOON,
        )


def test_two_taps_note_it_once(world: World) -> None:
    key = uuid4()
    for _tap in range(2):
        lessons.note(world.event.pk, "Late", actor=world.bruna, at=NOON, key=key)

    assert Lesson.objects.count() == 1
