"""Whose a step is, and how it looks to the reckoning."""

from collections.abc import Iterable
from datetime import datetime

from titian.kernel import telling
from titian.kernel.actor import Actor
from titian.kernel.bilingual import in_language
from titian.kernel.models import Event
from titian.loop.models import Step
from titian.loop.policy import is_with
from titian.loop.timeline import Named, Node, RedPath, cause, red_path
from titian.people.policy import coordinates, sits_at, stands_for


def may_tick(actor: Actor, step: Step) -> bool:
    """The owner, be it a team, a party or a person; the delegation's LO; a coordinator.

    The LO only where the step is nobody else's: she does not tick for a team.
    """
    if step.owner_person_id is not None and _is_person(actor, step):
        return True
    if step.owner is not None and (
        sits_at(actor, step.owner, step.event) or stands_for(actor, step.owner)
    ):
        return True
    about = step.run.delegation
    is_los = step.owner_id is None and about is not None and is_with(actor, about)
    return is_los or coordinates(actor, step.event)


def may_slip(actor: Actor, step: Step) -> bool:
    """Whoever may tick it may also say that it will be later."""
    return may_tick(actor, step)


def moves_open_to(actor: Actor, step: Step) -> list[str]:
    """What the actor could do to the step now: one button each."""
    owner, over_all = may_tick(actor, step), coordinates(actor, step.event)
    sides = {"owner": owner, "coordinator": over_all}
    moves = [m.name for m in step.machine.moves_from(step.state) if sides[m.by]]
    return [*moves, "slip"] if owner and step.state == Step.State.OPEN else moves


def node_of(step: Step) -> Node:
    """The step as the reckoning sees it; what is dropped holds nothing up."""
    return Node(
        code=step.code,
        due_at=step.due_at,
        takes=step.takes,
        after=tuple(step.depends_on),
        done_at=step.done_at,
    )


def red_of(
    steps: Iterable[Step], event: Event, at: datetime
) -> tuple[RedPath, tuple[str, str]] | None:
    """The red path of one run's steps and its cause in English and Indonesian."""
    rows = list(steps)
    nodes = [node_of(step) for step in rows]
    path = red_path(nodes, at)
    if path is None:
        return None
    named = {step.code: _named(step) for step in rows}
    said = cause(path, nodes, named, at, lambda due: telling.day(event, due))
    return path, said


def owner_of(step: Step, language: str) -> str:
    """Whose it is, in "en" or "id"."""
    if step.owner_person is not None:
        return step.owner_person.display
    return in_language(step.owner, "name", language) if step.owner else "LO"


def _named(step: Step) -> Named:
    english, indonesian = (in_language(step, "what", name) for name in ("en", "id"))
    return Named(english, indonesian, owner_of(step, "en"), owner_of(step, "id"))


def _is_person(actor: Actor, step: Step) -> bool:
    return actor.on_word_of is None and actor.person_id == step.owner_person_id
