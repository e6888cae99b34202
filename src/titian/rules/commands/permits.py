"""What is declared, and the leave that is sought for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.models import Basis
from titian.kernel.policy import require
from titian.loop import routing
from titian.people.models import Delegation
from titian.people.queries import speaker
from titian.rules.models import Item, Permit
from titian.rules.models.permit import DESKS, LEAD_DAYS
from titian.rules.permits import apply_by
from titian.rules.policy import is_the_desk, is_the_guests
from titian.rules.queries import article_for

PERMIT_DUE = "titian.rules.timers.permit_due"
WORDS_AT_MOST = 300
MOST = 999
DAY = timedelta(days=1)


class NotDeclared(ValueError):
    """What was said declares nothing; its argument is a sentence for who said it."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is brought along: which kind, how many, what exactly, needed by when."""

    kind: str
    how_many: int = 1
    words: str = ""
    needed_on: date | None = None


@transaction.atomic
def declare(
    delegation_id: int,
    declared: Declared,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Permit:
    """Enter what a delegation brings that needs leave; as often as it declares.

    The article that asks for the permit says how early it must be applied for; where
    none does, our own estimate. Raises ``Forbidden`` unless a guest, the officer on the
    guest's word, or a coordinator declares; ``NotDeclared`` without a kind, a number or
    a day.
    """
    rows = Delegation.objects.select_related("party", "event")
    delegation = rows.get(pk=delegation_id)
    if done := journal.replayed(key, "permit.declared", None, actor=actor):
        return Permit.objects.get(pk=done.subject_id)

    require(
        is_the_guests(actor, delegation),
        _("Only the guests declare what they bring, or a coordinator for them."),
    )
    permit = _permit(delegation, declared, actor, at)
    permit.save()
    journal.write(
        "permit.declared",
        permit,
        actor=actor,
        at=at,
        key=key,
        about=permit.declared_by_id,
        sealed={"words": permit.words},
        owe=[(PERMIT_DUE, hour) for hour in _hours(permit, at)],
        kind=permit.kind,
    )
    return permit


@transaction.atomic
def apply(
    permit_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Permit:
    """Enter that the paper is at the authority."""
    permit = _for_desk(permit_id, actor)
    if journal.replayed(key, "permit.applied_for", permit_id, actor=actor):
        return permit
    permit.move("apply")
    permit.applied_at, permit.settled_at, permit.reason = at, None, ""
    return _keep("permit.applied_for", permit, actor, at, key)


@transaction.atomic
def grant(
    permit_id: int,
    number: str = "",
    *,
    valid_to: date | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Permit:
    """Enter that the authority gave leave, under which number and until when."""
    permit = _for_desk(permit_id, actor)
    if journal.replayed(key, "permit.granted", permit_id, actor=actor):
        return permit
    permit.move("grant")
    permit.settled_at, permit.number, permit.valid_to = at, number[:80], valid_to
    return _keep("permit.granted", permit, actor, at, key)


@transaction.atomic
def refuse(
    permit_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Permit:
    """Enter that the authority said no, or took its leave back, and why."""
    permit = _for_desk(permit_id, actor)
    if journal.replayed(key, "permit.refused", permit_id, actor=actor):
        return permit
    if not reason.strip():
        raise NotDeclared(_("Say why in a few words: the guests read it."))
    permit.move("refuse")
    permit.settled_at, permit.reason = at, reason.strip()[:WORDS_AT_MOST]
    return _keep("permit.refused", permit, actor, at, key)


@transaction.atomic
def withdraw(
    permit_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Permit:
    """Enter that it is not brought along after all; asks nobody for a paper more."""
    permit = _locked(permit_id)
    if journal.replayed(key, "permit.withdrawn", permit_id, actor=actor):
        return permit
    require(
        is_the_guests(actor, permit),
        _("Only the guests say what they leave at home, or a coordinator for them."),
    )
    permit.move("withdraw")
    permit.settled_at = at
    return _keep("permit.withdrawn", permit, actor, at, key)


MOVES: dict[str, Callable[..., Permit]] = {
    "apply": apply,
    "grant": grant,
    "refuse": refuse,
    "withdraw": withdraw,
}


def _permit(
    delegation: Delegation, said: Declared, actor: Actor, at: datetime
) -> Permit:
    if said.kind not in Item.values or not 0 < said.how_many <= MOST:
        raise NotDeclared(_("Say what is brought, and how many of it."))
    event = delegation.event
    today = clock.local(event, at).date()
    needed_on = said.needed_on or event.starts_on or today
    article = article_for(delegation, said.kind, today)
    given = article.lead_days if article and article.lead_days else None
    return Permit(
        event=event,
        delegation=delegation,
        kind=said.kind,
        how_many=said.how_many,
        words=said.words.strip()[:WORDS_AT_MOST],
        desk=routing.called(DESKS[said.kind], routing.COORDINATION),
        article=article,
        needed_on=needed_on,
        lead_days=given or LEAD_DAYS[said.kind],
        declared_by=speaker(actor),
        declared_at=at,
        basis=Basis.SYNTHETIC if delegation.is_exercise else Basis.FACT,
    )


def _hours(permit: Permit, at: datetime) -> list[datetime]:
    """When somebody looks: after the last day to apply, and a day before the need."""
    last = apply_by(permit.needed_on, permit.lead_days)
    after = clock.day_of(permit.event, last)[1]
    close = clock.day_of(permit.event, permit.needed_on - DAY)[0]
    return sorted({max(after, at), max(close, at)})


def _locked(permit_id: int) -> Permit:
    Permit.objects.select_for_update().get(pk=permit_id)
    rows = Permit.objects.select_related("event", "delegation__party", "desk")
    return rows.get(pk=permit_id)


def _for_desk(permit_id: int, actor: Actor) -> Permit:
    permit = _locked(permit_id)
    require(
        is_the_desk(actor, permit),
        _("Only the team that brings it to the authority does this."),
    )
    return permit


def _keep(
    verb: str, permit: Permit, actor: Actor, at: datetime, key: UUID | None
) -> Permit:
    permit.save()
    journal.write(verb, permit, actor=actor, at=at, key=key, state=permit.state)
    return permit
