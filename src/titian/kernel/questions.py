"""Questions that every room is asked by name, so that no room knows who asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from titian.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Change:
    """A command not yet given: what would it break?"""

    command: str
    arguments: Mapping[str, object]
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Break:
    """What would no longer hold. Level 1 is the worst; the soonest comes first.

    ``owner_team_id`` (a party) or ``owner_person_id`` is who must confirm it;
    ``concerns_id`` is the delegation it touches. The sentence is English, beside it
    stands the Indonesian one.
    """

    level: int
    by: datetime
    sentence: str
    subject_kind: str = ""
    subject_id: int = 0
    owner_team_id: int | None = field(default=None, compare=False)
    owner_person_id: int | None = field(default=None, compare=False)
    sentence_id: str = field(default="", compare=False)
    concerns_id: int | None = field(default=None, compare=False)

    @property
    def what(self) -> tuple[str, str, int]:
        """The same thing broken: said before, it is not news at another hour."""
        return (self.sentence, self.subject_kind, self.subject_id)


class Kind(StrEnum):
    """What sort of thing a hand-over names."""

    ASK = "ask"
    PROMISE = "promise"
    CUSTODY = "custody"
    SENSITIVITY = "sensitivity"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing an officer has with a delegation, that a hand-over must name.

    ``fields`` are what must be said back word for word; without any, one tap is
    enough. ``about_id`` is the person whose words they are, ``due_at`` its hour. What
    lies in a ``compartment`` is named only to who may open it.
    """

    kind: Kind
    what: str
    subject_kind: str
    subject_id: int
    fields: Mapping[str, str] = field(default_factory=dict)
    about_id: int | None = None
    due_at: datetime | None = None
    compartment: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """Which row it is, in whichever room."""
        return (self.subject_kind, self.subject_id)
