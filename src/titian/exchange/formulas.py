"""Cells that a spreadsheet program would compute: shielded out, unshielded in."""

import re

SHIELD = "'"
COMPUTED = re.compile(rf"{SHIELD}*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
"""What a spreadsheet takes for a formula, and what was shielded from it before."""


def shielded(cell: str) -> str:
    """The cell as a spreadsheet program shows it and never computes it."""
    return SHIELD + cell if COMPUTED.match(cell) else cell


def unshielded(cell: str) -> str:
    """What was shielded, as it was; every other cell untouched."""
    is_shielded = cell.startswith(SHIELD) and COMPUTED.match(cell)
    return cell.removeprefix(SHIELD) if is_shielded else cell
