"""Who acts, and how we know."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What came to the door."""

    PERSON = "person"  # has an account
    LINK = "link"  # a guest's own link, no account
    ADDRESS = "address"  # a number or mailbox that is on file
    FEED = "feed"  # another system: flights, accreditation, the rehearsal's world
    HOUSE = "house"  # we ourselves: a timer, an import


class Proof(StrEnum):
    """How it was shown to be so."""

    SIGNED_IN = "signed in"
    LINK_TOKEN = "link token"
    ON_FILE = "on file"
    SIGNATURE = "signature"
    OURSELVES = "ourselves"


OTHER = "other"
MEANS = frozenset(
    {
        "chat",
        "email",
        "face",
        "feedback",
        "link",
        "meeting",
        "message",
        "sms",
        "step",
        "telephone",
        "whatsapp",
    }
)
"""How a word comes to whoever passes it on."""


@dataclass(frozen=True, slots=True)
class Word:
    """Another person's word, and the means by which it came: "telephone", "face"."""

    person_id: int
    means: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does an act. Rights are asked of it; the journal keeps all of it.

    ``person_id`` is the person it stands for, if any. ``on_word_of`` is set when
    somebody passes on another's word instead of giving their own.
    """

    kind: Kind
    proof: Proof
    person_id: int | None = None
    on_word_of: Word | None = None

    def passing_on(self, person_id: int, *, means: str) -> "Actor":
        """The same actor, bringing the word of someone else.

        The journal keeps the means unsealed, so it is one of ``MEANS``: whatever else
        a door was told, a sentence about somebody perhaps, is kept as "other".
        """
        known = means if means in MEANS else OTHER
        return replace(self, on_word_of=Word(person_id, known))


HOUSE = Actor(Kind.HOUSE, Proof.OURSELVES)
FEED = Actor(Kind.FEED, Proof.SIGNATURE)
