"""Mail: an address, words, and a key by which a second delivery is recognised."""

from uuid import UUID

from django.core.mail import EmailMessage


def send(address: str, subject: str, words: str, *, key: UUID) -> None:
    """Hand the words to the mail server; ``OSError`` if it does not take them."""
    message = EmailMessage(subject, words, to=[address])
    message.extra_headers["Message-ID"] = f"<{key}@titian>"
    message.send()
