"""Who holds a delegation in which hours: published, changed by hand, withdrawn."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.people.commands.assignments import assign
from titian.people.commands.hours import Hours, cut_out, part_of
from titian.people.commands.leaving import LONGEST_REASON, require_handed_over
from titian.people.fitness import Broken, Unfit, broken_rules
from titian.people.models import Assignment, Delegation, Duty, Officer
from titian.people.policy import coordinates


@transaction.atomic
def publish_duties(
    event_id: int,
    held: Sequence[Hours],
    freed: Sequence[Hours] = (),
    *,
    proposal_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> list[Duty]:
    """Put a checked plan in force: ``freed`` hours are cut out, ``held`` ones begin.

    The plan's own rules are checked by whoever computed it; what is here is only
    kept. Every delegation touched is told. Raises ``Forbidden`` unless the actor
    coordinates; ``Delegation.DoesNotExist`` or ``Officer.DoesNotExist`` for a row of
    another event.
    """
    if journal.replayed(key, "cover.published", event_id, actor=actor):
        return []

    event = Event.objects.get(pk=event_id)
    _require_coordinator(actor, event)
    delegations = _delegations_of(event, [*held, *freed])
    for hours in freed:
        cut_out(_of_the_pair(hours), hours.starts_at, hours.ends_at, at=at)
    made = [
        Duty(
            officer_id=hours.officer_id,
            delegation_id=hours.delegation_id,
            starts_at=hours.starts_at,
            ends_at=hours.ends_at,
            role=hours.role,
            mode=hours.mode,
            proposal_id=proposal_id,
        )
        for hours in held
    ]
    Duty.objects.bulk_create(made)
    for delegation in delegations:
        journal.write("cover.changed", delegation, actor=actor, at=at)
    journal.write(
        "cover.published",
        event,
        actor=actor,
        at=at,
        key=key,
        proposal=proposal_id,
        duties=len(made),
    )
    return made


@transaction.atomic
def stand_in(
    duty_id: int,
    officer_id: int,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Duty:
    """Give one duty, or what is left of it, to another officer; the new duty.

    Raises ``Forbidden`` unless the actor coordinates, ``IllegalMove`` if the duty is
    over or withdrawn, ``Unfit`` with every rule the change would break: rest, hours,
    language, level, absence, consent, double booking. With a ``reason`` (sealed) the
    coordinator overrides all but the last three: a reason puts nobody in two places.
    Of a duty that runs, ``StillOpen`` while anything is not handed over: an ordinary
    change goes through the hand-over, and the reason is for the officer who is ill.
    """
    if entry := journal.replayed(key, "duty.stood_in", None, actor=actor):
        return Duty.objects.get(pk=entry.subject_id)

    old = _open_duty(duty_id, at)
    _require_coordinator(actor, old.event)
    officer = Officer.objects.select_related("person").get(
        pk=officer_id, event=old.delegation.event_id
    )
    fresh = _from_now(old, officer, at)
    broken = broken_rules(officer, fresh, besides=old)
    _require_fit(broken, reason)
    left = _require_left_in_order(old, reason, at)
    cut_out([old], fresh.starts_at, fresh.ends_at, at=at)
    fresh.save()
    _ask_unless_asked(fresh, actor=actor, at=at)
    sealed = {"override": reason[:LONGEST_REASON]} if broken or left else None
    journal.write(
        "duty.stood_in",
        fresh,
        actor=actor,
        at=at,
        key=key,
        about=officer.person_id if sealed else None,
        sealed=sealed,
        instead_of=old.pk,
        overridden=[rule.name for rule in broken],
    )
    return fresh


@transaction.atomic
def withdraw_duty(
    duty_id: int,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Duty:
    """Take back what is left of a duty; nobody else gets it, and it shows as a gap.

    Raises ``Forbidden`` unless the actor coordinates, ``IllegalMove`` if it is over;
    of a duty that runs ``StillOpen`` while anything is not handed over, unless the
    coordinator gives a ``reason`` (sealed).
    """
    if journal.replayed(key, "duty.withdrawn", duty_id, actor=actor):
        return Duty.objects.get(pk=duty_id)

    duty = _open_duty(duty_id, at)
    _require_coordinator(actor, duty.event)
    left = _require_left_in_order(duty, reason, at)
    cut_out([duty], max(duty.starts_at, at), duty.ends_at, at=at)
    journal.write(
        "duty.withdrawn",
        duty,
        actor=actor,
        at=at,
        key=key,
        about=duty.officer.person_id if left else None,
        sealed={"override": reason[:LONGEST_REASON]} if left else None,
    )
    return duty


def _require_left_in_order(duty: Duty, reason: str, at: datetime) -> bool:
    """Whether only the reason lets her go; a duty still to come is nobody's burden."""
    if duty.starts_at > at:
        return False
    return require_handed_over(duty.officer, duty.delegation, at=at, reason=reason)


def _ask_unless_asked(duty: Duty, *, actor: Actor, at: datetime) -> None:
    """She holds the hours at once, but the guest sees her name when she agrees."""
    pair = Assignment.objects.filter(
        officer=duty.officer_id, delegation=duty.delegation_id, relieved_at=None
    )
    if not pair.exists():
        assign(
            duty.officer_id,
            duty.delegation_id,
            Assignment.Role.RELIEF,
            hours=[(duty.starts_at, duty.ends_at)],
            actor=actor,
            at=at,
        )


def _of_the_pair(hours: Hours) -> QuerySet[Duty]:
    return Duty.objects.filter(
        officer=hours.officer_id,
        delegation=hours.delegation_id,
        starts_at__lt=hours.ends_at,
        ends_at__gt=hours.starts_at,
        withdrawn_at=None,
    )


def _open_duty(duty_id: int, at: datetime) -> Duty:
    rows = Duty.objects.select_related(
        "delegation__event", "delegation__party", "officer__person"
    )
    duty = rows.select_for_update(of=("self",)).get(pk=duty_id)
    if duty.withdrawn_at is not None or duty.ends_at <= at:
        raise IllegalMove(_("This duty is over or withdrawn."))
    return duty


def _from_now(old: Duty, officer: Officer, at: datetime) -> Duty:
    fresh = part_of(old, max(old.starts_at, at), old.ends_at)
    fresh.officer, fresh.delegation, fresh.proposal_id = officer, old.delegation, None
    return fresh


def _require_fit(broken: Sequence[Broken], reason: str) -> None:
    refused = [rule for rule in broken if not (reason.strip() and rule.may_override)]
    if refused:
        raise Unfit(refused)


def _delegations_of(event: Event, hours: Iterable[Hours]) -> list[Delegation]:
    """The delegations touched; raises unless all rows are of this event."""
    hours = list(hours)
    wanted = {one.delegation_id for one in hours}
    found = list(Delegation.objects.filter(event=event, pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise Delegation.DoesNotExist
    officers = {one.officer_id for one in hours}
    if Officer.objects.filter(event=event, pk__in=officers).count() != len(officers):
        raise Officer.DoesNotExist
    return found


def _require_coordinator(actor: Actor, event: Event) -> None:
    require(coordinates(actor, event), _("Only a coordinator changes the cover."))
