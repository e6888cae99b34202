"""What should be otherwise next time: followed until the template says it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.models import Incident, Lesson, Playbook
from titian.people.policy import coordinates, keeps_any_seat, sits_at
from titian.people.queries import speaker


class NotChanged(ValueError):
    """The template is as it was; its argument is a sentence."""


@transaction.atomic
def note(
    event_id: int,
    what: str,
    *,
    instead: str = "",
    incident_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Lesson:
    """Write a lesson down, of an incident or of the day.

    Raises ``Forbidden`` unless the actor has a seat at the event, ``Empty``.
    """
    event = Event.objects.get(pk=event_id)
    if entry := journal.replayed(key, "lesson.noted", None, actor=actor):
        return Lesson.objects.get(pk=entry.subject_id)
    require(keeps_any_seat(actor, event), _("Only who works at a desk notes lessons."))
    incident = None
    if incident_id is not None:
        seen = Incident.objects.visible_to(actor).filter(event=event)
        incident = seen.get(pk=incident_id)
    lesson = Lesson(
        event=event,
        incident=incident,
        what=saying.some(what)[:300],
        instead=saying.at_most(instead)[:300],
        noted_by=speaker(actor),
        noted_at=at,
    )
    return _keep(lesson, "lesson.noted", actor=actor, at=at, key=key, words=lesson.what)


@transaction.atomic
def take_up(
    lesson_id: int,
    *,
    owner_id: int,
    due_at: datetime,
    playbook_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Lesson:
    """Give it to a team by an hour, for the template that must say it.

    Raises ``Forbidden`` unless the actor coordinates, ``NoTeam``, ``BadHour``,
    ``IllegalMove``.
    """
    lesson = _locked(lesson_id)
    if journal.replayed(key, "lesson.taken_up", lesson_id, actor=actor):
        return lesson
    _require_coordinator(actor, lesson)
    lesson.move("take_up")
    lesson.owner = routing.inner_team(owner_id)
    lesson.due_at = saying.hour_after(due_at, at)
    if playbook_id is not None:
        books = Playbook.objects.filter(event=lesson.event)
        lesson.playbook = books.get(pk=playbook_id)
        lesson.version = lesson.playbook.version
    return _keep(lesson, "lesson.taken_up", actor=actor, at=at, key=key)


@transaction.atomic
def change(
    lesson_id: int,
    words: str = "",
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Lesson:
    """Say that the template has it now.

    Raises ``NotChanged`` while the template is as it was when the lesson was taken
    up, or without words where no template was named; ``Forbidden`` unless the actor
    sits at the owning team or coordinates.
    """
    lesson = _locked(lesson_id)
    if journal.replayed(key, "lesson.changed", lesson_id, actor=actor):
        return lesson
    is_owner = lesson.owner is not None and sits_at(actor, lesson.owner, lesson.event)
    right = is_owner or coordinates(actor, lesson.event)
    require(right, _("Only the team that has the lesson says so."))
    lesson.move("change")
    if lesson.playbook is None and not words.strip():
        raise NotChanged(_("Say in a few words what is otherwise now."))
    if lesson.playbook is not None:
        if lesson.playbook.version <= (lesson.version or 0):
            raise NotChanged(_("The template is as it was. Change it first."))
        lesson.changed_to = lesson.playbook.version
    lesson.settled_words = saying.at_most(words)[:300]
    return _keep(
        lesson,
        "lesson.changed",
        actor=actor,
        at=at,
        key=key,
        words=lesson.settled_words,
        version=lesson.changed_to,
    )


@transaction.atomic
def close(
    lesson_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Lesson:
    """Say that it is good: the next event has it."""
    return _settle(lesson_id, "close", "lesson.closed", "", actor=actor, at=at, key=key)


@transaction.atomic
def leave(
    lesson_id: int, words: str, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Lesson:
    """Leave things as they are, and say why."""
    said = saying.some(words)[:300]
    return _settle(lesson_id, "leave", "lesson.left", said, actor=actor, at=at, key=key)


@transaction.atomic
def reopen(
    lesson_id: int, words: str, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Lesson:
    """Say that it is not good yet, and why; the template must change once more."""
    said = saying.some(words)[:300]
    lesson = _settle(
        lesson_id, "reopen", "lesson.reopened", said, actor=actor, at=at, key=key
    )
    if lesson.playbook is not None and lesson.version != lesson.playbook.version:
        lesson.version = lesson.playbook.version
        lesson.save(update_fields=["version"])
    return lesson


def _settle(
    lesson_id: int,
    name: str,
    verb: str,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Lesson:
    lesson = _locked(lesson_id)
    if journal.replayed(key, verb, lesson_id, actor=actor):
        return lesson
    _require_coordinator(actor, lesson)
    lesson.move(name)
    lesson.settled_at = None if name == "reopen" else at
    lesson.settled_words = words or lesson.settled_words
    return _keep(lesson, verb, actor=actor, at=at, key=key, words=words)


def _require_coordinator(actor: Actor, lesson: Lesson) -> None:
    require(coordinates(actor, lesson.event), _("Only a coordinator decides this."))


def _locked(lesson_id: int) -> Lesson:
    rows = Lesson.objects.select_for_update(of=("self",))
    return rows.select_related("event", "playbook", "owner").get(pk=lesson_id)


def _keep(
    lesson: Lesson,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    words: str = "",
    **facts: Any,
) -> Lesson:
    lesson.save()
    journal.write(
        verb,
        lesson,
        actor=actor,
        at=at,
        key=key,
        about=actor.person_id if words else None,
        sealed={"words": words} if words else None,
        state=lesson.state,
        **facts,
    )
    return lesson
