"""What is known of imports: the lists one may see, and why rows were refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from titian.exchange.models import Import
from titian.exchange.reasons import sentence
from titian.kernel.actor import HOUSE, Actor
from titian.people.models import Seat


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that does not go in: where, why and what it said."""

    row: int
    column: str
    code: str
    sentence: str
    values: Mapping[str, str]


def visible_to(actor: Actor) -> QuerySet[Import]:
    """The imports of events that the actor coordinates; all, for the house."""
    imports = Import.objects.select_related("document", "read_by")
    if actor == HOUSE:
        return imports
    seats = Seat.objects.filter(
        person=actor.person_id, role=Seat.Role.COORDINATOR, person__isnull=False
    )
    return imports.filter(event__in=seats.values("event"))


def refusals(one: Import) -> Iterator[Refusal]:
    """Why each refused row does not go in, in the reader's language, top to bottom."""
    for refused in one.refused:
        yield _refusal(refused)


def _refusal(kept: Mapping[str, Any]) -> Refusal:
    return Refusal(
        row=kept["row"],
        column=kept["column"],
        code=kept["code"],
        sentence=sentence(kept["code"], kept["details"]),
        values=kept["values"],
    )
