"""For tests and demos: what would have been sent, and nothing leaves the house."""

from collections import deque
from dataclasses import dataclass
from uuid import UUID

KEPT = 1000


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery that did not happen."""

    address: str
    subject: str
    words: str
    key: UUID


sent: deque[Sent] = deque(maxlen=KEPT)


def send(address: str, subject: str, words: str, *, key: UUID) -> None:
    """Keep the words; the same under the same key once, as a mailbox would."""
    told = Sent(address, subject, words, key)
    if told not in sent:
        sent.append(told)
