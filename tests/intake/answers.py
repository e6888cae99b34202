"""Answers to an invitation, in the shapes that three calendars write them.

Written after what these programs send, the names and numbers ours: no live client was
asked.
"""

from email.message import EmailMessage

from tests.intake.letters import letter

GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20270501T180000Z
DTEND:20270501T183000Z
DTSTAMP:20270501T120103Z
ORGANIZER:mailto:titian@localhost
UID:{uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN={
 address};X-NUM-GUESTS=0:mailto:{address}
CREATED:20270501T120000Z
LAST-MODIFIED:20270501T120103Z
SEQUENCE:{sequence}
STATUS:CONFIRMED
SUMMARY:Arunika – Selaya
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
OUTLOOK = """BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Singapore Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT={answer};CN="Eve: of Selaya":MAILTO:{ADDRESS}
COMMENT;LANGUAGE=en-US:I will be there\\, with two others\\n
UID:{uid}
SUMMARY;LANGUAGE=en-US:Accepted: Arunika – Selaya
DTSTART;TZID=Singapore Standard Time:20270502T020000
DTEND;TZID=Singapore Standard Time:20270502T023000
CLASS:PRIVATE
PRIORITY:5
DTSTAMP:20270501T120103Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:{sequence}
LOCATION;LANGUAGE=en-US:The pier
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:REMINDER
TRIGGER;RELATED=START:-PT15M
END:VALARM
END:VEVENT
END:VCALENDAR
"""
APPLE = """BEGIN:VCALENDAR
CALSCALE:GREGORIAN
PRODID:-//Apple Inc.//macOS 14.4//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
CREATED:20270501T120000Z
UID:{uid}
DTEND:20270501T183000Z
SUMMARY:Arunika – Selaya
LAST-MODIFIED:20270501T120103Z
DTSTAMP:20270501T120103Z
DTSTART:20270501T180000Z
SEQUENCE:{sequence}
ORGANIZER;EMAIL="titian@localhost":mailto:titian@localhost
ATTENDEE;CN="Eve";CUTYPE=INDIVIDUAL;EMAIL="{address}";PARTSTAT={answer};RO
 LE=REQ-PARTICIPANT:mailto:{address}
END:VEVENT
END:VCALENDAR
"""
SHAPES = {"google": GOOGLE, "outlook": OUTLOOK, "apple": APPLE}


def file_of(
    shape: str, uid: str, answer: str, sequence: int, address: str = "eve@example.org"
) -> bytes:
    """The calendar file, with the line ends of RFC 5545."""
    said = SHAPES[shape].replace("CN={\n address}", "CN={address}")
    for name, value in {
        "uid": uid,
        "answer": answer,
        "sequence": str(sequence),
        "address": address,
        "ADDRESS": address.upper(),
    }.items():
        said = said.replace(f"{{{name}}}", value)
    return said.replace("\n", "\r\n").encode()


def answered(
    file: bytes, *, number: str = "<a@eve.example>", **headers: str
) -> EmailMessage:
    """The letter round it: text, and the calendar as another form of it."""
    sender = "Eve <eve@example.org>"
    one = letter("Eve has accepted.", sender=sender, number=number, **headers)
    one.make_mixed()
    one.add_attachment(
        file.decode(), subtype="calendar", params={"method": "REPLY"}, cte="base64"
    )
    *_others, calendar = one.iter_parts()
    del calendar["Content-Disposition"]
    return one
