"""What comes in is read, and what went out is looked at."""

from email.message import EmailMessage

from django.core import mail

from tests.intake.imap import Box
from tests.world import MINUTE, NOON
from titian.intake.mailbox import poll
from titian.intake.models import Incoming
from titian.kernel.clock import real_time
from titian.kernel.consequences import carry_out, claim


def read(box: Box, *letters: EmailMessage, minutes: int = 0) -> Incoming | None:
    """They come in and the mailbox is read; the last thing that came of it."""
    for one in letters:
        box.put(one.as_bytes())
    poll(box.url(), at=NOON + minutes * MINUTE)
    return Incoming.objects.order_by("-pk").first()


def number_of_last_mail_to(address: str) -> str:
    """The Message-ID of the last letter that went to the address."""
    numbers = [
        one.extra_headers["Message-ID"] for one in mail.outbox if one.to == [address]
    ]
    return str(numbers[-1])


def all_done_everywhere() -> None:
    """What is owed outside any event is done."""
    while owed := claim(None, at=real_time()):
        carry_out(owed)
