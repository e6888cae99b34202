"""Taking an officer off duty, and mending the cover in the same breath."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.foresight.absences import Mend, Outlook, without
from titian.foresight.commands.mending import put_mend_in_force, require_mend
from titian.foresight.errors import WorldMovedOn
from titian.foresight.plans import NoSuchChange
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.people.commands.absences import report_absence
from titian.people.models import Officer


@transaction.atomic
def take_off_duty(
    officer_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    mend: int | None,
    seen: str,
    reason: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Officer:
    """She is away, and the way to mend it that was chosen (``None``: not yet) is done.

    ``seen`` is ``Outlook.seen`` of what the person looked at. The mend is kept as an
    accepted proposal; new officers are asked, and all whom it touches are told. Raises
    ``WorldMovedOn`` if it would be something else now, ``NoSuchChange`` for a way that
    was not shown, ``NotSound`` if it breaks a rule, and what ``report_absence`` raises;
    then nothing is kept.
    """
    if journal.replayed(key, "absence.reported", officer_id, actor=actor):
        return Officer.objects.get(pk=officer_id)

    officer = Officer.objects.select_related("event", "person").get(pk=officer_id)
    outlook = without(officer, starts_at, ends_at, actor=actor, at=at)
    if outlook.seen != seen:
        raise WorldMovedOn(
            _("Since you looked something has changed. This is how it stands now.")
        )
    chosen = _chosen(outlook, mend)
    if chosen is not None:
        require_mend(outlook.gathered, chosen)
    report_absence(
        officer_id, starts_at, ends_at, reason=reason, actor=actor, at=at, key=key
    )
    if chosen is not None:
        put_mend_in_force(officer.event, outlook.gathered, chosen, actor=actor, at=at)
    return officer


def _chosen(outlook: Outlook, mend: int | None) -> Mend | None:
    if mend is None:
        return None
    if not 0 <= mend < len(outlook.mends):
        raise NoSuchChange(mend)
    return outlook.mends[mend]
