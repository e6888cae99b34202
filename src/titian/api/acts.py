"""The acts' door: each with its key and its moment, each with one outcome."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from titian.api import bilaterals, handing, meetings
from titian.api.subjects import NotSeen, subject_for
from titian.briefing.commands import cards, copies, devices, press, tidings
from titian.kernel.actor import Actor
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.logistics.commands import journeys
from titian.loop.commands import (
    asks,
    confirmations,
    drafts,
    feedback,
    incidents,
    promises,
    roll,
    steps,
)
from titian.people.commands import assignments
from titian.people.models import Member
from titian.rules.commands import advising

Command = Callable[..., object]

COMMANDS: dict[str, tuple[str, Command]] = {
    "journey.mark": ("journey", journeys.mark),
    "journey.take_back": ("journey", journeys.take_back),
    "ask.ask": ("delegation", asks.ask),
    "ask.pass_on": ("ask", asks.pass_on),
    "ask.hear": ("ask", asks.hear),
    "ask.accept": ("ask", asks.accept),
    "ask.restate": ("ask", asks.restate),
    "ask.confirm": ("ask", asks.confirm),
    "ask.correct": ("ask", asks.correct),
    "ask.bounce": ("ask", asks.bounce),
    "ask.tell": ("ask", asks.tell),
    "ask.verify_gloss": ("ask", asks.verify_gloss),
    "ask.answer": ("ask", asks.answer),
    "ask.close": ("ask", asks.close),
    "ask.reopen": ("ask", asks.reopen),
    "ask.withdraw": ("ask", asks.withdraw),
    "ask.hurry": ("ask", asks.hurry),
    "ask.look_after": ("ask", asks.look_after),
    "ask.propose": ("ask", drafts.want),
    "ask.take_over": ("ask", drafts.take_over),
    "ask.dismiss": ("ask", drafts.dismiss),
    "ask.make_exact": ("ask", asks.make_exact),
    "ask.pause": ("ask", asks.pause),
    "rule.ask": ("delegation", advising.question),
    "ask.resume": ("ask", asks.resume),
    "ask.merge": ("ask", asks.merge),
    "ask.unmerge": ("ask", asks.unmerge),
    "ask.split": ("ask", asks.split),
    "promise.promise": ("delegation", promises.promise),
    "promise.keep": ("promise", promises.keep),
    "promise.break_off": ("promise", promises.break_off),
    "promise.give_word": ("promise", promises.give_word),
    "confirmation.confirm": ("confirmation", confirmations.confirm),
    "copy.acknowledge": ("copy", copies.acknowledge),
    "copy.read": ("copy", copies.read),
    "device.subscribe": ("person", devices.subscribe),
    "device.unsubscribe": ("device", devices.unsubscribe),
    "tiding.see": ("tiding", tidings.see),
    "ask.divert": ("ask", press.divert),
    "card.send_card": ("delegation", cards.send_card),
    "incident.raise_alarm": ("delegation", incidents.raise_alarm),
    "feedback.give": ("delegation", feedback.give),
    "roll.answer": ("roll", roll.answer_all),
    "step.tick": ("step", steps.tick),
    "step.untick": ("step", steps.untick),
    "officer.agree_to_all": ("officer", assignments.agree_to_all),
    "assignment.agree": ("assignment", assignments.agree),
    "assignment.decline": ("assignment", assignments.decline),
    **handing.COMMANDS,
    **meetings.COMMANDS,
    **bilaterals.COMMANDS,
}
"""What may come through this door: the command, and what kind of row it is about."""

MOMENTS = frozenset({"until", "due_at", "happened_at", "expected_at"})


class Outcome(StrEnum):
    """How an act ended; every one of them is an answer, none is a lost message."""

    KEPT = "kept"
    REFUSED = "refused"  # 403
    TOO_LATE = "too_late"  # 409
    UNSEEN = "unseen"  # 404
    INVALID = "invalid"  # 422


STATUS = {
    Outcome.KEPT: 200,
    Outcome.REFUSED: 403,
    Outcome.TOO_LATE: 409,
    Outcome.UNSEEN: 404,
    Outcome.INVALID: 422,
}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody did, as the phone's own outbox remembers it."""

    key: UUID
    command: str
    subject_id: int
    at: datetime
    arguments: Mapping[str, object] = field(default_factory=dict)
    on_word_of: int | None = None
    means: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome, and a sentence to show when it is not kept."""

    outcome: Outcome
    sentence: str = ""
    subject_id: int | None = None


def perform(act: Act, *, actor: Actor) -> Answer:
    """Carry out one act once: a retry with the same key gives the same answer."""
    if act.command not in COMMANDS:
        return Answer(Outcome.INVALID, _("This act is not known here."))
    if act.at.tzinfo is None:
        return Answer(Outcome.INVALID, _("A moment needs its zone."))
    if not all(_is_plain(value) for value in act.arguments.values()):
        return Answer(Outcome.INVALID, _("This act says something it cannot say."))
    try:
        return _perform(act, actor)
    except IntegrityError:  # the same act arrived twice at once: now it is a replay
        return _perform(act, actor)


def _perform(act: Act, actor: Actor) -> Answer:
    kind, command = COMMANDS[act.command]
    try:
        subject_for(kind, act.subject_id, actor)
        made = command(
            act.subject_id,
            **_arguments(act),
            actor=_speaking(act, actor),
            at=act.at,
            key=act.key,
        )
    except (NotSeen, ObjectDoesNotExist):
        return Answer(Outcome.UNSEEN, _("There is nothing here that you may see."))
    except Forbidden as why:
        return Answer(Outcome.REFUSED, str(why))
    except IllegalMove as why:
        return Answer(Outcome.TOO_LATE, _too_late(why))
    except KeyReused:
        return Answer(Outcome.INVALID, _("This key was used for another act."))
    except (AttributeError, TypeError, ValueError) as why:  # not of the act's shape
        return Answer(Outcome.INVALID, _sentence(why))
    except (DataError, OverflowError):  # further than the database or the calendar
        return Answer(Outcome.INVALID, _("This act says something it cannot say."))
    return Answer(Outcome.KEPT, subject_id=getattr(made, "pk", None))


def _too_late(why: IllegalMove) -> str:
    """A room's own kind of lateness brings its sentence; the bare kind names states."""
    if type(why) is not IllegalMove:
        return str(why)
    return _("Somebody was faster, or it has moved on. Look again.")


def _is_plain(value: object) -> bool:
    """Words, a choice, fields, rows: a row is named by a number, which is no word."""
    if isinstance(value, list):
        return all(isinstance(one, int) for one in value)
    if isinstance(value, dict):
        return all(isinstance(word, str) for word in value.values())
    return value is None or isinstance(value, str | bool | int)


def _sentence(why: Exception) -> str:
    if not isinstance(why, ValueError):
        return _("Something needed for this act is missing.")
    return str(why)


def _arguments(act: Act) -> dict[str, object]:
    """The arguments, with moments read as moments."""
    return {
        name: _moment(value) if name in MOMENTS and value else value
        for name, value in act.arguments.items()
    }


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError(_("A moment needs its zone."))
    return moment


def _speaking(act: Act, actor: Actor) -> Actor:
    """The actor, or the actor on a guest's word; whose word, the commands check."""
    if act.on_word_of in (None, actor.person_id):  # nobody brings her own word
        return actor
    if not Member.objects.filter(person=act.on_word_of).exists():
        raise NotSeen
    return actor.passing_on(act.on_word_of, means=act.means or "face")
