"""A person is erased: what she sent in goes with her."""

from django.db import transaction

from titian.intake.models import ChatLine, Incoming
from titian.kernel import documents
from titian.kernel.models import Consequence, Document

KINDS = ("incoming", "chat")
"""Documents that only this door keeps; what others keep as well is theirs."""


@transaction.atomic
def forget(owed: Consequence) -> None:
    """Empty her letters and throw away her papers, unless somebody else sent the same.

    Her lines of a chat lie under her own key, which is destroyed.
    """
    person_id = owed.entry.subject_id
    hers = Incoming.objects.filter(person=person_id)
    lines = ChatLine.objects.filter(person=person_id).exclude(paper=None)
    papers = set(hers.values_list("papers", flat=True)) | set(
        lines.values_list("paper", flat=True)
    )
    for incoming in hers:
        incoming.letter, incoming.media = {}, []
        if incoming.state == Incoming.State.WAITING:
            incoming.state = Incoming.State.SET_ASIDE
        incoming.papers.clear()
        incoming.save()
    lines.update(paper=None)
    for paper in Document.objects.filter(pk__in=papers - {None}, kind__in=KINDS):
        if not _is_anybodys(paper):
            documents.forget(paper)


def _is_anybodys(paper: Document) -> bool:
    return (
        Incoming.objects.filter(papers=paper).exists()
        or ChatLine.objects.filter(paper=paper).exists()
    )
