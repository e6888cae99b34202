"""Whose word an officer may be bringing: the guests who speak for a delegation."""

from collections.abc import Iterable

from titian.kernel.actor import Actor
from titian.people.models import Delegation, Person
from titian.people.policy import accompanies

AT_MOST = 20


def speakers_for(actor: Actor, delegations: Iterable[Delegation]) -> list[Person]:
    """Focal points and heads, else the first members, of those the actor accompanies.

    Empty for anybody but their officer: nobody else may bring a guest's word.
    """
    mine = [side for side in delegations if accompanies(actor, side)]
    found: list[Person] = []
    for side in mine:
        known = Person.objects.filter(party=side.party_id).order_by("display", "pk")
        spoken = known.filter(focal_points__delegation=side) | known.filter(
            memberships__delegation=side, memberships__group__in=["head", "focal_point"]
        )
        members = known.filter(memberships__delegation=side)
        found += list(spoken.distinct()[:AT_MOST]) or list(members[:AT_MOST])
    return found
