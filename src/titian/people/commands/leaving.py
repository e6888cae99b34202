"""Ending a duty: nobody leaves before the relief has accepted what is open."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.people.commands.hours import cut_out, part_of
from titian.people.models import Assignment, Delegation, Duty, Officer
from titian.people.policy import coordinates, is_the_officer

LONGEST_REASON = 2000


class StillOpen(IllegalMove):
    """Something is open that nobody has accepted; its argument is the sentence."""


def require_handed_over(
    officer: Officer, delegation: Delegation, *, at: datetime, reason: str = ""
) -> bool:
    """``StillOpen`` unless all she has with them was accepted, or a reason overrides.

    Whether it was the reason that let her go. The rule is the settings', for what is
    open is known above.
    """
    rule = import_string(settings.LEFT_OPEN_RULE)
    sentence = str(rule(officer, delegation, at))
    if sentence and not reason.strip():
        raise StillOpen(sentence)
    return bool(sentence)


@transaction.atomic
def end_duty(
    duty_id: int,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Duty:
    """She is off duty from ``at`` on; what was left of the hours shows as a gap.

    Raises ``StillOpen`` while anything is not accepted by the relief, ``IllegalMove``
    if the duty is not running, ``Forbidden`` for anybody but the officer herself or a
    coordinator, who alone may give a ``reason`` (sealed) that overrides: she is ill.
    """
    if journal.replayed(key, "duty.ended", duty_id, actor=actor):
        return Duty.objects.get(pk=duty_id)

    rows = Duty.objects.select_related("officer__person", "delegation__event")
    duty = rows.select_for_update(of=("self",)).get(pk=duty_id)
    over = coordinates(actor, duty.event)
    require(
        is_the_officer(actor, duty.officer) or over,
        _("Only the LO herself or a coordinator ends her duty."),
    )
    require(over or not reason, _("Only a coordinator lets an LO go before that."))
    if duty.withdrawn_at is not None or not duty.starts_at < at < duty.ends_at:
        raise IllegalMove("this duty is not running")
    forced = require_handed_over(duty.officer, duty.delegation, at=at, reason=reason)
    cut_out([duty], at, duty.ends_at, at=at)
    words = {"override": reason.strip()[:LONGEST_REASON]} if forced else None
    about = duty.officer.person_id if forced else None
    journal.write(
        "duty.ended",
        duty,
        actor=actor,
        at=at,
        key=key,
        about=about,
        sealed=words,
        overridden=forced,
    )
    return duty


def pass_hours(
    outgoing: Officer, incoming: Officer, delegation: Delegation, *, at: datetime
) -> int:
    """What is left of the running duty becomes the other's; a part of larger acts.

    Gives how many duties changed hands. Hours that she holds already stay as they are.
    """
    running = Duty.objects.filter(
        officer=outgoing,
        delegation=delegation,
        withdrawn_at=None,
        starts_at__lte=at,
        ends_at__gt=at,
    )
    found = list(running)
    for duty in found:
        cut_out([duty], at, duty.ends_at, at=at)
        begins = _own_begin(incoming, delegation, at, duty.ends_at)
        if at < begins:
            given = part_of(duty, at, begins)
            given.officer = incoming
            given.save()
    if found:
        journal.write("cover.changed", delegation, actor=HOUSE, at=at)
    return len(found)


def pass_assignment(
    outgoing: Officer,
    incoming: Officer,
    delegation: Delegation,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """She who leaves for good is relieved, and who comes has her part from now on."""
    pair = Assignment.objects.select_related("officer", "delegation__event").filter(
        delegation=delegation, relieved_at=None
    )
    left = pair.filter(officer=outgoing).first()
    comes = pair.filter(officer=incoming).first()
    if left is None or comes is None:
        return
    comes.role = left.role
    comes.save(update_fields=["role"])
    left.relieved_at = at
    left.save(update_fields=["relieved_at"])
    journal.write(
        "officer.relieved",
        left,
        actor=actor,
        at=at,
        officer=outgoing.pk,
        role=left.role,
    )


@transaction.atomic
def stay_on(duty_id: int, until: datetime) -> Duty:
    """It goes on until ``until``: nobody has taken it over. The caller enters it."""
    rows = Duty.objects.select_related("officer__person", "delegation__event")
    duty = rows.select_for_update(of=("self",)).get(pk=duty_id)
    duty.overran_at = duty.overran_at or duty.ends_at
    duty.ends_at = max(duty.ends_at, until)
    duty.save(update_fields=["ends_at", "overran_at"])
    return duty


def _own_begin(
    officer: Officer, delegation: Delegation, at: datetime, until: datetime
) -> datetime:
    """When her own hours with them begin, if that is before ``until``."""
    mine = Duty.objects.filter(
        officer=officer,
        delegation=delegation,
        withdrawn_at=None,
        starts_at__lt=until,
        ends_at__gt=at,
    ).order_by("starts_at")
    first = mine.values_list("starts_at", flat=True).first()
    return max(first, at) if first else until
