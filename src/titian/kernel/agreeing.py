"""Whether a row is what the journal's last word on it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import OuterRef, Subquery

from titian.kernel.models import Entry

SAID_OF = {"state": "state", "owner": "owner_id"}
"""The facts of an entry that say how a row stands after it, and the row's own names."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row that is not as its last entry left it."""

    kind: str
    pk: int
    name: str
    row: object
    entry: object

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.pk}: {self.name} is {self.row!r},"
            f" the journal says {self.entry!r}"
        )


def disagreements(model: type[models.Model]) -> Iterator[Disagreement]:
    """Each row of the model that is not as its last entry with a state says.

    Rows that no such entry is about (imported ones) are passed over.
    """
    kind = model._meta.label_lower
    last = (
        Entry.objects.filter(
            subject_kind=kind, subject_id=OuterRef("pk"), facts__has_key="state"
        )
        .order_by("-pk")
        .values("pk")[:1]
    )
    rows = model._default_manager.alias(last=Subquery(last)).exclude(last=None)
    named = [name for name in SAID_OF.values() if hasattr(model, name)]
    for pk, entry, *own in rows.values_list("pk", Subquery(last), *named).iterator():
        facts = Entry.objects.values_list("facts", flat=True).get(pk=entry)
        yield from _compared(kind, pk, dict(zip(named, own, strict=True)), facts)


def _compared(
    kind: str, pk: int, row: Mapping[str, object], facts: Mapping[str, object]
) -> Iterator[Disagreement]:
    for fact, name in SAID_OF.items():
        if fact in facts and name in row and facts[fact] != row[name]:
            yield Disagreement(kind, pk, fact, row[name], facts[fact])
