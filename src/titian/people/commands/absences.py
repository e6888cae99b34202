"""An officer falls out: she is ill, or called away."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.commands.hours import cut_out
from titian.people.commands.leaving import LONGEST_REASON
from titian.people.models import Absence, Delegation, Duty, Officer
from titian.people.policy import coordinates


@transaction.atomic
def report_absence(
    officer_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Officer:
    """She cannot be asked in these hours; the duties she holds in them fall free.

    What is over stays as it was held. The reason is sealed under her name, and lets her
    go of duties that run without a hand-over. Raises ``Forbidden`` unless the actor
    coordinates, ``ValueError`` with a sentence for hours that are over or turned round,
    and for a missing reason.
    """
    if journal.replayed(key, "absence.reported", officer_id, actor=actor):
        return Officer.objects.get(pk=officer_id)

    officer = Officer.objects.select_related("event", "person").get(pk=officer_id)
    require(
        coordinates(actor, officer.event), _("Only a coordinator takes an LO off duty.")
    )
    if ends_at <= max(starts_at, at):
        raise ValueError(
            _("Give hours that are still to come, the end after the start.")
        )
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ValueError(_("Say why in a few words; only those who may read it will."))
    Absence.objects.create(officer=officer, starts_at=starts_at, ends_at=ends_at)
    freed = _free(officer, max(starts_at, at), ends_at, actor=actor, at=at)
    journal.write(
        "absence.reported",
        officer,
        actor=actor,
        at=at,
        key=key,
        about=officer.person_id,
        sealed={"reason": reason.strip()},
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
        duties=freed,
    )
    return officer


def _free(
    officer: Officer,
    starts_at: datetime,
    ends_at: datetime,
    *,
    actor: Actor,
    at: datetime,
) -> int:
    """Cut the hours out of her duties, and tell every delegation she held in them."""
    held = Duty.objects.filter(
        officer=officer,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
        withdrawn_at=None,
    )
    duties = list(held.select_related("delegation__event", "delegation__party"))
    cut_out(duties, starts_at, ends_at, at=at)
    touched: dict[int, Delegation] = {
        one.delegation_id: one.delegation for one in duties
    }
    for delegation in touched.values():
        journal.write("cover.changed", delegation, actor=actor, at=at)
    return len(duties)
