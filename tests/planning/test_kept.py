"""Compiled kernels are kept where only the house may write, each for its sources."""

import os
from pathlib import Path

import pytest

from titian.planning import kept
from titian.planning.warming import warm


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "trips" / "kernel").mkdir(parents=True)
    (tmp_path / "compiled.py").write_text("compiler = 1\n")
    (tmp_path / "trips" / "kernel" / "laws.py").write_text("law = 1\n")
    return tmp_path


@pytest.mark.parametrize("name", ["trips/kernel/laws.py", "compiled.py"])
def test_a_changed_source_has_a_folder_of_its_own(sources: Path, name: str) -> None:
    before = kept.digest(sources)

    (sources / name).write_text("law = 2\n")

    assert kept.digest(sources) != before


def test_the_first_place_that_can_be_written_to_is_taken(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    found = kept.kept_in([tmp_path / "file", tmp_path / "free"])

    assert found is not None
    assert found.parent == tmp_path / "free"
    assert not kept.is_warm(found)


def test_with_no_place_at_all_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    assert kept.kept_in([tmp_path / "file"]) is None
    assert not kept.is_warm(None)


def test_an_operators_word_comes_first_and_a_shared_folder_never(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (
        ("NUMBA_CACHE_DIR", "/told"),
        ("TITIAN_HOME", "/house"),
        ("HOME", "/user"),
    ):
        monkeypatch.setenv(name, value)

    assert [*kept.places()] == [
        Path("/told"),
        kept.HERE / "__pycache__",
        Path("/house/kernels"),
        Path("/user/.cache/titian"),
    ]


def test_of_other_versions_the_two_set_up_last_are_kept(tmp_path: Path) -> None:
    for number, name in enumerate("abcd"):
        mark = tmp_path / f"kernels-{name}" / kept.MARK
        mark.parent.mkdir()
        mark.touch()
        os.utime(mark, (number, number))
    (tmp_path / "kernels-never-completed").mkdir()
    (tmp_path / "something-else").mkdir()

    kept.forget_others(tmp_path / "kernels-a")

    left = sorted(one.name for one in tmp_path.iterdir())
    assert left == ["kernels-a", "kernels-c", "kernels-d", "something-else"]


def test_what_is_warm_is_not_compiled_again() -> None:
    warm()

    assert kept.is_warm(kept.kept_in())
    assert warm() is False
