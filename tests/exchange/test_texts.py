"""What can be read in a file is read; what cannot be breaks nothing."""

import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from titian.exchange.texts import text_of


def docx(body: str) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", body)
    return written.getvalue()


def test_the_words_of_a_docx_are_read_across_its_runs_and_paragraphs() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Nota </w:t></w:r><w:r><w:t>diplomatik'
        "</w:t></w:r></w:p><w:p><w:r><w:t>R&amp;D</w:t></w:r></w:p>"
    )

    assert text_of(docx(body)).split("\n")[:2] == ["Nota diplomatik", "R&D"]


def test_the_cells_and_titles_of_a_workbook_are_read() -> None:
    written = BytesIO()
    book = xlsxwriter.Workbook(written)
    sheet = book.add_worksheet("Kamar")
    sheet.write(0, 0, "suite")
    book.close()

    assert text_of(written.getvalue()).split() == ["Kamar", "suite"]


def test_plain_text_is_read_in_the_letters_it_was_written_in() -> None:
    assert text_of("Café".encode("cp1252"), "text/plain") == "Café"


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 words", b"PK\x03\x04 torn", b"\x00\x01\x02\x03 words", b"", docx("")],
)
def test_what_cannot_be_read_is_no_error(content: bytes) -> None:
    assert text_of(content).strip() == ""
