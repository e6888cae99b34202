"""Letters that came back: RFC 3464 says which, and why."""

from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage, Message

from titian.channels import Trouble, email
from titian.channels.deliveries import note
from titian.intake.mail import NUMBER


def is_report(letter: EmailMessage) -> bool:
    """Whether it is a report on a letter, and no letter."""
    kind = str(letter.get_param("report-type", "")).lower()
    return letter.get_content_type() == "multipart/report" and kind in {
        "delivery-status",
        "disposition-notification",
    }


def take(letter: EmailMessage, *, at: datetime) -> int:
    """Write down what the report says of letters of ours; how many it changed.

    A report is believed of an address only with the number that went to that very
    address, which nobody else can know. A delay is no failure.
    """
    numbers = list(_numbers(letter))
    changed = 0
    for fields in _recipients(letter):
        action = str(fields.get("Action", "")).strip().lower()
        move = {"failed": "fail", "delivered": "deliver"}.get(action)
        if move is None:
            continue
        said = str(fields.get("Diagnostic-Code", fields.get("Status", "")))
        status = str(fields.get("Status", "")).strip()
        for address in _addresses(fields):
            keys = filter(None, (email.key_of(one, address) for one in numbers))
            for key in dict.fromkeys(keys):
                changed += bool(
                    note(
                        "email",
                        move,
                        ref=key,
                        at=at,
                        trouble=_trouble(status) if move == "fail" else None,
                        detail=f"{status} {' '.join(said.split())}",
                    )
                )
    return changed


def _trouble(status: str) -> Trouble:
    if status.startswith(("5.7", "5.6")):
        return Trouble.REFUSED
    return Trouble.NO_SUCH_ADDRESS if status.startswith("5.1") else Trouble.BUSY


def _recipients(letter: EmailMessage) -> Iterator[Message]:
    """The groups of fields, one for each address."""
    for part in letter.walk():
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            if isinstance(groups, list):
                yield from (one for one in groups if isinstance(one, Message))


def _addresses(fields: Message) -> list[str]:
    said = [
        str(fields.get(name, "")) for name in ("Original-Recipient", "Final-Recipient")
    ]
    found = [one.rpartition(";")[2].strip().strip("<>") for one in said]
    return list(dict.fromkeys(filter(None, found)))


def _numbers(letter: EmailMessage) -> Iterator[str]:
    """The number of the letter that came back, from the copy that is enclosed."""
    for part in letter.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            text = (
                content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
            )
            lines = [
                one for one in text.splitlines() if one.lower().startswith("message-id")
            ]
            yield from NUMBER.findall(" ".join(lines))
        elif part is not letter and part.get("Message-ID"):
            yield from NUMBER.findall(str(part["Message-ID"]))
    for name in ("In-Reply-To", "References"):
        yield from NUMBER.findall(str(letter.get(name, "")))
