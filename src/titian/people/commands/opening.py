"""Telephones and addresses: sealed in the row, opened for who may, and noted."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.fields import opened
from titian.kernel.models import Entry, Event
from titian.kernel.registering import spans
from titian.people.models import Delegation, Person, Reach
from titian.people.policy import may_take_lists, reachable

VERB = "reach.opened"
SPAN = timedelta(minutes=30)
"""Who reads the same numbers again within it is not entered again."""


def open_reach(
    people: Iterable[Person], delegation: Delegation, *, actor: Actor, at: datetime
) -> None:
    """Give each person whom ``actor`` may reach her ``reach``, and enter it.

    The entry says who read, whose and when; it is no news to any page, and a page
    drawn again within half an hour writes no second one. Whom the actor may not
    reach stays closed. Without a number among them nothing is asked or written. Only
    an entry takes a transaction: whoever merely looks again keeps no writer waiting.
    """
    sealed = [person for person in people if person.phone or person.email]
    if not sealed:
        return
    allowed = reachable(sealed, delegation, actor)
    read = [person for person in sealed if person.pk in allowed]
    fresh = allowed - _lately(delegation, actor, at) if read else set()
    if fresh:
        with transaction.atomic():
            journal.write(
                VERB, delegation, actor=actor, at=at, topics=(), people=spans(fresh)
            )
    _open(read)


@transaction.atomic
def open_list(
    people: Sequence[Person], event: Event, *, actor: Actor, at: datetime | None = None
) -> None:
    """The same for a list that leaves the house: each time it does, it is entered.

    Nothing is opened for who may not take lists out.
    """
    sealed = [person for person in people if person.phone or person.email]
    if not sealed or not may_take_lists(actor, event):
        return
    journal.write(
        VERB,
        event,
        actor=actor,
        at=at or clock.time_at(event),
        topics=(),
        people=spans({person.pk for person in sealed}),
    )
    _open(sealed)


def _open(people: Iterable[Person]) -> None:
    for person in people:
        person.reach = Reach(opened(person.phone), opened(person.email))


def _lately(delegation: Delegation, actor: Actor, at: datetime) -> set[int]:
    """Whose numbers this reader has on paper as opened in the last half hour."""
    entries = Entry.objects.filter(
        concerns_id=delegation.pk,
        said_at__gt=at - SPAN,
        said_at__lte=at,
        verb=VERB,
        actor_kind=actor.kind,
        actor_person_id=actor.person_id,
    )
    return {
        pk
        for facts in entries.values_list("facts", flat=True)
        for first, last in facts["people"]
        for pk in range(first, last + 1)
    }
