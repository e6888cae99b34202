"""A hand-over begun, signed by both, let go, called off."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.journal import Owe
from titian.kernel.policy import require
from titian.loop.commands.handover_items import bring_up_to_date, list_all
from titian.loop.commands.passing import pass_asks, pass_promises
from titian.loop.handing import left_of
from titian.loop.holders import holders
from titian.loop.models import HandOver
from titian.loop.policy import HANDOVER_SIDES, HANDOVER_WORDS, may_begin_handover
from titian.people.commands.leaving import (
    LONGEST_REASON,
    StillOpen,
    pass_assignment,
    pass_hours,
    stay_on,
)
from titian.people.models import Assignment, Delegation, Duty, Officer, Seat
from titian.people.queries import Roster

DUE = "titian.loop.timers.handover_due"
AGAIN = timedelta(minutes=30)
"""So long a duty goes on that nobody has taken over, before it is said again."""
LEADING = ("leader", "lead")


class NoRelief(ValueError):
    """She who shall take over cannot: the sentence says why."""


@transaction.atomic
def begin(
    delegation_id: int,
    incoming_id: int,
    *,
    outgoing_id: int | None = None,
    is_for_good: bool = False,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> HandOver:
    """Open the list of what passes to the relief; without a name, from who holds it.

    Raises ``Forbidden`` unless the actor is one of the two or coordinates,
    ``NoRelief`` if either is not an officer of the delegation, ``IllegalMove`` if one
    is under way already.
    """
    rows = Delegation.objects.select_for_update(of=("self",), no_key=True)
    delegation = rows.select_related("event").get(pk=delegation_id)
    if entry := journal.replayed(key, "handover.opened", None, actor=actor):
        return HandOver.objects.get(pk=entry.subject_id)

    incoming = _officer_of(delegation, incoming_id)
    if outgoing_id is None:
        outgoing = holders([delegation.pk], at).get(delegation.pk)
    else:
        outgoing = _officer_of(delegation, outgoing_id)
    if outgoing is None or outgoing == incoming:
        raise NoRelief(_("An LO hands over to another LO of the same delegation."))
    require(
        may_begin_handover(actor, delegation, outgoing, incoming),
        _("Only the two LOs or a coordinator begin a hand-over."),
    )
    if delegation.handovers.live().exists():
        raise StillOpen(_("A hand-over of this delegation is under way already."))
    opened = HandOver(
        event=delegation.event,
        delegation=delegation,
        outgoing=outgoing,
        incoming=incoming,
        duty=_duty_of(outgoing, delegation, at),
        is_for_good=is_for_good,
        opened_at=at,
    )
    opened.save()
    items = list_all(opened, at=at)
    due: list[Owe] = (
        [(DUE, opened.duty.ends_at)] if opened.duty and opened.duty.ends_at > at else []
    )
    return _enter(
        opened, "handover.opened", actor=actor, at=at, key=key, owe=due, items=items
    )


@transaction.atomic
def hand_over(
    handover_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> HandOver:
    """She who leaves signs: she has said all she knows, and each was accepted.

    Raises ``StillOpen`` with what is not accepted, ``Forbidden`` for anybody else.
    """
    signed = _held(handover_id)
    if journal.replayed(key, "handover.handed", handover_id, actor=actor):
        return signed
    _require_side(actor, "hand_over", signed)
    state = HandOver.machine.after(signed.state, "hand_over")
    _require_all_accepted(signed, at=at)
    signed.state, signed.handed_at = state, at
    signed.save()
    return _enter(signed, "handover.handed", actor=actor, at=at, key=key)


@transaction.atomic
def take_over(
    handover_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> HandOver:
    """She who comes signs: the duty, the word given and the guest's ear are hers.

    Raises ``StillOpen`` while anything is not accepted, be it a minute old, or she has
    not agreed to accompany them; ``IllegalMove`` before the other has signed.
    """
    taken = _held(handover_id)
    if journal.replayed(key, "handover.taken", handover_id, actor=actor):
        return taken
    _require_side(actor, "take_over", taken)
    state = HandOver.machine.after(taken.state, "take_over")
    _require_agreed(taken)
    _require_all_accepted(taken, at=at)
    taken.state, taken.taken_at = state, at
    taken.save()
    pass_hours(taken.outgoing, taken.incoming, taken.delegation, at=at)
    if taken.is_for_good:
        pass_assignment(
            taken.outgoing, taken.incoming, taken.delegation, actor=actor, at=at
        )
    passed = pass_promises(taken, actor=actor, at=at)
    pass_asks(taken, actor=actor, at=at)
    return _enter(taken, "handover.taken", actor=actor, at=at, key=key, promises=passed)


@transaction.atomic
def let_go(
    handover_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> HandOver:
    """A coordinator lets her go who cannot hand over: she is ill. The reason is sealed.

    The roster calls the relief at once; the list stays open until she has accepted it
    and signed. Raises ``Forbidden``, ``NoRelief`` without a reason.
    """
    gone = _held(handover_id)
    if journal.replayed(key, "handover.let_go", handover_id, actor=actor):
        return gone
    _require_side(actor, "let_go", gone)
    state = HandOver.machine.after(gone.state, "let_go")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise NoRelief(_("Say in a few words why the LO goes without handing over."))
    left = len(left_of(gone))
    gone.state, gone.let_go_at = state, at
    gone.save()
    pass_hours(gone.outgoing, gone.incoming, gone.delegation, at=at)
    words = {"override": reason.strip()}
    return _enter(
        gone, "handover.let_go", words, actor=actor, at=at, key=key, left=left
    )


@transaction.atomic
def call_off(
    handover_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> HandOver:
    """It does not take place: she who was to leave stays.

    Raises ``Forbidden`` for anybody but who leaves or a coordinator, ``IllegalMove``
    once it is over.
    """
    off = _held(handover_id)
    if journal.replayed(key, "handover.called_off", handover_id, actor=actor):
        return off
    _require_side(actor, "call_off", off)
    off.state = HandOver.machine.after(off.state, "call_off")
    off.called_off_at = at
    off.save()
    return _enter(off, "handover.called_off", actor=actor, at=at, key=key)


@transaction.atomic
def miss_the_hour(handover_id: int, *, at: datetime, key: UUID) -> None:
    """The duty has ended and nobody has taken it over: it goes on, and leaders hear."""
    late = _held(handover_id)
    if journal.replayed(key, "handover.late", handover_id, actor=HOUSE):
        return
    if late.duty_id is not None:
        stay_on(late.duty_id, at + AGAIN)
    _enter(
        late,
        "handover.late",
        actor=HOUSE,
        at=at,
        key=key,
        owe=[(DUE, at + AGAIN)],
        called=called_above(late.delegation, at),
        left=len(left_of(late)),
    )


def called_above(delegation: Delegation, at: datetime) -> list[int]:
    """The leader and the lead of that minute, and the coordinators, as people."""
    above = [one.person.pk for one in Roster(delegation).at(at) if one.role in LEADING]
    over = Seat.objects.filter(event=delegation.event, role=Seat.Role.COORDINATOR)
    return list(dict.fromkeys([*above, *over.values_list("person", flat=True)]))


def _held(handover_id: int) -> HandOver:
    rows = HandOver.objects.select_related(
        "event", "delegation__event", "outgoing__person", "incoming__person", "duty"
    )
    return rows.select_for_update(of=("self",)).get(pk=handover_id)


def _officer_of(delegation: Delegation, officer_id: int) -> Officer:
    held = Assignment.objects.filter(
        officer=officer_id, delegation=delegation, relieved_at=None
    ).exclude(consent=Assignment.Consent.DECLINED)
    found = held.select_related("officer__person").first()
    if found is None:
        raise NoRelief(_("An LO hands over to another LO of the same delegation."))
    return found.officer


def _duty_of(officer: Officer, delegation: Delegation, at: datetime) -> Duty | None:
    """The duty that ends with it: the one that runs."""
    running = Duty.objects.filter(
        officer=officer,
        delegation=delegation,
        withdrawn_at=None,
        starts_at__lte=at,
        ends_at__gt=at,
    )
    return running.order_by("mode", "pk").first()


def _require_side(actor: Actor, name: str, row: HandOver) -> None:
    side = HandOver.machine[name].by
    require(HANDOVER_SIDES[side](actor, row), str(HANDOVER_WORDS[side]))


def _require_all_accepted(row: HandOver, *, at: datetime) -> None:
    bring_up_to_date(row, at=at)
    if left_of(row):
        raise StillOpen(_sentence(row))


def _sentence(row: HandOver) -> str:
    left = left_of(row)
    shown = "; ".join(one.what[:60] for one in left[:5])
    return _("The relief has not accepted these yet: %(things)s.") % {"things": shown}


def _require_agreed(row: HandOver) -> None:
    agreed = Assignment.objects.filter(
        officer=row.incoming,
        delegation=row.delegation,
        relieved_at=None,
        consent=Assignment.Consent.AGREED,
    )
    if not agreed.exists():
        raise StillOpen(_("Say first that you accompany this delegation."))


def _enter(
    row: HandOver,
    verb: str,
    words: Mapping[str, object] | None = None,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    owe: list[Owe] | None = None,
    **facts: Any,
) -> HandOver:
    journal.write(
        verb,
        row,
        actor=actor,
        at=at,
        key=key,
        about=row.outgoing.person_id if words else None,
        sealed=words,
        owe=owe or [],
        state=row.state,
        outgoing=row.outgoing_id,
        incoming=row.incoming_id,
        **facts,
    )
    return row
