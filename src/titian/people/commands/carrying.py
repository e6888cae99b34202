"""The guests' leave to carry what we learned of them to their next event."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.models import CarryOver, Delegation
from titian.people.policy import may_give_leave


@transaction.atomic
def give_leave(
    delegation_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> CarryOver:
    """Let the hosts of the party's later events read how this one went.

    Given again it stays as it is; after it was taken back it is given anew. Raises
    ``Forbidden`` but for the delegation's own word, said or brought by its officer.
    """
    if entry := journal.replayed(key, "leave.given", None, actor=actor):
        return CarryOver.objects.get(pk=entry.subject_id)

    delegation = _for_guests(delegation_id, actor)
    leave = CarryOver.objects.filter(delegation=delegation).first()
    if leave is not None and leave.is_in_force:
        return leave
    word = actor.on_word_of
    leave, _new = CarryOver.objects.update_or_create(
        delegation=delegation,
        defaults={
            "given_by_id": word.person_id if word else actor.person_id,
            "given_at": at,
            "withdrawn_at": None,
        },
    )
    journal.write("leave.given", leave, actor=actor, at=at, key=key)
    return leave


@transaction.atomic
def take_leave_back(
    delegation_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> CarryOver | None:
    """Let nobody read it any more, from this moment; nothing, where none was given.

    Raises ``Forbidden`` but for the delegation's own word, said or brought by its
    officer.
    """
    if entry := journal.replayed(key, "leave.withdrawn", None, actor=actor):
        return CarryOver.objects.get(pk=entry.subject_id)

    delegation = _for_guests(delegation_id, actor)
    leave = CarryOver.objects.filter(delegation=delegation).first()
    if leave is None or not leave.is_in_force:
        return leave
    leave.withdrawn_at = at
    leave.save(update_fields=["withdrawn_at"])
    journal.write("leave.withdrawn", leave, actor=actor, at=at, key=key)
    return leave


def _for_guests(delegation_id: int, actor: Actor) -> Delegation:
    """The delegation, locked; for nobody but its own word."""
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("event")
    delegation = rows.get(pk=delegation_id)
    require(
        may_give_leave(actor, delegation),
        _("Only the guests themselves say what is carried to their next event."),
    )
    return delegation
