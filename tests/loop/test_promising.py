"""An answer that gives a word is offered as a promise, with the hour it names."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.loop.promising import due_in, is_promise, promised

WITA = timezone(timedelta(hours=8))
NOW = datetime(2022, 11, 14, 19, 40, tzinfo=WITA)


@pytest.mark.parametrize(
    "words",
    [
        "I will bring two cars.",
        "We'll have a ramp there",
        "We’ll send it",
        "I am going to ask the hotel",
        "I promise an answer tonight",
        "Two cars will be at the lobby",
        "Kami akan menyiapkan dua mobil",
        "Saya pasti akan mengantar",
        "Akan segera kami kirim",
        "Dua mobil akan siap di lobi",
        "Saya pastikan ada ramp",
        "Kami kirimkan sopirnya",
    ],
)
def test_these_give_a_word(words: str) -> None:
    assert is_promise(words)


@pytest.mark.parametrize(
    "words",
    [
        "Two cars are at the lobby.",  # done, not promised
        "Will you be there?",  # a question
        "Apakah kami akan dijemput?",
        "We will not send a car",  # a refusal
        "Kami tidak akan mengirim mobil",
        "We won't",
        "If it rains we will move",  # a condition
        "Kalau hujan kami akan pindah",
        "Good will and patience",
        "",
    ],
)
def test_these_do_not(words: str) -> None:
    assert not is_promise(words)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("We will be there by 20:30", (14, 20, 30)),
        ("Kami akan siap pukul 20.30", (14, 20, 30)),
        ("Kami akan antar sebelum jam 6", (15, 6, 0)),  # six has passed today
        ("I will call at 9 pm", (14, 21, 0)),
        ("Saya akan telepon jam 9 malam", (14, 21, 0)),
        ("We will have it by 12 pm", (15, 12, 0)),
        ("Besok kami akan siap jam 7", (15, 7, 0)),
        ("Tomorrow at 21:00 we will send it", (15, 21, 0)),
        ("I will do it in 20 minutes", (14, 20, 0)),
        ("Akan kami kirim dalam setengah jam", (14, 20, 10)),
        ("We will come within an hour", (14, 20, 40)),
        ("I will be there in 2 hours", (14, 21, 40)),
    ],
)
def test_the_hour_is_read_where_the_event_is(
    words: str, due: tuple[int, int, int]
) -> None:
    found = promised(words, at=NOW.astimezone(UTC), zone=WITA)

    assert found is not None and found.due_at is not None
    there = found.due_at.astimezone(WITA)
    assert (there.day, there.hour, there.minute) == due


@pytest.mark.parametrize(
    "words",
    [
        "We will see",
        "Kami akan datang pukul 25.10",  # no such hour
        "We will come by 9:75",
        "Akan ada sekitar 4 orang",  # people, not an hour
    ],
)
def test_no_hour_is_made_up(words: str) -> None:
    assert due_in(words, NOW, WITA) is None


def test_only_the_sentence_that_promises_is_offered() -> None:
    found = promised("Noted. We will send it by 20.30. Thank you.", at=NOW, zone=WITA)

    assert found is not None
    assert found.words == "We will send it by 20.30."


@given(st.text(max_size=600))
def test_any_words_are_read_in_peace(words: str) -> None:
    found = promised(words, at=NOW, zone=WITA)

    assert found is None or (found.words and len(found.words) <= 300)
