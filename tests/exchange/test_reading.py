"""Files in: what is read, and the sentence for what cannot be."""

import datetime as dt
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.exchange.files import csv_file, xlsx_file
from titian.exchange.reading import read, written
from titian.exchange.reasons import Unreadable
from titian.kernel.documents import LARGEST

WORDS = "kode;nama\nA;Íñigo Müller\n"


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),  # with a byte order mark
        ("utf-16-le", "utf-16-le"),  # without one
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_letters_survive_whatever_program_wrote_them(
    encoding: str, read_as: str
) -> None:
    (table,) = read(WORDS.encode(encoding), "a.csv")

    assert table.lines[1].cells == ["A", "Íñigo Müller"]
    assert table.encoding == read_as


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_list_may_be_cut_by_any_usual_sign(sign: str) -> None:
    content = csv_file(["code", "name"], ["A", "Rp 12.500.000,00; net"], sign=sign)

    (table,) = read(content, "a.csv")

    assert table.lines[1].cells == ["A", "Rp 12.500.000,00; net"]


def test_a_row_has_the_number_a_spreadsheet_shows() -> None:
    (table,) = read(b'code,note\n\nA,"two\nlines"\nB,one\n', "a.csv")

    assert [(line.number, line.cells[:1]) for line in table.lines] == [
        (1, ["code"]),
        (2, []),
        (3, ["A"]),
        (4, ["B"]),
    ]


def _truncated_workbook() -> bytes:
    return xlsx_file(["code", "name"], ["A", "B"])[:900]


def _bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(3):
            archive.writestr(f"{part}.xml", b"\0" * 150_000_000)
    return out.getvalue()


def _reworked(sheet: str, **parts: bytes) -> bytes:
    """A workbook whose sheet holds these rows instead of its own."""
    out, name = BytesIO(), "xl/worksheets/sheet1.xml"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f'<worksheet xmlns="{space}"><sheetData>{sheet}</sheetData></worksheet>'
    with (
        zipfile.ZipFile(BytesIO(xlsx_file(["code"], ["A"]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in good.namelist():
            archive.writestr(part, data if part == name else good.read(part))
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def _cell_at(*places: str) -> Callable[[], bytes]:
    """A workbook with nothing but a cell at each of the places."""
    rows = (
        f'<row r="{"".join(filter(str.isdigit, place))}">'
        f'<c r="{place}"><v>1</v></c></row>'
        for place in places
    )
    sheet = "".join(rows)
    return lambda: _reworked(sheet)


def _damaged(old: bytes, new: bytes) -> bytes:
    content = xlsx_file(["code", "name"], ["A", "B"])
    assert old in content
    return content.replace(old, new)


BAD: list[tuple[str, Callable[[], bytes]]] = [
    ("too_large", lambda: b"a" * (LARGEST + 1)),
    ("too_large", _bomb),
    ("too_many_rows", lambda: b"code,name\n" + b"A,B\n" * 200_001),
    ("empty_file", lambda: b""),
    ("empty_file", lambda: b"\0" * 4096),
    ("unknown_format", lambda: b"%PDF-1.7 something"),
    ("wrong_encoding", lambda: "code,name\nA,田中太郎さん\n".encode("shift-jis")),
    ("wrong_encoding", lambda: "code,name\nA,Екатерина\n".encode("cp1251")),
    ("wrong_encoding", lambda: b"\xff\xfea\x00b"),  # half a letter of UTF-16
    ("gaps", lambda: b"code,name\nA,Ingrid\n" + b"\0" * 512),
    ("half_written", lambda: b'code,name\nA,"Ingrid\nB,Marco\n'),
    ("too_many_rows", _cell_at("A1", "XFD1048576")),
    ("too_many_rows", _cell_at("XFD1048576")),  # alone, in the last corner
    ("too_many_rows", lambda: _reworked('<row r="900000"><c/><c/><c/><c/><c/></row>')),
    ("broken_workbook", _truncated_workbook),
    ("broken_workbook", lambda: _damaged(b"\x14\x03\x14\x00", b"\x14\x03\xff\x00")),
    ("broken_workbook", lambda: _damaged(b"xl/workbook.xml", b"xl/workbook.bin")),
    ("broken_workbook", lambda: _reworked("", **{"content.xml": b"<a/>"})),
    ("broken_workbook", lambda: b"PK\x03\x04 and then nothing of the kind"),
]


@pytest.mark.parametrize(("code", "make"), BAD)
def test_what_cannot_be_read_is_told_in_a_sentence(
    code: str, make: Callable[[], bytes]
) -> None:
    with pytest.raises(Unreadable) as refused:
        read(make(), "list.doc")

    assert refused.value.code == code
    with translation.override("en"):
        assert str(refused.value).endswith(".")


def test_whichever_byte_is_wrong_it_is_a_workbook_or_it_is_told() -> None:
    content = xlsx_file(["code", "name"], ["A", "Ingrid"])
    told = set()

    for place in range(0, len(content), 11):
        slip = bytes([content[place] ^ 0xFF])
        try:
            read(content[:place] + slip + content[place + 1 :], "list.xlsx")
        except Unreadable as why:
            told.add(why.code)

    assert told >= {"broken_workbook"}


def test_a_file_that_stops_in_a_quotation_says_at_which_row() -> None:
    with pytest.raises(Unreadable) as refused, translation.override("en"):
        read(b'code,name\nA,Ingrid\nB,"Mar', "a.csv")

    assert refused.value.details == {"row": 3}


def test_a_stray_quotation_mark_costs_nobody_the_other_rows() -> None:
    (table,) = read(b'code,note\nA,"size" 5\nB,one\n', "a.csv")

    assert [line.cells[0] for line in table.lines] == ["code", "A", "B"]


def test_a_workbook_gives_days_and_hours_as_one_would_type_them() -> None:

    cells = [dt.date(2022, 11, 14), dt.time(19, 40), 3.0, 2.5, None, True]
    moment = dt.datetime.combine(dt.date(2022, 11, 14), dt.time(19, 40))

    assert [written(cell) for cell in [*cells, moment]] == [
        "2022-11-14",
        "19:40",
        "3",
        "2.5",
        "",
        "yes",
        "2022-11-14 19:40",
    ]


TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12
).map(str.strip)
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8)


@settings(max_examples=examples(25, 60), deadline=None)
@given(ROWS)
def test_what_was_written_is_what_is_read(rows: list[tuple[str, str, str]]) -> None:
    header = ("code", "name", "native")

    (from_text,) = read(csv_file(header, *rows), "a.csv")
    (from_book,) = read(xlsx_file(header, *rows), "a.xlsx")

    wanted = [list(row) for row in rows]
    assert [line.cells for line in from_text.lines[1:]] == wanted
    filled = [line.cells for line in from_book.lines[1:] if any(line.cells)]
    assert filled == [row for row in wanted if any(row)]
