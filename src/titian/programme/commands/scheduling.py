"""An item comes onto the rundown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Basis, Event
from titian.people.models import Delegation
from titian.programme.commands.rundown import BadWords, require_keeper, require_order
from titian.programme.models import Activity

TITLE_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """An item that is to come onto the rundown."""

    title_en: str
    starts_at: datetime
    ends_at: datetime
    title_id: str = ""
    kind: str = "session"
    place_id: int | None = None
    delegation_ids: Sequence[int] = ()
    is_official: bool = True
    is_private: bool = False
    is_for_all: bool = False
    dress_en: str = ""
    dress_id: str = ""
    contact_id: int | None = None
    basis: str = Basis.FACT


@transaction.atomic
def schedule(
    event_id: int,
    plan: Plan,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Activity:
    """A new item on the rundown.

    Raises ``Forbidden`` unless the actor keeps the rundown, ``BadHours`` if it ends
    before it starts, ``BadWords`` without a title, ``Delegation.DoesNotExist`` for
    somebody who does not come to this event.
    """
    if entry := journal.replayed(key, "activity.scheduled", None, actor=actor):
        return Activity.objects.get(pk=entry.subject_id)

    event = Event.objects.select_for_update().get(pk=event_id)
    require_keeper(actor, event)
    _require_sound(plan)
    coming = Delegation.objects.filter(event=event).in_bulk(plan.delegation_ids)
    if len(coming) != len(set(plan.delegation_ids)):
        raise Delegation.DoesNotExist
    activity = Activity.objects.create(
        event=event,
        code=_free_code(event),
        kind=plan.kind,
        title_en=plan.title_en.strip(),
        title_id=plan.title_id.strip(),
        place_id=plan.place_id,
        is_official=plan.is_official,
        is_private=plan.is_private,
        is_for_all=plan.is_for_all,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        dress_en=plan.dress_en,
        dress_id=plan.dress_id,
        contact_id=plan.contact_id,
        basis=plan.basis,
    )
    activity.delegations.set(coming.values())
    journal.write("activity.scheduled", activity, actor=actor, at=at, key=key)
    return activity


def _require_sound(plan: Plan) -> None:
    titles = (plan.title_en.strip(), plan.title_id.strip())
    if not titles[0]:
        raise BadWords(_("Give it a title."))
    if max(map(len, titles)) > TITLE_AT_MOST:
        raise BadWords(_("Give it a title of at most 200 characters."))
    require_order(plan.starts_at, plan.ends_at)


def _free_code(event: Event) -> str:
    """X1, X2 …: the first that no item of the event has."""
    taken = set(event.activities.values_list("code", flat=True))
    number = 1
    while f"X{number}" in taken:
        number += 1
    return f"X{number}"
