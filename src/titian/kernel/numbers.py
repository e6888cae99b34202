"""Telephone numbers as carriers want them: a plus, the country, the rest."""

import re

HOME = "62"
"""A number written with a leading nought is of the house's own country."""


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
