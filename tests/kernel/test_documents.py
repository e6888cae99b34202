"""A file is kept once, by its content, and nobody reads it from the disk alone."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from tests.world import HOUR, NOON
from titian.kernel import documents
from titian.kernel.models import Document

PAPER = b"Nota diplomatik, nomor 7"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path, db: None) -> Path:  # type: ignore[no-untyped-def]
    settings.DOCUMENTS = tmp_path / "documents"
    return tmp_path / "documents"


def kept(content: bytes = PAPER, name: str = "nota.pdf") -> Document:
    return documents.keep(
        content, name=name, kind="nota", media_type="application/pdf", at=NOON
    )


def test_it_comes_back_as_it_went_in() -> None:
    assert documents.content_of(kept()) == PAPER


def test_the_row_knows_it_by_its_content() -> None:
    paper = kept()

    assert (paper.sha256, paper.size_bytes) == (sha256(PAPER).hexdigest(), len(PAPER))
    assert (paper.kept_at, paper.secrecy) == (NOON, Document.Secrecy.HOUSE)


def test_the_same_file_twice_is_one_document() -> None:
    first = kept()

    again = documents.keep(
        PAPER,
        name="copy.pdf",
        kind="nota",
        media_type="application/pdf",
        at=NOON + HOUR,
    )

    assert (again, again.name) == (first, "nota.pdf")
    assert Document.objects.count() == 1


def test_the_disk_alone_tells_nothing(folder: Path) -> None:
    kept()

    [path] = [path for path in folder.rglob("*") if path.is_file()]
    assert PAPER not in path.read_bytes()


def test_without_the_houses_key_nobody_reads_it(settings) -> None:  # type: ignore[no-untyped-def]
    paper = kept()
    settings.HOUSE_KEYS = ["3z0pZ8dTqk1mT9x3H1Vf2o5h7p9Q0a1B2c3D4e5F6g4="]

    with pytest.raises(documents.Unreadable):
        documents.content_of(paper)


def test_a_new_house_key_still_opens_the_old_papers(settings) -> None:  # type: ignore[no-untyped-def]
    paper = kept()
    new = "3z0pZ8dTqk1mT9x3H1Vf2o5h7p9Q0a1B2c3D4e5F6g4="
    settings.HOUSE_KEYS = [new, *settings.HOUSE_KEYS]

    assert documents.content_of(paper) == PAPER
    assert documents.content_of(kept(b"another")) == b"another"


def test_what_is_too_large_leaves_nothing_behind(folder: Path) -> None:
    with pytest.raises(documents.TooLarge):
        kept(bytes(documents.LARGEST + 1))

    assert not folder.exists()
    assert Document.objects.count() == 0


def test_a_paper_that_the_folder_lost_is_missed(folder: Path) -> None:
    paper = kept()
    for path in folder.rglob(paper.sha256):
        path.unlink()

    with pytest.raises(FileNotFoundError):
        documents.content_of(paper)


def test_eight_at_once_write_one_file(folder: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        list(many.map(documents.store, [PAPER] * 8))

    assert [path.name for path in folder.rglob("*") if path.is_file()] == [
        sha256(PAPER).hexdigest()
    ]
