"""The words in a file that was brought, as far as the house can read it."""

import re
import zipfile
from html import unescape
from io import BytesIO

from titian.exchange.letters import decoded
from titian.exchange.reading import read
from titian.exchange.reasons import Unreadable
from titian.kernel.archives import DAMAGED

AT_MOST = 200_000
"""Letters; what stands further back is not found."""
XML_AT_MOST = 20 * 1024 * 1024
BODY = "word/document.xml"
RUN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(</w:p>|<w:tab/>|<w:br/>)")
PLAIN = ("text/", "application/json")
NO_WORDS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


def text_of(content: bytes, media_type: str = "") -> str:
    """The words of plain text, CSV, DOCX and XLSX; empty where there is no reading it.

    Never raises for what a file holds: a damaged one is kept as it came.
    """
    if content.startswith(NO_WORDS):
        return ""
    try:
        if content.startswith(b"PK"):
            return _packed(content)[:AT_MOST]
        return decoded(content)[0][:AT_MOST] if _is_plain(content, media_type) else ""
    except (Unreadable, *DAMAGED):
        return ""


def _is_plain(content: bytes, media_type: str) -> bool:
    controls = sum(byte < 9 for byte in content[:4000])
    return media_type.startswith(PLAIN) or not controls


def _packed(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if BODY in archive.namelist():
            with archive.open(BODY) as body:
                xml = body.read(XML_AT_MOST).decode("utf-8", "replace")
            pieces = (unescape(words) or "\n" for words, _end in RUN.findall(xml))
            return "".join(pieces).replace("\0", "")
    tables = read(content, "")
    rows = (" ".join(line.cells) for table in tables for line in table.lines)
    return "\n".join([*(table.title for table in tables), *rows])
