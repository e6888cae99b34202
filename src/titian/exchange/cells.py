"""What a cell may say: text into days, hours, codes, choices; or a reason why not."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from titian.exchange.known import Known
from titian.exchange.reasons import Refused
from titian.exchange.sheets.declaration import Reader
from titian.people.models import LEVELS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari",
            "feb february februari pebruari",
            "mar march maret",
            "apr april",
            "may mei",
            "jun june juni",
            "jul july juli",
            "aug august agu agt agustus",
            "sep sept september",
            "oct october okt oktober",
            "nov november nopember",
            "dec december des desember",
        ),
        start=1,
    )
    for name in names.split()
}
YES = {"yes", "y", "true", "1", "ya", "v", "x"}
NO = {"no", "n", "false", "0", "tidak", "-"}


def number(text: str, known: Known) -> int:
    """A whole number from 0 on."""
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise Refused("bad_number")
    return int(text)


def decimal(text: str, known: Known) -> Decimal:
    """A number that may have parts: 2.5 or 2,5."""
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise Refused("bad_number") from None
    if not found.is_finite() or abs(found) >= 10**8:
        raise Refused("bad_number")
    return found


def degrees(text: str, known: Known) -> float:
    """A latitude or longitude."""
    return float(decimal(text, known))


def yes(text: str, known: Known) -> bool:
    """Yes or no, ya or tidak."""
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    raise Refused("bad_choice", choices="yes, no")


def day(text: str, known: Known) -> date:
    """2022-11-14, 14/11/2022, 14-Nov-22, 14 November 2022, 14 Nopember 2022."""
    try:
        return _day(text)
    except (ValueError, KeyError, OverflowError):
        raise Refused("bad_date") from None


def _day(text: str) -> date:
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text, re.ASCII):
        year, month, of_month = map(int, match.groups())
        return date(year, month, of_month)
    match = re.fullmatch(r"(\d{1,2})[-/. ]+(\w+)[-/., ]+(\d{4}|\d\d)", text, re.ASCII)
    if match is None:
        raise ValueError(text)
    of, name, year_text = match.groups()
    month = int(name) if name.isdigit() else MONTHS[name.casefold()]
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    return date(year, month, int(of))


def hour(text: str, known: Known) -> time:
    """19:40, 19.40 or 1940; 24:00 is the first minute of a day."""
    match = re.fullmatch(r"(\d{1,2})[:.]?(\d\d)(?::\d\d)?", text, re.ASCII)
    if match is None:
        raise Refused("bad_time")
    of_day, minute = int(match[1]), int(match[2])
    if of_day > 24 or minute > 59:
        raise Refused("bad_time")
    return time(of_day % 24, minute)


def instant(text: str, known: Known) -> datetime:
    """A day with a time; without an offset it is the time where the event is."""
    zone = ZoneInfo(known.event.zone)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = _pieced(text, known)
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _pieced(text: str, known: Known) -> datetime:
    on, _, at = text.rpartition(" ")
    try:
        return datetime.combine(day(on, known), hour(at, known))
    except Refused:
        raise Refused("bad_instant") from None


def day_or_instant(text: str, known: Known) -> datetime:
    """A day, whose first instant it then is, or a day with a time."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        start = datetime.combine(day(text, known), time())
        return start.replace(tzinfo=ZoneInfo(known.event.zone))
    return instant(text, known)


def email(text: str, known: Known) -> str:
    """Something with one @ and a dot behind it."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) or len(text) > 254:
        raise Refused("bad_email")
    return text


def phone(text: str, known: Known) -> str:
    """As it was written, if it can be dialled."""
    if not re.fullmatch(r"[+\d][\d\s().-]{2,38}", text.lstrip("("), re.ASCII):
        raise Refused("bad_phone")
    return text


def several(text: str, known: Known) -> list[str]:
    """Words between semicolons."""
    return [word.strip() for word in text.split(";") if word.strip()]


def spoken(text: str, known: Known) -> dict[str, str]:
    """en:C1;ja:B2 as language to level."""
    found: dict[str, str] = {}
    for piece in several(text, known):
        language, _, level = piece.partition(":")
        if not re.fullmatch(r"[a-z]{2,3}(-\w+)?", language) or level not in LEVELS:
            raise Refused("bad_languages")
        found[language] = level
    return found


def basis_of_people(text: str, known: Known) -> str:
    """Whether somebody is invented."""
    return "synthetic" if yes(text, known) else "fact"


def one_of(choices: Mapping[str, str] | list[str]) -> Reader:
    """One of these words, or of the other words that mean them."""
    meant = (
        choices if isinstance(choices, Mapping) else {word: word for word in choices}
    )

    def read(text: str, known: Known) -> Any:
        found = meant.get(text) or meant.get(text.casefold().replace(" ", "_"))
        if found is None:
            raise Refused(
                "bad_choice", choices=", ".join(dict.fromkeys(meant.values()))
            )
        return found

    return read


def party(text: str, known: Known) -> int:
    """A party's code."""
    return known.party(text)


def team(text: str, known: Known) -> int:
    """An inner team's code."""
    return known.team(text)


def delegation(text: str, known: Known) -> int:
    """The code of a party that is at the event."""
    return known.delegation(text)


def delegations(text: str, known: Known) -> list[int]:
    """Codes of parties at the event, between semicolons."""
    return [known.delegation(code) for code in several(text, known)]


def person(text: str, known: Known) -> int:
    """A person's code."""
    return known.person(text)


def officer(text: str, known: Known) -> int:
    """An officer's code."""
    return known.officer(text)


def place(text: str, known: Known) -> int:
    """A place's code."""
    return known.place(text)


def agreement(text: str, known: Known) -> int:
    """An agreement's code."""
    return known.agreement(text)


def activity(text: str, known: Known) -> int:
    """The code of an item of the programme."""
    return known.activity(text)


def vehicle(text: str, known: Known) -> int:
    """The plate of a car."""
    return known.vehicle(text)


def journey(text: str, known: Known) -> int:
    """The code of an arrival or departure."""
    return known.journey(text)
