"""What is found in the register of documents: one question for both databases."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.talks.models import Paper
from titian.talks.roots import root_of, words_of

WORDS_AT_MOST = 12
FTS5 = (
    "SELECT w.paper_id FROM talks_wording w JOIN talks_wording_words f"
    " ON f.rowid = w.id WHERE talks_wording_words MATCH %s"
)
TSVECTOR = (
    "SELECT paper_id FROM talks_wording WHERE"
    " to_tsvector('simple', {columns}) @@ to_tsquery('simple', %s)"
)
EVERYWHERE = "heading || ' ' || body"


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for in the register; empty fields leave nothing out."""

    words: str = ""
    kind: str = ""
    party: int | None = None
    state: str = ""
    since: date | None = None


def found(event: Event, sought: Sought, *, actor: Actor) -> QuerySet[Paper]:
    """The documents ``actor`` may see that have every word, those titled so first.

    Neither the order nor a count knows of a document she may not see: what is ranked
    is the title, then the day it was filed, never how rare a word is among all.
    """
    papers = Paper.objects.visible_to(actor).filter(event=event)
    if sought.kind:
        papers = papers.filter(kind=sought.kind)
    if sought.state:
        papers = papers.filter(state=sought.state)
    if sought.party is not None:
        papers = papers.filter(parties=sought.party)
    if sought.since is not None:
        papers = papers.filter(filed_on__gte=sought.since)
    terms = [root_of(word) for word in words_of(sought.words)][:WORDS_AT_MOST]
    if not terms:
        return papers.order_by("-filed_on", "-pk")
    titled = Case(
        When(pk__in=matching(terms, heading_only=True), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    hits = papers.filter(pk__in=matching(terms))
    return hits.annotate(titled=titled).order_by("titled", "-filed_on", "-pk")


def matching(terms: list[str], *, heading_only: bool = False) -> RawSQL:
    """The ids of all documents with every one of the terms as the start of a word.

    For nobody's eyes: scope it with ``visible_to``.
    """
    if connection.vendor == "postgresql":
        columns = "heading" if heading_only else EVERYWHERE
        query = " & ".join(f"'{term}':*" for term in terms)
        return RawSQL(TSVECTOR.format(columns=columns), [query])
    query = " AND ".join(f'"{term}"*' for term in terms)
    return RawSQL(FTS5, [f"heading : ({query})" if heading_only else query])
