"""Who composes, who speaks for the event, who answers for a copy."""

from django.db.models import Q

from titian.briefing.models import PRESS, Copy, Notice
from titian.kernel.actor import HOUSE, Actor, Kind
from titian.kernel.models import Event
from titian.people.models import Delegation, Seat
from titian.people.policy import accompanies, brings_word_of, coordinates, keeps


def may_compose(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` writes, sends and withdraws notices: a coordinator."""
    return coordinates(actor, event)


def may_call(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` calls the leaders of the silent: the house, at its hour."""
    return actor == HOUSE or coordinates(actor, event)


def may_send_card(actor: Actor, delegation: Delegation) -> bool:
    """Whether ``actor`` says the approved safety words to these guests."""
    if actor.on_word_of is not None:
        return False
    return accompanies(actor, delegation) or coordinates(actor, delegation.event)


def answers_for(actor: Actor, copy: Copy) -> bool:
    """Whether the copy is the actor's own, or of the guest whose word she brings."""
    if actor.on_word_of is None:
        return actor.person_id is not None and actor.person_id == copy.person_id
    if actor.on_word_of.person_id != copy.person_id:
        return False
    delegations = Delegation.objects.filter(
        event=copy.notice.event_id, party=copy.person.party_id
    ).select_related("party")
    return any(brings_word_of(actor, one) for one in delegations)


def is_at_the_press_desk(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` drafts statements and keeps the phrases."""
    return keeps(actor, event, PRESS) or is_spokesperson(actor, event)


def is_spokesperson(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` speaks for the event, on her own word."""
    if actor.person_id is None or actor.on_word_of is not None:
        return False
    if actor.kind == Kind.LINK:
        return False
    return Seat.objects.filter(
        event=event, person=actor.person_id, role=Seat.Role.SPOKESPERSON
    ).exists()


def may_revise(actor: Actor, notice: Notice) -> bool:
    """Whether ``actor`` may write a newer version of it."""
    return may_compose(actor, notice.event)


def may_read_press(actor: Actor, event: Event) -> bool:
    """Whether ``actor`` sees the press desk's pages: the desk, and who oversees it."""
    if actor.person_id is None or actor.kind == Kind.LINK:
        return False
    roles = [Seat.Role.SPOKESPERSON, Seat.Role.COORDINATOR, Seat.Role.AUDITOR]
    seats = Seat.objects.filter(event=event, person=actor.person_id)
    return seats.filter(Q(team__code=PRESS) | Q(role__in=roles)).exists()
