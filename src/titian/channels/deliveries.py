"""What carriers say later: arrived, read, failed; late, twice and out of order."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from titian.channels import Trouble
from titian.channels.models import Delivery
from titian.kernel import journal
from titian.kernel.actor import FEED

VERBS = {
    "deliver": "delivery.delivered",
    "read": "delivery.read",
    "fail": "delivery.failed",
}


@transaction.atomic
def note(
    kind: str,
    move: str,
    *,
    at: datetime,
    ref: UUID | None = None,
    number: str = "",
    trouble: Trouble | None = None,
    detail: str = "",
) -> Delivery | None:
    """Write down what the carrier says became of a message: ``VERBS`` names the moves.

    The message is known by our key that came back (``ref``) or by the carrier's own
    ``number``. What is not ours, was said before, or is older than what is known
    changes nothing; ``None`` then.
    """
    delivery = _one(kind, ref, number)
    if delivery is None or not delivery.move(move):
        return None
    delivery.changed_at = at
    delivery.number = delivery.number or number[:300]
    delivery.trouble, delivery.detail = trouble or "", detail[:300]
    delivery.save()
    journal.write(
        VERBS[move],
        delivery,
        actor=FEED,
        at=at,
        kind=kind,
        words=str(delivery.key),
        thread=delivery.about,
        trouble=delivery.trouble,
    )
    return delivery


def note_taken(kind: str, ref: UUID, number: str, *, at: datetime) -> bool:
    """The carrier has sent what it gave us no receipt for; whether that is news.

    So what it answered with an error after it had sent is not given to it once more.
    """
    waiting = Delivery.objects.filter(ref=ref, kind=kind, state=Delivery.State.WAITING)
    sent = {"state": Delivery.State.SENT, "number": number[:300], "trouble": ""}
    return bool(waiting.update(**sent, detail="", sent_at=at, changed_at=at))


def states_of(key: UUID) -> dict[str, str]:
    """How the words under this key stand, by kind of carrier."""
    rows = Delivery.objects.filter(key=key).order_by("pk")
    return {row.kind: row.state for row in rows}


def _one(kind: str, ref: UUID | None, number: str) -> Delivery | None:
    known = Q(ref=ref) if ref else Q(number=number)
    if not ref and not number:
        return None
    rows = Delivery.objects.select_for_update().filter(known, kind=kind)
    return rows.first()
