"""Whether an answer promises something: "I will…" becomes a promise with an hour."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

LONGEST = 300
SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
PROMISES = re.compile(
    r"""\b(?:
        (?:i|we|they|he|she|it|you) \s* (?:['’]ll|\s will|\s shall) \b
      | (?:i\s*['’]?\s?a?m|we\s*['’]?\s?a?re) \s going \s to \b
      | (?:i|we) \s promise \b
      | \w+ \s (?:will|shall) \s be \b
      | (?:saya|kami|kita|mereka|dia|ia|anda) \s (?:pasti\s)? akan \b
      | akan \s (?:segera\s)? (?:kami|saya|kita) \b
      | akan \s (?:ada|siap|tiba|datang|tersedia|menunggu|dikirim|disiapkan|diantar) \b
      | (?:saya|kami) \s (?:janji|berjanji|pastikan|jamin|siapkan) \b
      | (?:saya|kami) \s (?:kirim|antar)(?:kan)? \b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
NO_PROMISE = re.compile(
    r"\b(?:will|shall)\s+not\b|\bwon['’]t\b|\b(?:tidak|tak|belum|bukan)\s+akan\b"
    r"|\bif\b|\bkalau\b|\bjika\b|\bapabila\b",
    re.IGNORECASE,
)
SPAN = re.compile(
    r"\b(?:in|within|dalam|within\s+the\s+next)\s+(\d{1,3}|an?|satu|setengah|half\s+an)\s+"
    r"(minutes?|mins?|menit|hours?|jam)\b",
    re.IGNORECASE,
)
HOUR = re.compile(
    r"\b(?:by|before|at|until|around|about|sebelum|pukul|jam|paling\s+lambat|sekitar)\s+"
    r"(?:(?:pukul|jam)\s+)?(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|pagi|siang|sore|malam)?\b"
    r"(?!\s*(?:menit|minutes?|orang|people|mobil|cars?|%))",
    re.IGNORECASE,
)
TOMORROW = re.compile(r"\b(?:tomorrow|besok|esok)\b", re.IGNORECASE)
AFTERNOON = frozenset({"pm", "sore", "malam"})
NUMBERS = {"a": 1.0, "an": 1.0, "satu": 1.0, "setengah": 0.5, "half an": 0.5}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that promise something, and by when if they say so."""

    words: str
    due_at: datetime | None


def promised(words: str, *, at: datetime, zone: tzinfo) -> Suggestion | None:
    """The first sentence of ``words`` that promises something, and its hour.

    Indonesian and English. A question, a refusal and a condition promise nothing. An
    hour that has passed today is tomorrow's; hours are read where the event is.

    >>> from datetime import UTC
    >>> noon = datetime(2027, 5, 1, 12, tzinfo=UTC)
    >>> promised("Noted. We will have two cars ready by 18:30.", at=noon, zone=UTC)
    ... # doctest: +ELLIPSIS
    Suggestion(words='We will have two cars ready by 18:30.', due_at=...18, 30...)
    >>> promised("Akan kami kirim dalam 30 menit", at=noon, zone=UTC).due_at.minute
    30
    >>> promised("We will not.", at=noon, zone=UTC)
    """
    for sentence in SENTENCES.split(words):
        if is_promise(sentence):
            return Suggestion(sentence.strip()[:LONGEST], due_in(sentence, at, zone))
    return None


def is_promise(sentence: str) -> bool:
    """Whether one sentence gives a word."""
    if sentence.rstrip().endswith("?") or NO_PROMISE.search(sentence):
        return False
    return PROMISES.search(sentence) is not None


def due_in(sentence: str, at: datetime, zone: tzinfo) -> datetime | None:
    """The hour that the sentence names, after ``at``; ``None`` if it names none."""
    if span := SPAN.search(sentence):
        return at + _length(span[1].lower(), span[2].lower())
    if hour := HOUR.search(sentence):
        return _moment(hour, at.astimezone(zone), bool(TOMORROW.search(sentence)))
    return None


def _length(number: str, unit: str) -> timedelta:
    count = NUMBERS.get(" ".join(number.split())) or float(number)
    return timedelta(hours=count) if unit[0] in "hj" else timedelta(minutes=count)


def _moment(hour: re.Match[str], now: datetime, is_tomorrow: bool) -> datetime | None:
    """That hour today, or tomorrow if it is said or already past."""
    hours, minutes, half = int(hour[1]), int(hour[2] or 0), (hour[3] or "").lower()
    if half in AFTERNOON and hours < 12:
        hours += 12
    if hours > 23 or minutes > 59:
        return None
    day = now.date() + timedelta(days=is_tomorrow)
    moment = datetime.combine(day, time(hours, minutes), tzinfo=now.tzinfo)
    return moment if moment > now else moment + timedelta(days=1)
