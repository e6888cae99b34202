"""Letters as people and machines write them."""

from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText


def letter(
    words: str = "We need two boats at six.",
    *,
    sender: str = "Ingrid <ingrid@example.org>",
    number: str = "<1@ship.example>",
    **headers: str,
) -> EmailMessage:
    """A plain letter; ``In_Reply_To`` and the like name further headers."""
    one = EmailMessage()
    one["From"], one["To"] = sender, "desk@titian.example"
    one["Subject"], one["Message-ID"] = "Boats", number
    one["Date"] = "Sat, 01 May 2027 11:58:00 +0000"
    for name, value in headers.items():
        name = name.replace("_", "-")
        del one[name]
        one[name] = value
    one.set_content(words)
    return one


def bounce(
    of: str, to: str, *, action: str = "failed", status: str = "5.1.1"
) -> MIMEMultipart:
    """A report as RFC 3464 has it, on the letter with the number ``of``."""
    report = MIMEMultipart("report")
    report.set_param("report-type", "delivery-status")
    report["From"] = "MAILER-DAEMON@post.example"
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Message-ID"] = "<bounce@post.example>"
    report.attach(MIMEText("This is the mail system. I'm sorry."))
    fields = MIMEMessage(_fields("Reporting-MTA: dns; post.example"), "delivery-status")
    group = _fields(
        f"Final-Recipient: rfc822; {to}\n"
        f"Action: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 {status} <{to}>: User unknown"
    )
    fields.get_payload().append(group)  # type: ignore[union-attr]
    report.attach(fields)
    original = EmailMessage()
    original["Message-ID"], original["To"] = of, to
    original.set_content("Your request is in hand.")
    report.attach(MIMEMessage(original))
    return report


def _fields(said: str) -> EmailMessage:
    one = EmailMessage()
    for line in said.splitlines():
        name, _colon, value = line.partition(": ")
        one[name] = value
    return one
