"""Carriers: an address and words in, a receipt or a refusal out; they know nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from titian.kernel.postponed import Postponed


@dataclass(frozen=True, slots=True)
class Address:
    """One way to a person: the kind of carrier, and what that carrier calls them."""

    kind: str
    to: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the words."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Template:
    """A form of words that a provider has approved beforehand, and what fills it."""

    name: str
    language: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer of one tap, where a carrier has buttons; ``code`` comes back."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be said. A carrier uses what it can show and drops no text.

    ``answers`` is the number of the message this one answers. ``about`` is a reference
    of the house's own ("loop.ask:12"): what is said in answer is about the same.
    ``leave`` is where one says that such messages are not wanted any more. ``kind`` is
    what it is ("notice", "roll"), where the words themselves may not stand.
    """

    text: str
    subject: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    answers: str = ""
    about: str = ""
    leave: str = ""
    template: Template | None = None
    choices: tuple[Choice, ...] = ()
    is_urgent: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The carrier took the words; ``number`` is what it calls the message."""

    number: str


class Trouble(models.TextChoices):
    """Why words did not go out."""

    OFF = "off", _("This channel is not switched on.")
    NO_ANSWER = "no_answer", _("The carrier does not answer.")
    SETUP = "setup", _("The carrier refuses us: our account there needs attention.")
    TOO_FAST = "too_fast", _("The carrier asks us to be slower.")
    PAUSED = "paused", _("The channel failed several times and rests for a while.")
    BUSY = "busy", _("The address cannot take the words just now.")
    NO_SUCH_ADDRESS = "no_such_address", _("There is no such address.")
    REFUSED = "refused", _("The carrier refuses these words.")
    NO_WINDOW = (
        "no_window",
        _("The person has not written for 24 hours, and no template is approved."),
    )


PASSING = frozenset(
    {Trouble.NO_ANSWER, Trouble.SETUP, Trouble.TOO_FAST, Trouble.PAUSED, Trouble.BUSY}
)
"""What may be otherwise later; all else stays as it is for this address."""
OF_THE_CARRIER = frozenset({Trouble.NO_ANSWER, Trouble.SETUP, Trouble.TOO_FAST})
"""What is wrong with the carrier and not with one address."""


class Undelivered(Postponed):
    """The carrier did not take the words.

    ``detail`` is the carrier's own word, for whoever repairs it. ``after`` is when to
    try again without an attempt being spent, if that is known.
    """

    def __init__(
        self, trouble: Trouble, detail: str = "", *, after: timedelta | None = None
    ) -> None:
        super().__init__(trouble.value, detail, after=after)
        self.trouble, self.detail = trouble, detail

    @property
    def permanent(self) -> bool:
        """Whether trying this address again would be in vain."""
        return self.trouble not in PASSING

    @property
    def sentence(self) -> str:
        """What is wrong, in the reader's language."""
        return str(self.trouble.label)


@dataclass(frozen=True, slots=True)
class Rate:
    """How many messages a carrier takes in a second, and how many at once."""

    a_second: float
    at_once: int


@dataclass(frozen=True, slots=True)
class Health:
    """How a carrier has been, by what this house has seen of it."""

    kind: str
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None
    failures: int = 0
    paused_until: datetime | None = None
    trouble: str = ""
    detail: str = ""

    def is_paused(self, at: datetime) -> bool:
        """Whether nothing is given to it for the moment."""
        return self.paused_until is not None and self.paused_until > at
