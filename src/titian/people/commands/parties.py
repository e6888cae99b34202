"""Which kind of party a guest is: it changes words and defaults, and nothing else."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.models import Delegation
from titian.people.models.party import GUESTS
from titian.people.policy import may_state_participation


class NoSuchKind(ValueError):
    """No guest is of this kind, or it is of it already; its argument is a sentence."""


@transaction.atomic
def change_kind(
    delegation_id: int,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Delegation:
    """Say that the party is of another kind: a sponsor, a media house, a state.

    Whoever accompanies it, its asks, promises, agreements and stays are as they were;
    the pages speak to it in the words of its kind. Raises ``Forbidden`` unless the
    actor is of the protocol desk or coordinates, ``NoSuchKind``.
    """
    rows = Delegation.objects.select_related("event", "party")
    delegation = rows.select_for_update(of=("self",)).get(pk=delegation_id)
    if journal.replayed(key, "delegation.kind_changed", delegation_id, actor=actor):
        return delegation

    require(
        may_state_participation(actor, delegation.event),
        _("Only the protocol desk or a coordinator says which kind of party this is."),
    )
    party, was = delegation.party, delegation.party.kind
    if kind not in GUESTS or was not in GUESTS:
        raise NoSuchKind(_("No guest is of this kind."))
    if kind == was:
        raise NoSuchKind(_("It is of this kind already."))
    party.kind = kind
    party.save(update_fields=["kind"])
    journal.write(
        "delegation.kind_changed",
        delegation,
        actor=actor,
        at=at,
        key=key,
        was=was,
        kind=kind,
    )
    return delegation
