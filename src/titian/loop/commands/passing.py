"""What passes with the second signature: promises, and asks taken in person."""

from datetime import datetime

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.loop.models import Ask, HandOver, Promise
from titian.people.models import Seat


def pass_promises(row: HandOver, *, actor: Actor, at: datetime) -> int:
    """What she promised in person is the other's to keep; a part of taking over.

    Who had it before stands in the entry. Gives how many promises passed.
    """
    hers = Promise.objects.select_related("event").filter(
        delegation=row.delegation,
        owner_person=row.outgoing.person_id,
        state=Promise.State.OPEN,
    )
    found = list(hers.select_for_update(of=("self",)).order_by("pk"))
    for promise in found:
        promise.owner_person = row.incoming.person
        promise.save(update_fields=["owner_person"])
        journal.write(
            "promise.passed_on",
            promise,
            actor=actor,
            at=at,
            state=promise.state,
            before=row.outgoing.person_id,
            now=row.incoming.person_id,
            handover=row.pk,
        )
    return len(found)


def pass_asks(row: HandOver, *, actor: Actor, at: datetime) -> None:
    """What she had taken in person at a team: the relief's if she sits there.

    Otherwise it is the whole team's again, who owned it all along.
    """
    hers = Ask.objects.select_related("event", "owner").filter(
        asked_by=row.delegation, holder=row.outgoing.person_id
    )
    open_ = hers.exclude(state__in=[Ask.State.CLOSED, Ask.State.WITHDRAWN])
    for ask in open_.select_for_update(of=("self",)).order_by("pk"):
        seat = Seat.objects.filter(
            event=ask.event, team=ask.owner_id, person=row.incoming.person_id
        )
        ask.holder = row.incoming.person if seat.exists() else None
        ask.save(update_fields=["holder"])
        journal.write(
            "ask.handed_on", ask, actor=actor, at=at, state=ask.state, handover=row.pk
        )
