"""A message as it came in, whatever brought it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from titian.intake import replies

CHATS = frozenset({"whatsapp", "sms"})


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that came with the words."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Media:
    """A file that the provider keeps for us: it is fetched afterwards."""

    number: str
    name: str
    media_type: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Words from outside.

    ``number`` is the provider's, by which a second delivery is recognised; ``answers``
    are the numbers of the messages before it, the nearest first. ``is_vouched`` says
    that somebody other than the message itself stands for its sender;
    ``is_slight`` that it says something only below another message (a thumb up);
    ``choice`` is the code of a button of ours that was tapped.
    """

    channel: str
    number: str
    sender: str
    words: str
    came_at: datetime
    name: str = ""
    subject: str = ""
    answers: Sequence[str] = ()
    papers: Sequence[Paper] = ()
    media: Sequence[Media] = ()
    is_vouched: bool = True
    unreadable: str = ""
    is_slight: bool = False
    choice: str = ""

    @property
    def is_bare(self) -> bool:
        """A chat's "OK" or "siap, terima kasih": alone it says nothing."""
        reply = replies.read(self.words) if self.channel in CHATS else None
        if reply is None or reply.word != replies.KNOWN or reply.names:
            return False
        return not self.papers and not self.media

    @property
    def key(self) -> UUID:
        """The retry key for the act it becomes."""
        return uuid5(NAMESPACE_URL, f"titian:{self.channel}:{self.number}")

    @property
    def said(self) -> str:
        """The words; of files without any, their names."""
        words = self.words.replace("\x00", "").strip()
        if words:
            return words
        names = [paper.name for paper in self.papers]
        names += [one.name or one.media_type for one in self.media]
        return f"📎 {', '.join(names)}" if names else ""
