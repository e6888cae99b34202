"""Who is called for a delegation at a minute: the duty roster, then the leader tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from titian.people.models import Absence, Assignment, Delegation, Duty, Officer, Person

PRIMARY, RELIEF, LEADER, LEAD = "primary", "relief", "leader", "lead"
HIGHEST = 3
"""So many leaders above each other are read; a circle in the tree ends here."""


@dataclass(frozen=True, slots=True)
class Called:
    """One who is called, as what, and whether she holds the duty at that minute."""

    role: str
    person: Person
    is_on_duty: bool


class Roster:
    """A delegation's duties, officers, their leaders and who is away: three queries."""

    def __init__(self, delegation: Delegation) -> None:
        self._delegation = delegation

    def at(self, at: datetime) -> list[Called]:
        """Primary, relief, leader (1:10), lead (1:50) by the roster of that minute.

        Whoever holds the duty comes first, be she the relief by name; who is away is
        passed over, and of a leader who is away the next one above is called.
        """
        held = self._holding(at)
        order = [*held, *(one for one in self._officers if one not in held)]
        here = [one for one in order if not self._is_away(one, at)]
        first = [
            Called(role, one.person, one in held)
            for role, one in zip((PRIMARY, RELIEF), here, strict=False)
        ]
        known = {one.person.pk for one in first}
        above = [
            one
            for one in self._leaders(order)
            if one.person_id not in known and not self._is_away(one, at)
        ]
        leaders = [
            Called(role, one.person, is_on_duty=False)
            for role, one in zip((LEADER, LEAD), above, strict=False)
        ]
        return [*first, *leaders]

    def _holding(self, at: datetime) -> list[Officer]:
        held = [d.officer for d in self._duties if d.starts_at <= at < d.ends_at]
        return list(dict.fromkeys(held))

    def _leaders(self, officers: Iterable[Officer]) -> list[Officer]:
        """The leaders above the first officer who has one, the nearest first."""
        for officer in officers:
            found = self._above(officer)
            if found:
                return found
        return []

    def _above(self, officer: Officer) -> list[Officer]:
        chain: list[Officer] = []
        while (above := officer.leader) is not None and len(chain) < HIGHEST:
            if above in chain or above == officer:
                break
            chain.append(above)
            officer = above
        return chain

    def _is_away(self, officer: Officer, at: datetime) -> bool:
        return any(
            starts_at <= at < ends_at
            for starts_at, ends_at in self._absences.get(officer.pk, [])
        )

    @cached_property
    def _duties(self) -> list[Duty]:
        rows = Duty.objects.filter(delegation=self._delegation, withdrawn_at=None)
        return list(rows.select_related(*_tree()).order_by("role", "starts_at", "pk"))

    @cached_property
    def _officers(self) -> list[Officer]:
        present = (
            Assignment.objects.filter(delegation=self._delegation, relieved_at=None)
            .exclude(consent=Assignment.Consent.DECLINED)
            .select_related(*_tree())
            .order_by("role", "pk")
        )
        return [held.officer for held in present]

    @cached_property
    def _absences(self) -> dict[int, list[tuple[datetime, datetime]]]:
        named = {*self._officers, *(duty.officer for duty in self._duties)}
        asked = {one.pk for one in named}
        asked |= {above.pk for one in named for above in self._above(one)}
        found: dict[int, list[tuple[datetime, datetime]]] = {}
        rows = Absence.objects.filter(officer__in=asked)
        for pk, start, end in rows.values_list("officer", "starts_at", "ends_at"):
            found.setdefault(pk, []).append((start, end))
        return found


def _tree() -> list[str]:
    """The officer and the leaders above her, in the same query."""
    path, names = "officer", ["officer__person"]
    for _level in range(HIGHEST):
        path += "__leader"
        names.append(f"{path}__person")
    return names
