"""Short texts that a phone without data sends as an SMS, with two check characters.

Pure: no database, no clock. The check is ISO/IEC 7064 in kind (a pure system with two
characters), modulus 1291, a prime above the 1,296 values that two characters hold less
five, radix 57, a primitive root of it: one wrong character is always found, and so are
two characters that changed places, whatever stands between them, up to 1,289 apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from titian.loop.models.playbook import Alarm

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABET = DIGITS + " -./"
MODULUS, RADIX = 1291, 57
SHORT: Mapping[str, str] = {
    "MED": Alarm.MEDICAL,
    "MIS": Alarm.LOST_PERSON,
    "PAS": Alarm.LOST_PASSPORT,
    "SEC": Alarm.SECURITY,
    "QUA": Alarm.QUAKE,
    "TSU": Alarm.TSUNAMI,
    "FIR": Alarm.FIRE,
    "FOO": Alarm.FOOD,
    "PRO": Alarm.PROTEST,
    "CRO": Alarm.CROWD,
    "INF": Alarm.INFECTIOUS,
    "FLY": Alarm.FLIGHT_STOP,
    "STR": Alarm.STRANDED,
    "OTH": Alarm.OTHER,
}
LONG: Mapping[str, str] = {alarm: short for short, alarm in SHORT.items()}
NOWHERE = "-"
PART = r"[A-Z0-9][A-Z0-9./-]{0,19}"
REPORT = re.compile(
    rf"SOS (?P<party>{PART}) (?P<alarm>[A-Z]{{3}})(?P<severity>[1-3])"
    rf" (?P<place>-|{PART}) (?P<time>\d{{6}})"
)
ANSWER = re.compile(
    rf"M(?P<roll>\d{{1,6}}) (?P<party>{PART}) (?P<word>OK|MIS|INJ)"
    r"(?P<people>\d{0,5}) (?P<time>\d{6})"
)
WORDS: Mapping[str, str] = {"OK": "safe", "MIS": "missing", "INJ": "injured"}
MONTH = timedelta(days=31)


class Unread(ValueError):
    """The text has no code, or one in which something is wrong."""


@dataclass(frozen=True, slots=True)
class Report:
    """An alarm as a short text tells it; ``day`` and time are the event's own.

    ``party`` and ``place`` are codes: capital letters, digits, ``-``, ``.`` and ``/``,
    beginning with a letter or digit, at most 20; ``place`` may be empty. ``severity``
    is 1 to 3, ``day`` 1 to 31.
    """

    party: str
    alarm: str
    severity: int
    place: str
    day: int
    hour: int
    minute: int

    def moment(self, received_at: datetime, zone: tzinfo) -> datetime:
        """The last such day and hour that is not after ``received_at``."""
        return _moment(self.day, self.hour, self.minute, received_at, zone)


@dataclass(frozen=True, slots=True)
class RollWord:
    """An answer to call ``roll`` as a short text gives it; ``people`` may be unsaid."""

    roll: int
    party: str
    word: str
    people: int | None
    day: int
    hour: int
    minute: int

    def moment(self, received_at: datetime, zone: tzinfo) -> datetime:
        """The last such day and hour that is not after ``received_at``."""
        return _moment(self.day, self.hour, self.minute, received_at, zone)


def write_report(report: Report) -> str:
    """``SOS ARN MED2 LOBBY 141940 7K``: the text that ``read_report`` reads."""
    time = f"{report.day:02}{report.hour:02}{report.minute:02}"
    place = report.place or NOWHERE
    alarm = f"{LONG[report.alarm]}{report.severity}"
    return checked(f"SOS {report.party} {alarm} {place} {time}")


def read_report(text: str) -> Report:
    """The alarm that the text tells of; ``Unread`` if none, or if it is garbled."""
    found = _read(REPORT, text)
    alarm = SHORT.get(found["alarm"])
    if alarm is None:
        raise Unread(text)
    place = "" if found["place"] == NOWHERE else found["place"]
    return Report(
        found["party"], alarm, int(found["severity"]), place, *_time(found["time"])
    )


def write_answer(answer: RollWord) -> str:
    """``M3 ARN OK12 141955 Q2``: the text that ``read_answer`` reads."""
    short = next(s for s, word in WORDS.items() if word == answer.word)
    people = "" if answer.people is None else str(answer.people)
    time = f"{answer.day:02}{answer.hour:02}{answer.minute:02}"
    return checked(f"M{answer.roll} {answer.party} {short}{people} {time}")


def read_answer(text: str) -> RollWord:
    """The answer to a call that the text gives; ``Unread`` if none, or if garbled."""
    found = _read(ANSWER, text)
    people = int(found["people"]) if found["people"] else None
    return RollWord(
        int(found["roll"]),
        found["party"],
        WORDS[found["word"]],
        people,
        *_time(found["time"]),
    )


def checked(text: str) -> str:
    """``text`` with its two check characters behind it.

    Raises ``Unread`` for a character that is not of the alphabet.
    """
    high, low = divmod(_sum(text), len(DIGITS))
    return f"{text} {DIGITS[high]}{DIGITS[low]}"


def _sum(text: str) -> int:
    total = 0
    for character in text:
        value = ALPHABET.find(character)
        if value < 0:
            raise Unread(text)
        total = (total * RADIX + value + 1) % MODULUS
    return total


def _read(shape: re.Pattern[str], text: str) -> dict[str, str]:
    """The parts of the first code in ``text``; spaces and letter size do not count."""
    tidy = re.sub(r"\s+", " ", text).strip().upper()
    for found in re.finditer(rf"(?<!\S){shape.pattern} [0-9A-Z]{{2}}(?!\S)", tidy):
        if checked(found[0][:-3]) == found[0]:
            return {name: found[name] for name in shape.groupindex}
    raise Unread(text)


def _time(digits: str) -> tuple[int, int, int]:
    day, hour, minute = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if not (1 <= day <= 31 and hour < 24 and minute < 60):
        raise Unread(digits)
    return day, hour, minute


def _moment(
    day: int, hour: int, minute: int, received_at: datetime, zone: tzinfo
) -> datetime:
    local = received_at.astimezone(zone)
    for back in range(63):  # the same day of the month is at most two months ago
        on = (local - timedelta(days=back)).date()
        said = datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone)
        if on.day == day and said <= received_at:
            return said
    return received_at
