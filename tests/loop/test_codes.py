"""A short text carries an alarm where there is no data, and no slip of the thumb."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from titian.loop.codes import (
    LONG,
    Report,
    RollWord,
    Unread,
    checked,
    read_answer,
    read_report,
    write_answer,
    write_report,
)
from titian.loop.models import Alarm

LOBBY = Report("ARN", "medical", 2, "LOBBY", 14, 19, 40)
PARTS = some.from_regex(r"[A-Z0-9][A-Z0-9./-]{0,19}", fullmatch=True)
REPORTS = some.builds(
    Report,
    PARTS,
    some.sampled_from(Alarm.values),
    some.integers(1, 3),
    PARTS | some.just(""),
    some.integers(1, 31),
    some.integers(0, 23),
    some.integers(0, 59),
)
ANSWERS = some.builds(
    RollWord,
    some.integers(0, 999_999),
    PARTS,
    some.sampled_from(["safe", "missing", "injured"]),
    some.none() | some.integers(0, 99_999),
    some.integers(1, 31),
    some.integers(0, 23),
    some.integers(0, 59),
)
TYPED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./ "


def test_the_code_is_short_enough_to_be_typed() -> None:
    assert write_report(LOBBY) == "SOS ARN MED2 LOBBY 141940 KH"


def test_every_alarm_has_its_three_letters() -> None:
    assert sorted(LONG) == sorted(Alarm.values)


@given(REPORTS)
def test_what_is_written_is_read(report: Report) -> None:
    assert read_report(write_report(report)) == report


@given(ANSWERS)
def test_an_answer_to_a_call_is_read_as_written(answer: RollWord) -> None:
    assert read_answer(write_answer(answer)) == answer


@given(REPORTS, some.data())
def test_one_wrong_character_is_found(report: Report, data: some.DataObject) -> None:
    text = write_report(report)
    at = data.draw(some.integers(0, len(text) - 1))
    wrong = data.draw(some.sampled_from([c for c in TYPED if c != text[at]]))

    with pytest.raises(Unread):
        read_report(text[:at] + wrong + text[at + 1 :])


@given(REPORTS, some.data())
def test_two_characters_that_changed_places_are_found(
    report: Report, data: some.DataObject
) -> None:
    text = write_report(report)
    first = data.draw(some.integers(0, len(text) - 2))
    second = data.draw(some.integers(first + 1, len(text) - 1))
    letters = list(text)
    letters[first], letters[second] = letters[second], letters[first]
    swapped = "".join(letters)

    if swapped != text:
        with pytest.raises(Unread):
            read_report(swapped)


@given(ANSWERS, some.data())
def test_one_wrong_character_in_an_answer_is_found(
    answer: RollWord, data: some.DataObject
) -> None:
    text = write_answer(answer)
    at = data.draw(some.integers(0, len(text) - 1))
    wrong = data.draw(some.sampled_from([c for c in TYPED if c != text[at]]))

    with pytest.raises(Unread):
        read_answer(text[:at] + wrong + text[at + 1 :])


def test_small_letters_and_other_words_around_it_do_no_harm() -> None:
    text = f"tolong!  {write_report(LOBBY).lower()}\n  Sent from my phone"

    assert read_report(text) == LOBBY


@pytest.mark.parametrize("text", ["", "help", "SOS", "SOS ARN MED2 LOBBY 141940"])
def test_a_text_without_the_code_is_not_read(text: str) -> None:
    with pytest.raises(Unread):
        read_report(text)


@pytest.mark.parametrize("time", ["001200", "322359", "142400", "141260"])
def test_an_hour_that_no_clock_shows_is_not_read(time: str) -> None:
    with pytest.raises(Unread):
        read_report(checked(f"SOS ARN MED2 - {time}"))


def test_the_moment_is_the_last_such_hour_where_the_event_is() -> None:
    received = datetime(2022, 12, 1, 0, 30, tzinfo=UTC)
    said = Report("ARN", "fire", 1, "", 30, 23, 50)

    moment = said.moment(received, ZoneInfo("Asia/Makassar"))

    assert moment == datetime(2022, 11, 30, 15, 50, tzinfo=UTC)


def test_a_phone_clock_ahead_of_ours_is_not_believed_into_the_future() -> None:
    received = datetime(2022, 11, 14, 12, 0, tzinfo=UTC)

    moment = LOBBY.moment(received - timedelta(hours=24), UTC)

    assert moment <= received
