"""Mail: an address, words, and a key by which a second delivery is recognised."""

from uuid import UUID

from django.core.mail import EmailMessage

from titian.channels import Undelivered


def send(address: str, subject: str, words: str, *, key: UUID) -> None:
    """Hand the words to the mail server, or raise ``Undelivered``.

    A repeat under the same key carries the same Message-ID, which mailboxes fold.
    """
    message = EmailMessage(" ".join(subject.split()), words, to=[address])
    message.extra_headers["Message-ID"] = f"<{key}@titian>"
    try:
        message.send()
    except OSError as problem:  # of which every refusal by a mail server is one
        raise Undelivered(type(problem).__name__) from problem
