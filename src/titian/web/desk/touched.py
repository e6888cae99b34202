"""What a change would break, as a page draws it: who must confirm, how soon it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from titian.kernel.questions import Break
from titian.people.models import Party, Person


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing that breaks, who must confirm it, and how soon it is."""

    found: Break
    owner: str
    to_go: timedelta


def touched(found: Sequence[Break], now: datetime) -> list[Touched]:
    """Each with its owner's name, in two queries however many they are."""
    teams = Party.objects.in_bulk([one.owner_team_id or 0 for one in found])
    people = Person.objects.in_bulk([one.owner_person_id or 0 for one in found])
    return [
        Touched(
            one,
            str(
                people.get(one.owner_person_id or 0)
                or teams.get(one.owner_team_id or 0)
                or ""
            ),
            max(one.by - now, timedelta(0)),
        )
        for one in found
    ]
