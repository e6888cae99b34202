"""What came in with an ask."""

from collections.abc import Iterable

from django.db.models import QuerySet

from titian.intake.models import Incoming
from titian.kernel.models import Document


def papers_by_ask(ask_ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Number and name of each file that came with them, by the ask's id; one query."""
    rows = Incoming.objects.filter(ask__in=list(ask_ids)).exclude(papers__name="")
    named = rows.order_by("papers").values_list("ask", "papers", "papers__name")
    found: dict[int, list[tuple[int, str]]] = {}
    for ask_id, paper, name in named.distinct():
        if paper is not None:
            found.setdefault(ask_id, []).append((paper, name))
    return found


def papers_of(ask_id: int) -> QuerySet[Document]:
    """The files that came with the ask's words, in their order; ask for the right
    to see the ask before.
    """
    messages = Incoming.objects.filter(ask=ask_id)
    found = Document.objects.filter(pk__in=messages.values("papers"))
    return found.exclude(name="").order_by("pk")
