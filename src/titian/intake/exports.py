"""A chat app's export, read line by line: pure text in, who said what and when out."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import pairwise

from titian.kernel.archives import DAMAGED

LARGEST_TEXT = 40 * 1024 * 1024
MOST_FILES = 5000
LARGEST_UNPACKED = 400 * 1024 * 1024

MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
DATE = r"(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})"
TIME = r"(?P<time>\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)(?: ?(?P<half>[AaPp])\.? ?[Mm]\.?)?"
ANDROID = re.compile(rf"^{DATE},? (?:pukul )?{TIME} [-\u2013] (?P<rest>.*)$", re.DOTALL)
IPHONE = re.compile(rf"^\[{DATE},? (?:pukul )?{TIME}\] (?P<rest>.*)$", re.DOTALL)
AUTHOR = re.compile(r'^(?P<author>[^:"\u201c\u201d]{1,80}): ?(?P<words>.*)$', re.DOTALL)
ATTACHED = re.compile(
    r"<(?:attached|terlampir): (?P<iphone>[^<>]+)>"
    r"|^(?P<android>[^\n]+\.\w{2,5}) \((?:file attached|file terlampir)\)",
)
OMITTED = re.compile(
    r"^<?(?:media|image|video|audio|sticker|document|gif|contact card|gambar|foto|"
    r"stiker|dokumen|kartu kontak)\b.{0,80}(?:omitted|tidak disertakan)>?$",
    re.IGNORECASE,
)
TAKEN_BACK = re.compile(
    r"^<?(?:this message was deleted|you deleted this message|"
    r"pesan ini (?:telah )?dihapus|anda (?:telah )?menghapus pesan ini)\.?>?$",
    re.IGNORECASE,
)
SYSTEM = re.compile(
    r"end-to-end|created (?:this )?group|membuat grup|\badded\b|menambahkan|\bleft\b|"
    r"keluar|changed|mengubah|joined|bergabung|security code|kode keamanan|"
    r"message timer|pesan sementara|disappearing|pinned|menyematkan|removed|"
    r"mengeluarkan|now an admin|menjadi admin",
    re.IGNORECASE,
)
ORDERS: Mapping[str, tuple[int, int, int]] = {
    "dmy": (2, 1, 0),
    "mdy": (2, 0, 1),
    "ymd": (0, 1, 2),
}
"""Where year, month and day stand."""


class NotAChat(ValueError):
    """The file holds no chat; ``why`` is one of the codes a reader is told of."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Line:
    """One message: ``said_at`` as the exporting phone's clock showed it.

    ``file`` is the name of what was sent with it, if it is in the archive; ``is_left``
    says that something was sent and is not.
    """

    said_at: datetime
    author: str
    words: str
    file: str = ""
    is_left: bool = False
    is_system: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """A whole chat: its lines in their order, and how many lines belong to none."""

    lines: Sequence[Line]
    files: Mapping[str, bytes]
    skipped: int
    order: str
    digest: str


def read(content: bytes) -> Export:
    """The chat in a ``.txt`` or a ``.zip`` as the app writes it; ``NotAChat`` if none.

    Android and iPhone, 12 and 24 hours, dots and colons; the order of day and month is
    found out from the whole file (``order_of``).
    """
    text, files = _unpacked(content)
    lines, skipped = _joined(_decoded(text))
    heads = [head for head in map(_head, lines) if head is not None]
    if not heads:
        raise NotAChat("no_lines")
    order = order_of([head.group("date") for head in heads], _half_days(heads))
    found = [line for head in heads if (line := _line(head, order)) is not None]
    skipped += len(heads) - len(found)
    return Export(found, files, skipped, order, sha256(text).hexdigest())


def order_of(dates: Sequence[str], is_half_days: bool = False) -> str:
    """Which of ``ORDERS`` the dates are written in.

    A number above 12 decides; else the order in which the days run forward; else the
    month comes first where the clock has twelve hours, and the day everywhere else.

    >>> order_of(["14/11/22", "15/11/22"]), order_of(["11/14/22"])
    ('dmy', 'mdy')
    >>> order_of(["2022-11-04"]), order_of(["1/11/22", "2/11/22", "3/11/22"])
    ('ymd', 'dmy')
    >>> order_of(["11/1/22", "11/2/22", "12/1/22"]), order_of(["4/5/22"], True)
    ('mdy', 'mdy')
    """
    parts = [[int(one) for one in re.split(r"[./-]", date)] for date in dates]
    if any(first > 31 for first, _second, _third in parts):
        return "ymd"
    if any(first > 12 for first, _second, _third in parts):
        return "dmy"
    if any(second > 12 for _first, second, _third in parts):
        return "mdy"
    back = {name: _backward(parts, name) for name in ("dmy", "mdy")}
    if back["dmy"] != back["mdy"]:
        return min(back, key=lambda name: back[name])
    return "mdy" if is_half_days else "dmy"


