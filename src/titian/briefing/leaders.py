"""Who is called for whom when a person is silent: the leader tree, then the house."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from titian.briefing.known import leaders_of
from titian.kernel.models import Event
from titian.people.models import Assignment, FocalPoint, Member, Seat

HIGHEST = 5
"""So many leaders above each other; a circle in the tree ends here."""

type Chain = Sequence[int]


def chains(event: Event, people: Iterable[int]) -> dict[int, Chain]:
    """Whom to call for each, one after the other, before the coordinators.

    For an officer her leader and the leader's; for a guest the officer first; for
    somebody at a team its lead. Nobody is called for herself. Four queries.
    """
    asked = set(people)
    above = leaders_of(event)
    first = {**_leads(event, asked), **_officers(event, asked)}
    return {pk: _climb(pk, first.get(pk), above) for pk in asked}


def at_step(chain: Chain, step: int) -> int | None:
    """The leader of this step, from 1; ``None`` means the coordinators."""
    return chain[step - 1] if step <= len(chain) else None


def _climb(person: int, start: int | None, above: Mapping[int, int]) -> Chain:
    chain: list[int] = []
    next_ = above.get(person) or start
    while next_ is not None and len(chain) < HIGHEST:
        if next_ in chain or next_ == person:
            break
        chain.append(next_)
        next_ = above.get(next_)
    return chain


def _officers(event: Event, people: set[int]) -> dict[int, int]:
    """Of each guest, the first officer of her delegation; primary before relief."""
    with_: dict[int, list[int]] = defaultdict(list)
    for kind in (Member, FocalPoint):
        rows = kind.objects.filter(delegation__event=event, person__in=people)
        for person, delegation in rows.values_list("person", "delegation"):
            with_[delegation].append(person)
    held = (
        Assignment.objects.filter(delegation__in=with_, relieved_at=None)
        .exclude(consent=Assignment.Consent.DECLINED)
        .order_by("role", "pk")
    )
    found: dict[int, int] = {}
    for delegation, officer in held.values_list("delegation", "officer__person"):
        for person in with_[delegation]:
            found.setdefault(person, officer)
    return found


def _leads(event: Event, people: set[int]) -> dict[int, int]:
    """Of each at a team's table, the one who leads it."""
    seats = Seat.objects.filter(event=event)
    leads = {
        team: person
        for team, person in seats.filter(role=Seat.Role.LEAD).values_list(
            "team", "person"
        )
    }
    at_tables = seats.filter(person__in=people, team__in=leads)
    return {
        person: leads[team]
        for person, team in at_tables.values_list("person", "team")
        if leads[team] != person
    }
