"""The text of an agreement: the first makes its document, later ones are versions."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.talks.commands import filing, life
from titian.talks.commands.filing import File, Filing
from titian.talks.models import Agreement, Paper

KINDS = {
    Agreement.Kind.SPONSOR: Paper.Kind.SPONSOR,
    Agreement.Kind.RIDER: Paper.Kind.RIDER,
    Agreement.Kind.MOU: Paper.Kind.MOU,
}


@transaction.atomic
def file_text(
    agreement_id: int,
    brought: File,
    note: str = "",
    *,
    is_open: bool = False,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """File the agreement's text under a number, or its newer text as a version.

    Raises what ``filing.supersede`` and ``life.put_on_file`` raise.
    """
    if journal.replayed(key, "paper.filed", None, actor=actor):
        return Agreement.objects.get(pk=agreement_id)

    agreement = life.for_keeping(agreement_id, actor=actor)
    if agreement.paper_id is not None:
        newer = uuid5(key, "newer text") if key else None  # first texts use the key
        filing.supersede(
            agreement.paper_id, brought, note, actor=actor, at=at, key=newer
        )
        return life.for_keeping(agreement_id, actor=actor)
    secrecy = Paper.Secrecy.OPEN if is_open else Paper.Secrecy.HOUSE
    kind = KINDS.get(Agreement.Kind(agreement.kind), Paper.Kind.AGREEMENT)
    filed = Filing(kind, agreement.title, (agreement.delegation_id,), secrecy=secrecy)
    paper = filing.file(agreement.event_id, filed, brought, actor=actor, at=at, key=key)
    return life.put_on_file(agreement.pk, paper.pk, actor=actor, at=at)
