"""Bytes to text: which letters a text file was written in."""

import codecs
import re

from titian.exchange.reasons import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FOREIGN = re.compile(rb"[\x80-\xff]{4,}")
"""Western words never have four accented letters in a row; other alphabets do."""


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding it was read in.

    A byte order mark is believed; without one it is UTF-16 (every second byte empty),
    UTF-8, or what Excel writes in Western Europe and Indonesia (Windows-1252). Raises
    ``Unreadable`` for anything else and for gaps of empty bytes.
    """
    encoding = _encoding_of(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8" or FOREIGN.search(content):
            raise Unreadable("wrong_encoding") from None
        text, encoding = _western(content), "cp1252"
    if "\0" in text:
        raise Unreadable("gaps")
    return text.removeprefix("\ufeff"), encoding


def _encoding_of(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    start = content[:200]
    if len(start) > 3 and not any(start[1::2]):
        return "utf-16-le"
    if len(start) > 3 and not any(start[::2]):
        return "utf-16-be"
    return "utf-8"


def _western(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable("wrong_encoding") from None
