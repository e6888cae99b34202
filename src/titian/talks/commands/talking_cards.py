"""A talking card: drafted, approved by the one person named for it, or withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.models import Delegation, Person, Seat
from titian.people.queries import speaker
from titian.talks.models import Meeting, said
from titian.talks.models.card import POINTS_AT_MOST, WORDS_IN_A_POINT, TalkingCard
from titian.talks.policy import approves_card, drafts_card


class NotPlain(ValueError):
    """A point is too long to be said, or there are too many, or none."""


class WrongApprover(ValueError):
    """Who approves is somebody else than who drafts, and sits at the host's table."""


@dataclass(frozen=True, slots=True)
class Script:
    """What the card says: points with their steps, and what is not said."""

    title: str
    approver_id: int
    points: Sequence[tuple[str, str]]
    never: Sequence[str] = field(default=())
    meeting_id: int | None = None
    basis: str = "fact"


@transaction.atomic
def draft(
    delegation_id: int,
    script: Script,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> TalkingCard:
    """Write a card for speaking with a party; nobody carries it before it is approved.

    Raises ``Forbidden`` unless the actor is the party's officer on her own word,
    protocol or a coordinator; ``NotPlain``, ``WrongApprover``, ``Wordless``;
    ``Meeting.DoesNotExist`` for one where the party does not sit.
    """
    if entry := journal.replayed(key, "talking_card.drafted", None, actor=actor):
        return TalkingCard.objects.get(pk=entry.subject_id)

    delegation = Delegation.objects.select_related("event").get(pk=delegation_id)
    require(
        drafts_card(actor, delegation),
        _("Only the party's LO, protocol or a coordinator drafts a talking card."),
    )
    card = TalkingCard(event=delegation.event, delegation=delegation, version=0)
    return _write(card, script, "talking_card.drafted", actor=actor, at=at, key=key)


@transaction.atomic
def revise(
    card_id: int,
    script: Script,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> TalkingCard:
    """Write it anew: what was approved leaves the phones until it is approved again.

    Raises as ``draft`` does, and ``IllegalMove`` of a card that was withdrawn.
    """
    if journal.replayed(key, "talking_card.revised", card_id, actor=actor):
        return _card(card_id)

    card = _for_drafter(card_id, actor=actor)
    card.move("revise")
    return _write(card, script, "talking_card.revised", actor=actor, at=at, key=key)


@transaction.atomic
def approve(
    card_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> TalkingCard:
    """Let it go to the officers' phones; only who is named for it does."""
    if journal.replayed(key, "talking_card.approved", card_id, actor=actor):
        return _card(card_id)

    card = _locked(card_id)
    require(
        approves_card(actor, card),
        _("Only the person named for it approves this card."),
    )
    card.move("approve")
    card.approved_at = at
    return _keep(card, "talking_card.approved", actor=actor, at=at, key=key)


@transaction.atomic
def withdraw(
    card_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> TalkingCard:
    """Take it from the phones; it says nothing any more."""
    if journal.replayed(key, "talking_card.withdrawn", card_id, actor=actor):
        return _card(card_id)

    card = _for_drafter(card_id, actor=actor)
    card.move("withdraw")
    return _keep(card, "talking_card.withdrawn", actor=actor, at=at, key=key)


def _write(
    card: TalkingCard,
    script: Script,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> TalkingCard:
    author = speaker(actor)
    card.title = said(script.title, at_most=160)
    card.points = [[step, words] for step, words in _plain(script.points)]
    card.never = [said(words, at_most=300) for words in script.never if words.strip()]
    card.approver = _approver(card, script.approver_id, author)
    card.meeting = _meeting(card, script.meeting_id)
    card.drafted_by, card.drafted_at, card.basis = author, at, script.basis
    card.approved_at = None
    card.version += 1
    words = {"points": card.points, "never": card.never, "title": card.title}
    return _keep(card, verb, actor=actor, at=at, key=key, sealed=words)


def _plain(points: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The points in the order that persuades; raises for what nobody could say."""
    order = [str(step) for step in TalkingCard.Step]
    kept = [
        (str(TalkingCard.Step(step)), said(words, at_most=300))
        for step, words in points
        if words.strip()
    ]
    if not kept:
        raise NotPlain(_("Write at least one point."))
    if len(kept) > POINTS_AT_MOST:
        raise NotPlain(_("Write at most 12 points: nobody carries more in her head."))
    if any(len(words.split()) > WORDS_IN_A_POINT for _step, words in kept):
        raise NotPlain(_("Say each point in at most 25 words."))
    return sorted(kept, key=lambda point: order.index(point[0]))


def _approver(card: TalkingCard, person_id: int, author: Person) -> Person:
    seated = Seat.objects.filter(event=card.event, person=person_id)
    if person_id == author.pk or not seated.exists():
        raise WrongApprover(
            _("Name somebody else of the host's teams, who approves the card.")
        )
    return Person.objects.get(pk=person_id)


def _meeting(card: TalkingCard, meeting_id: int | None) -> Meeting | None:
    if meeting_id is None:
        return None
    rows = card.delegation.meetings_a.all() | card.delegation.meetings_b.all()
    return rows.get(pk=meeting_id)


def _keep(
    card: TalkingCard,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    sealed: dict[str, object] | None = None,
) -> TalkingCard:
    card.save()
    journal.write(
        verb,
        card,
        actor=actor,
        at=at,
        key=key,
        about=card.drafted_by_id if sealed else None,
        sealed=sealed,
        version=card.version,
    )
    return card


def _card(card_id: int) -> TalkingCard:
    rows = TalkingCard.objects.select_related("event", "delegation__party", "approver")
    return rows.get(pk=card_id)


def _locked(card_id: int) -> TalkingCard:
    TalkingCard.objects.select_for_update().get(pk=card_id)
    return _card(card_id)


def _for_drafter(card_id: int, *, actor: Actor) -> TalkingCard:
    card = _locked(card_id)
    require(
        drafts_card(actor, card.delegation),
        _("Only the party's LO, protocol or a coordinator drafts a talking card."),
    )
    return card
