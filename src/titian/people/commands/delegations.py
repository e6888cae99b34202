"""Who comes, and how highly: every step with the paper that says so."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Basis, Event
from titian.kernel.policy import require
from titian.people.models import Delegation, Participation, Party
from titian.people.models.party import OUR_OWN
from titian.people.policy import may_state_participation

VERBS = {
    "accept": "delegation.accepted",
    "confirm": "delegation.confirmed",
    "downgrade": "delegation.downgraded",
    "withdraw": "delegation.withdrawn",
    "reinstate": "delegation.reinstated",
}


class NoPaper(ValueError):
    """A step was told without the paper that says so."""


class NoSuchStep(ValueError):
    """The name is none of the moves of a participation."""


class NotLower(ValueError):
    """A downgrade must name a level below the present one."""


@transaction.atomic
def state_participation(
    delegation_id: int,
    move: str,
    *,
    level: str | None = None,
    stated_on: date,
    document: str,
    source: str = "",
    basis: str = Basis.FACT,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Delegation:
    """One step of coming or not coming, on the word of ``document`` of ``stated_on``.

    ``move`` is accept, confirm, downgrade, withdraw or reinstate; ``level`` is the
    level the paper names, and a downgrade must name a lower one. The step is kept as
    a row, and the counts by level follow at once. Raises ``Forbidden`` unless the
    actor is of the protocol desk, a coordinator or a feed; ``IllegalMove`` if the
    step does not follow from where the delegation stands; ``NoPaper`` without a
    document; ``NoSuchStep``, ``NotLower``.
    """
    if move not in VERBS:
        raise NoSuchStep(_("This step is not known here."))
    if journal.replayed(key, VERBS[move], delegation_id, actor=actor):
        return Delegation.objects.get(pk=delegation_id)

    delegation = Delegation.objects.select_for_update().get(pk=delegation_id)
    require(
        may_state_participation(actor, delegation.event),
        _("Only the protocol desk or a coordinator states who comes."),
    )
    if not document.strip():
        raise NoPaper(_("Name the letter or note that says so."))
    status = Delegation.machine.after(delegation.status, move)
    delegation.level = _level_after(delegation, move, level)
    delegation.status = status
    delegation.save(update_fields=["status", "level"])
    Participation.objects.create(
        delegation=delegation,
        status=status,
        level=delegation.level,
        stated_on=stated_on,
        document=document.strip()[:300],
        basis=basis,
        source=source[:300],
    )
    journal.write(
        VERBS[move],
        delegation,
        actor=actor,
        at=at,
        key=key,
        status=status,
        level=delegation.level,
        stated_on=stated_on.isoformat(),
    )
    return delegation


def _level_after(delegation: Delegation, move: str, level: str | None) -> str:
    if level is not None and level not in Delegation.Level.values:
        raise NotLower(_("This level is not known here."))
    if move == "downgrade":
        levels = Delegation.Level.values
        if level is None or levels.index(level) <= levels.index(delegation.level):
            raise NotLower(_("Say at which lower level the delegation comes."))
    return level or delegation.level


def own_side(event: Event, team: Party) -> Delegation:
    """The house's own side at the event, for asks among ourselves; made when needed.

    It is on no list: ``visible_to`` passes it over.
    """
    side, _made = Delegation.objects.get_or_create(
        event=event,
        party=team,
        defaults={"category": OUR_OWN, "basis": Basis.SYNTHETIC},
    )
    return side
