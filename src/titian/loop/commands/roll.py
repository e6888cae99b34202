"""A muster: calling, answering by tap or SMS, and naming who is silent."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.clock import zone_of
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop import codes, saying
from titian.loop.commands.thread import take_number
from titian.loop.models import Incident, Roll, RollAnswer
from titian.loop.policy import is_with
from titian.people.models import Delegation
from titian.people.policy import coordinates, sits_at
from titian.people.queries import speaker

ROLL_SILENT = "titian.loop.falls_due.roll_silent"
SILENT_AFTER = timedelta(minutes=5)


class NobodyCalled(ValueError):
    """A call without delegations; its argument is a sentence."""


@transaction.atomic
def call_roll(
    event_id: int,
    delegation_ids: Iterable[int],
    *,
    area: str = "",
    incident_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Roll:
    """Ask the officers of these delegations at once: safe, missing, injured?

    Who has not answered within five minutes is named to the coordinators. Raises
    ``Forbidden`` unless the actor coordinates, commands the incident or sits at its
    team; ``NobodyCalled`` without delegations of the event.
    """
    event = take_number(event_id)
    if entry := journal.replayed(key, "roll.called", None, actor=actor):
        return Roll.objects.get(pk=entry.subject_id)
    incident = _incident(event_id, incident_id)
    right = coordinates(actor, event) or _leads(actor, incident)
    require(right, _("Only a coordinator calls the roll, or who commands."))
    asked = Delegation.objects.filter(event=event, pk__in=list(delegation_ids))
    if not asked:
        raise NobodyCalled(_("Choose at least one delegation to be asked."))
    last = event.rolls.aggregate(last=Max("number"))["last"] or 0
    called = Roll.objects.create(
        event=event,
        number=last + 1,
        incident=incident,
        area=saying.at_most(area)[:120],
        called_by=speaker(actor),
        called_at=at,
    )
    RollAnswer.objects.bulk_create(
        RollAnswer(roll=called, delegation=one) for one in asked.order_by("pk")
    )
    _enter(called, "roll.called", actor=actor, at=at, key=key, timer=True)
    return called


@transaction.atomic
def answer(
    roll_id: int,
    delegation_id: int,
    word: str,
    *,
    people: int | None = None,
    place: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> RollAnswer:
    """Say that the guests are safe, or that some are missing or injured.

    The word said last counts, in whatever order words arrive; one said before it is
    kept in the journal alone. A call that is closed still takes answers: a late word
    of somebody missing must never be lost. Raises ``Forbidden`` unless the actor is
    with the delegation or coordinates, ``Unknown`` for another word or number.
    """
    rows = RollAnswer.objects.select_for_update(of=("self",))
    given = rows.select_related("roll__event", "delegation__party").get(
        roll=roll_id, delegation=delegation_id
    )
    if journal.replayed(key, "roll.answered", given.pk, actor=actor):
        return given
    right = is_with(actor, given.delegation) or coordinates(actor, given.event)
    require(right, _("Only the LO of this delegation answers, or a coordinator."))
    said = saying.one_of(RollAnswer.Word, word)
    if people is not None and not 0 <= people <= 99_999:
        raise saying.Unknown(_("Say how many people as a number."))
    is_news = given.said_at is None or at >= given.said_at
    if is_news:
        given.word, given.people, given.said_at = said, people, at
        given.place = saying.at_most(place)[:120]
        given.said_by = speaker(actor)
        given.save()
    journal.write(
        "roll.answered",
        given,
        actor=actor,
        at=at,
        key=key,
        roll=given.roll.number,
        word=said,
        people=people,
        counts=is_news,
    )
    return given


@transaction.atomic
def answer_all(
    roll_id: int,
    word: str,
    *,
    people: int | None = None,
    delegation_id: int | None = None,
    place: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> RollAnswer:
    """The one tap of the phone: for the officer's own delegation in this call.

    Raises ``Forbidden`` if none of the call is hers, or ``delegation_id`` is not.
    """
    rows = RollAnswer.objects.filter(roll=roll_id).select_related("delegation__party")
    if delegation_id is not None:
        rows = rows.filter(delegation=delegation_id)
    mine = [one for one in rows if is_with(actor, one.delegation)]
    require(bool(mine), _("Only the LO of this delegation answers, or a coordinator."))
    return answer(
        roll_id,
        mine[0].delegation_id,
        word,
        people=people,
        place=place,
        actor=actor,
        at=at,
        key=key,
    )


def answer_by_text(
    event_id: int,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> RollAnswer:
    """The answer that a text with the short code gives, as at its own hour.

    Raises ``codes.Unread`` without a code or with a garbled one,
    ``RollAnswer.DoesNotExist`` for another call or party, and what ``answer`` raises.
    """
    read = codes.read_answer(text)
    asked = RollAnswer.objects.select_related("roll__event").get(
        roll__event=event_id,
        roll__number=read.roll,
        delegation__party__code__iexact=read.party,
    )
    return answer(
        asked.roll_id,
        asked.delegation_id,
        read.word,
        people=read.people,
        actor=actor,
        at=min(at, read.moment(at, zone_of(asked.event))),
        key=key,
    )


@transaction.atomic
def stand_down(
    roll_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Roll:
    """Say that the call is over, whoever is still silent."""
    called = _locked(roll_id)
    if journal.replayed(key, "roll.stood_down", roll_id, actor=actor):
        return called
    _require_leading(actor, called)
    called.state = called.machine.after(called.state, "stand_down")
    called.closed_at = at
    called.save()
    _enter(called, "roll.stood_down", actor=actor, at=at, key=key)
    return called


@transaction.atomic
def call_again(
    roll_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Roll:
    """Open a call again; the silent are asked once more."""
    called = _locked(roll_id)
    if journal.replayed(key, "roll.called_again", roll_id, actor=actor):
        return called
    _require_leading(actor, called)
    called.state = called.machine.after(called.state, "call_again")
    called.closed_at = None
    called.save()
    _enter(called, "roll.called_again", actor=actor, at=at, key=key, timer=True)
    return called


@transaction.atomic
def note_the_silent(roll_id: int, *, at: datetime, key: UUID) -> Roll:
    """Name those who have not answered, and look again five minutes later."""
    called = _locked(roll_id)
    if not journal.replayed(key, "roll.silent", roll_id, actor=HOUSE):
        silent = called.answers.filter(word="").values_list("delegation", flat=True)
        _enter(
            called,
            "roll.silent",
            actor=HOUSE,
            at=at,
            key=key,
            timer=True,
            silent=silent,
        )
    return called


def _incident(event_id: int, incident_id: int | None) -> Incident | None:
    if incident_id is None:
        return None
    rows = Incident.objects.select_related("ask__owner", "event")
    found = rows.get(pk=incident_id, event=event_id)
    if found.is_over:
        raise IllegalMove("it is over")
    return found


def _leads(actor: Actor, incident: Incident | None) -> bool:
    if incident is None:
        return False
    team = incident.ask.owner
    at_team = team is not None and sits_at(actor, team, incident.event)
    is_hers = actor.on_word_of is None and actor.person_id == incident.commander_id
    return at_team or (is_hers and actor.person_id is not None)


def _require_leading(actor: Actor, called: Roll) -> None:
    right = coordinates(actor, called.event) or _leads(actor, called.incident)
    require(right, _("Only a coordinator does this, or who commands."))


def _locked(roll_id: int) -> Roll:
    rows = Roll.objects.select_for_update(of=("self",))
    return rows.select_related("event", "incident__ask__owner").get(pk=roll_id)


def _enter(
    called: Roll,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    timer: bool = False,
    silent: Iterable[int] = (),
) -> None:
    journal.write(
        verb,
        called,
        actor=actor,
        at=at,
        key=key,
        owe=[(ROLL_SILENT, at + SILENT_AFTER)] if timer else [],
        number=called.number,
        silent=list(silent),
    )