def _backward(parts: Sequence[Sequence[int]], name: str) -> int:
    """How often time would run backward; then, over how many months it would go."""
    year, month, day = ORDERS[name]
    days = [(one[year], one[month], one[day]) for one in parts]
    months = len({one[:2] for one in days})
    return 1000 * sum(after < before for before, after in pairwise(days)) + months


def _half_days(heads: Sequence[re.Match[str]]) -> bool:
    return any(head.group("half") for head in heads)


def _unpacked(content: bytes) -> tuple[bytes, dict[str, bytes]]:
    if not content.startswith(b"PK\x03\x04"):
        if len(content) > LARGEST_TEXT:
            raise NotAChat("too_large")
        return content, {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _from_archive(archive)
    except NotAChat:
        raise
    except DAMAGED as problem:
        raise NotAChat("damaged") from problem


def _from_archive(archive: zipfile.ZipFile) -> tuple[bytes, dict[str, bytes]]:
    """The text and the files beside it; nothing is unpacked that would be too much."""
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if (
        len(entries) > MOST_FILES
        or sum(e.file_size for e in entries) > LARGEST_UNPACKED
    ):
        raise NotAChat("too_large")
    texts = [one for one in entries if one.filename.lower().endswith(".txt")]
    chats = [one for one in texts if "chat" in one.filename.lower()] or texts
    if not chats or chats[0].file_size > LARGEST_TEXT:
        raise NotAChat("no_lines" if not chats else "too_large")
    files = {
        one.filename.rpartition("/")[2]: archive.read(one)
        for one in entries
        if one is not chats[0]
    }
    return archive.read(chats[0]), files


def _decoded(text: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and text[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            return text.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAChat("letters")


def _joined(text: str) -> tuple[list[str], int]:
    """The messages, each with all its lines; how many lines came before the first."""
    found: list[list[str]] = []
    skipped = 0
    for line in text.replace("\r\n", "\n").split("\n"):
        if _head(line) is not None:
            found.append([line])
        elif found:
            found[-1].append(line)
        else:
            skipped += bool(line.strip())
    return ["\n".join(lines).rstrip() for lines in found], skipped


def _head(line: str) -> re.Match[str] | None:
    plain = re.sub("[\u202f\xa0]", " ", line[:40]) + line[40:]
    plain = plain.lstrip("\u200e\u200f\ufeff ")
    return IPHONE.match(plain) or ANDROID.match(plain)


def _line(head: re.Match[str], order: str) -> Line | None:
    said_at = _moment(head, order)
    if said_at is None:
        return None
    rest = MARKS.sub("", head.group("rest"))
    named = AUTHOR.match(rest)
    if named is None:
        return Line(said_at, "", rest.strip(), is_system=True)
    author = named.group("author").strip().removeprefix("~").strip()
    return _told(Line(said_at, author, named.group("words").strip()), head)


def _told(line: Line, head: re.Match[str]) -> Line:
    """What was sent with the words; whether they are the app's own after all."""
    if OMITTED.match(line.words):
        return replace(line, is_left=True)
    if found := ATTACHED.search(line.words):
        name = (found["iphone"] or found["android"]).strip()
        words = (line.words[: found.start()] + line.words[found.end() :]).strip()
        return replace(line, words=words, file=name)
    is_marked = "\u200e" in head.group("rest")
    if is_marked and head.re is IPHONE and _is_the_apps(line.words):
        return replace(line, is_system=True)
    return line


def _is_the_apps(words: str) -> bool:
    return "\n" not in words and len(words) < 200 and bool(SYSTEM.search(words))


def _moment(head: re.Match[str], order: str) -> datetime | None:
    parts = [int(one) for one in re.split(r"[./-]", head.group("date"))]
    year, month, day = (parts[place] for place in ORDERS[order])
    hour, minute, *second = (int(one) for one in re.split(r"[.:]", head.group("time")))
    if half := head.group("half"):
        hour = hour % 12 + (12 if half in "pP" else 0)
    try:
        return datetime(  # noqa: DTZ001 - the phone's own clock: its zone comes later
            year + 2000 if year < 100 else year,
            month,
            day,
            hour,
            minute,
            second[0] if second else 0,
        )
    except ValueError:
        return None


def says_nothing(words: str) -> bool:
    """Whether the app wrote this in the place of a picture or of words taken back.

    >>> says_nothing("<Media omitted>"), says_nothing("Pesan ini dihapus")
    (True, True)
    >>> says_nothing("The media omitted our minister")
    False
    """
    plain = MARKS.sub("", words).strip()
    return not plain or bool(OMITTED.match(plain) or TAKEN_BACK.match(plain))


def authors(export: Export) -> Counter[str]:
    """Everybody who spoke, and how often."""
    return Counter(line.author for line in export.lines if not line.is_system)


def named_files(export: Export) -> Iterator[tuple[str, bytes]]:
    """The files that a line speaks of and the archive holds."""
    for line in export.lines:
        if line.file in export.files:
            yield line.file, export.files[line.file]
