"""How the people of a delegation are spoken to, face to face, by rank."""

from dataclasses import dataclass

from titian.loop.courtesy import EXCELLENCIES
from titian.people.models import Delegation, Person

ROYAL = frozenset(
    {"king", "queen", "sultan", "emperor", "empress", "emir", "prince", "princess"}
)
"""Titles whose form differs from court to court: protocol says which."""
ENGLISH = {"bapak": "Mr", "ibu": "Ms", "mr": "Mr", "ms": "Ms", "mrs": "Mrs"}
INDONESIAN = {"mr": "Bapak", "ms": "Ibu", "mrs": "Ibu", "bapak": "Bapak", "ibu": "Ibu"}
MOST = 6


@dataclass(frozen=True, slots=True)
class Form:
    """One person, and how she is addressed in Indonesian and in English.

    ``is_sure`` is false where protocol must be asked before anybody says it.
    """

    name: str
    indonesian: str
    english: str
    is_sure: bool = True


def form_of(person: Person, delegation: Delegation) -> Form:
    """By rank for who leads a delegation of rank, else by honorific and name."""
    called = person.honorific.strip(". ").casefold()
    indonesian = INDONESIAN.get(called, "Bapak/Ibu")
    english = ENGLISH.get(called, person.honorific or "Mr/Ms")
    plain = Form(
        person.display,
        f"{indonesian} {person.display}",
        f"{english} {person.family or person.display}",
        called in INDONESIAN,
    )
    if not _leads_with_rank(person, delegation):
        return plain
    words = set(delegation.head_title_en.casefold().replace(",", " ").split())
    return Form(
        person.display,
        f"Yang Mulia {plain.indonesian if plain.is_sure else person.display}",
        "Your Excellency",
        not words & ROYAL,
    )


def forms_for(delegation: Delegation) -> list[Form]:
    """Its head first, then whom one meets most: its focal points."""
    points = delegation.focal_points.select_related("person").order_by("pk")
    people = [point.person for point in points]
    if delegation.head is not None:
        people.insert(0, delegation.head)
    once = {person.pk: person for person in people}
    return [form_of(person, delegation) for person in list(once.values())[:MOST]]


def _leads_with_rank(person: Person, delegation: Delegation) -> bool:
    leads = delegation.head_id == person.pk
    return leads and Delegation.Level(delegation.level) in EXCELLENCIES
