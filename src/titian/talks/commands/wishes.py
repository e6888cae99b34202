"""A wish for a bilateral: what can be meant, and its words, sealed and emptied."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.people.models import Delegation
from titian.people.queries import speaker
from titian.talks.models import Bilateral, Wish
from titian.talks.models.bilateral import LONGEST_MINUTES, SLOT_MINUTES

TOPICS_AT_MOST, TOPIC_AT_MOST = 10, 300
PEOPLE = range(2, 61)


class Senseless(ValueError):
    """A wish that cannot be meant; the argument is the sentence."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a side wants: who meets, how long, how many, in which tongues, what about.

    ``earliest_at`` and ``latest_at`` are the hours in which it is wanted, if any.
    """

    level: str
    minutes: int = 30
    people: int = 8
    asking_language: str = ""
    asked_language: str = ""
    press: str = Wish.Press.CLOSED
    words: str = ""
    earliest_at: datetime | None = None
    latest_at: datetime | None = None


def require_meant(wanted: Wanted) -> None:
    """``Senseless`` with a sentence for a wish that nobody can have."""
    if wanted.level not in Delegation.Level.values:
        raise Senseless(_("Say at which level they meet."))
    if wanted.press not in Wish.Press.values:
        raise Senseless(_("Say what the press may see."))
    _require_length(wanted.minutes)
    if wanted.people not in PEOPLE:
        raise Senseless(_("Say how many sit in the room: 2 to 60."))
    for language in (wanted.asking_language, wanted.asked_language):
        if language and not (language.isascii() and 2 <= len(language) <= 8):
            raise Senseless(_("Write a language as its code: en, id, fr."))
    topics = wanted.words.splitlines()
    if len(topics) > TOPICS_AT_MOST or any(len(t) > TOPIC_AT_MOST for t in topics):
        raise Senseless(_("Write at most 10 topics of at most 300 characters each."))
    _require_window(wanted)


def _require_length(minutes: int) -> None:
    if minutes % SLOT_MINUTES or not SLOT_MINUTES <= minutes <= LONGEST_MINUTES:
        raise Senseless(_("A meeting takes 15, 30, 45 or 60 minutes."))


def _require_window(wanted: Wanted) -> None:
    first, last = wanted.earliest_at, wanted.latest_at
    if first and last and last - first < timedelta(minutes=wanted.minutes):
        raise Senseless(_("The hours in which it is wanted are shorter than it."))


def put(
    bilateral: Bilateral,
    side: Delegation,
    wanted: Wanted,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> None:
    """The wish as the next version, and the entry with its words sealed."""
    author = speaker(actor)
    said = asdict(wanted) | {"words": _topics(wanted.words)}
    number = bilateral.wishes.count() + 1
    Wish.objects.create(
        bilateral=bilateral, number=number, by=side, author=author, made_at=at, **said
    )
    journal.write(
        verb,
        bilateral,
        actor=actor,
        at=at,
        key=key,
        about=author.pk,
        sealed={"words": said["words"]} if said["words"] else None,
        side=side.pk,
        state=bilateral.state,
        number=number,
    )


def _topics(words: str) -> str:
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty the topics an erased person wrote; who asked whom, and when, stays.

    A second time nothing is left to empty.
    """
    rows = Wish.objects.filter(author=person_id).exclude(words="")
    for wish in rows.select_related("bilateral__event"):
        wish.words = ""
        wish.save(update_fields=["words"])
        journal.write("bilateral.words_forgotten", wish.bilateral, actor=HOUSE, at=at)
