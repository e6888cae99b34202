"""What a team said meanwhile, before there is an answer; and the guest, more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from titian.kernel.models import Entry
from titian.kernel.sealing import unseal_all
from titian.loop.clocks import RUNNING
from titian.loop.models import Ask


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A word that moves nothing, and when it was said."""

    words: str
    said_at: datetime


def words_meanwhile(asks: Iterable[Ask]) -> dict[int, Meanwhile]:
    """The last such word of each ask that waits for its answer, by the ask's id.

    A word of a team that had the ask before, or from before it was asked again, is
    no longer how it stands. Two queries, however many asks.
    """
    waiting = {ask.pk: ask for ask in asks if ask.state in RUNNING}
    entries = Entry.objects.filter(
        verb__in=("ask.told", "ask.paused"),
        subject_kind=Ask._meta.label_lower,
        subject_id__in=list(waiting),
    )
    told = [one for one in entries.order_by("pk") if _holds(one, waiting)]
    words = unseal_all(told)
    return {
        one.subject_id: Meanwhile(str(words[one.pk]["words"]), one.said_at)
        for one in told
        if words[one.pk].get("words")
    }


def words_added(asks: Iterable[Ask]) -> dict[int, list[Meanwhile]]:
    """What the asking side said more, in order, by the ask's id; two queries."""
    entries = Entry.objects.filter(
        verb="ask.added",
        subject_kind=Ask._meta.label_lower,
        subject_id__in=[ask.pk for ask in asks],
    )
    added = list(entries.order_by("pk"))
    words = unseal_all(added)
    found: dict[int, list[Meanwhile]] = {}
    for one in added:
        if said := words[one.pk].get("words"):
            more = Meanwhile(str(said), one.said_at)
            found.setdefault(one.subject_id, []).append(more)
    return found


def _holds(told: Entry, waiting: dict[int, Ask]) -> bool:
    passed_at = waiting[told.subject_id].passed_at
    return passed_at is None or told.said_at >= passed_at
