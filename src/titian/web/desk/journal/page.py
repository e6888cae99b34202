"""What the page of the journal shows of each entry: never a word that is sealed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from titian.kernel.actor import Actor
from titian.kernel.models import ChainLink, Entry, Event
from titian.loop.models import Ask
from titian.people.models import Delegation, Person

PAGE = 100
FEW = 6
READING = ".opened"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: who, on whose word, about whom; whose numbers were read."""

    entry: Entry
    who: Person | None
    word_of: Person | None
    delegation: Delegation | None
    read: list[Person]
    more: int

    @property
    def is_reading(self) -> bool:
        """Whether something was read, and nothing changed."""
        return self.entry.verb.endswith(READING)


def entries_for(
    actor: Actor, event: Event, *, only_reading: bool = False, person_id: int = 0
) -> QuerySet[Entry]:
    """The event's entries, the newest first; none about a complaint of the reader."""
    complaints = Ask.objects.filter(complains_of=actor.person_id).values("pk")
    rows = Entry.objects.filter(event=event).exclude(
        subject_kind=Ask._meta.label_lower, subject_id__in=complaints
    )
    if only_reading:
        rows = rows.filter(verb__endswith=READING)
    if person_id:
        rows = rows.filter(actor_person_id=person_id)
    return rows.order_by("-pk")


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Each entry with the people and the delegation it names, in two queries."""
    found = list(entries)
    read = {one.pk: _read(one) for one in found}
    ids = {pk for shown in read.values() for pk in shown[:FEW]}
    ids |= {one.actor_person_id for one in found if one.actor_person_id}
    ids |= {one.word_of_id for one in found if one.word_of_id}
    people = Person.objects.in_bulk(ids)
    concerned = {one.concerns_id for one in found if one.concerns_id}
    sides = Delegation.objects.select_related("party").in_bulk(concerned)
    return [
        Line(
            one,
            people.get(one.actor_person_id or 0),
            people.get(one.word_of_id or 0),
            sides.get(one.concerns_id or 0),
            [people[pk] for pk in read[one.pk][:FEW] if pk in people],
            max(0, len(read[one.pk]) - FEW),
        )
        for one in found
    ]


def unchained() -> int:
    """How many entries have no place in the chain of digests yet."""
    return Entry.objects.count() - ChainLink.objects.count()


def _read(entry: Entry) -> list[int]:
    """Whose telephones and addresses were opened."""
    if not entry.verb.endswith(READING):
        return []
    pairs = entry.facts.get("people", [])
    return [pk for first, last in pairs for pk in range(first, last + 1)]
