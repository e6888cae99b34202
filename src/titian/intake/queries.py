"""What came in with an ask."""

from django.db.models import QuerySet

from titian.intake.models import Incoming
from titian.kernel.models import Document


def papers_of(ask_id: int) -> QuerySet[Document]:
    """The files that came with the ask's words, in their order; ask for the right
    to see the ask before.
    """
    messages = Incoming.objects.filter(ask=ask_id)
    found = Document.objects.filter(pk__in=messages.values("papers"))
    return found.exclude(name="").order_by("pk")
