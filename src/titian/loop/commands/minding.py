"""What the house itself notes about an ask: that nobody took it, that time ran out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from titian.kernel import journal
from titian.kernel.actor import HOUSE
from titian.loop.models import Ask


@transaction.atomic
def escalate(ask_id: int, *, at: datetime, key: UUID) -> None:
    """Enter in the journal that nobody has taken the ask in time."""
    _note("ask.left_waiting", ask_id, at=at, key=key)


@transaction.atomic
def miss_the_read_back(ask_id: int, *, at: datetime, key: UUID) -> None:
    """Enter in the journal that an exact ask was not said back in time."""
    _note("ask.not_said_back", ask_id, at=at, key=key)


@transaction.atomic
def miss_the_hour(ask_id: int, *, at: datetime, key: UUID) -> None:
    """Enter in the journal that the promised hour of the answer has passed."""
    _note("ask.overdue", ask_id, at=at, key=key)


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty the words of an erased person; what was done about them stays."""
    asks = Ask.objects.select_for_update(of=("self",)).select_related("event")
    for ask in asks.filter(said_by=person_id).exclude(words="").order_by("pk"):
        ask.forget_words()
        ask.save()
        journal.write("ask.words_forgotten", ask, actor=HOUSE, at=at)


def _note(verb: str, ask_id: int, *, at: datetime, key: UUID) -> None:
    ask = Ask.objects.select_related("event").get(pk=ask_id)
    if not journal.replayed(key, verb, ask_id, actor=HOUSE):
        journal.write(verb, ask, actor=HOUSE, at=at, key=key)
