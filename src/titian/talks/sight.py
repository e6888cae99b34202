"""Who sees what two delegations have with each other."""

from django.db.models import Q, QuerySet

from titian.kernel.actor import Actor, Kind
from titian.kernel.models import Event
from titian.people import sight
from titian.people.models import Delegation, Seat

PROTOCOL = "PRO"
NOBODY = Q(pk__in=[])


def seen_by_sides(actor: Actor, *sides: str, overseers: bool = True) -> Q:
    """Rows one of whose ``sides`` is the actor's own delegation or one it accompanies.

    With ``overseers`` also all of an event, for its protocol, coordinators, auditors.
    A link opens its own side's rows; whoever is nobody sees none.
    """
    if actor.person_id is None:
        return NOBODY
    own = sight.own_delegations(actor.person_id)
    found = NOBODY
    for side in sides:
        found |= Q(**{f"{side}__in": own})
    if actor.kind == Kind.LINK:
        return found
    accompanied = sight.accompanied(actor.person_id)
    for side in sides:
        found |= Q(**{f"{side}__in": accompanied})
    if overseers:
        keepers = Seat.objects.filter(
            Q(role__in=[Seat.Role.COORDINATOR, Seat.Role.AUDITOR])
            | Q(team__code=PROTOCOL),
            person=actor.person_id,
        )
        found |= Q(event__in=keepers.values("event"))
    return found


def spoken_for(actor: Actor, event: Event) -> QuerySet[Delegation]:
    """The delegations of the event for which ``actor`` acts, as ``policy.acts_for`` has
    it of one: her own, and those she accompanies. On another's word there are none.
    """
    rows = Delegation.objects.filter(event=event).select_related("party", "event")
    if actor.person_id is None or actor.on_word_of is not None:
        return rows.none()
    mine = Q(pk__in=sight.own_delegations(actor.person_id))
    if actor.kind != Kind.LINK:
        mine |= Q(pk__in=sight.accompanied(actor.person_id))
    return rows.filter(mine).order_by("party__name_en")
