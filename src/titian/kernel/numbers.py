"""Telephone numbers as carriers want them; row numbers as people send them."""

import re

HOME = "62"
"""A number written with a leading nought is of the house's own country."""
LONGEST_ROW = 18


def international(written: str) -> str:
    """``written`` as E.164, or empty if it cannot be a telephone number.

    >>> international("0812-3456 7890"), international("+62 (812) 3456-7890")
    ('+6281234567890', '+6281234567890')
    >>> international("0062 812 3456 7890"), international("6281234567890")
    ('+6281234567890', '+6281234567890')
    >>> international("ask Marco"), international("112")
    ('', '')
    """
    kept = re.sub(r"[\s().\-/\u2010-\u2015\u200e\u200f\u202a-\u202e\xa0]", "", written)
    if not re.fullmatch(r"\+?[0-9]+", kept, re.ASCII):
        return ""
    if kept.startswith("+"):
        digits = kept[1:]
    elif kept.startswith("00"):
        digits = kept[2:]
    elif kept.startswith("0"):
        digits = HOME + kept[1:]
    else:
        digits = kept
    return f"+{digits}" if 8 <= len(digits) <= 15 and digits[0] != "0" else ""


def row_number(text: str) -> int | None:
    """The number of a row as it came in an address or a form; ``None`` if it is none.

    Eighteen plain digits at most, which is as far as both databases count.

    >>> row_number("46"), row_number("²"), row_number("9" * 19), row_number("")
    (46, None, None, None)
    """
    is_one = text.isascii() and text.isdecimal() and len(text) <= LONGEST_ROW
    return int(text) if is_one else None
