"""Invitations and their answers, row by row of RFC 5545 and RFC 5546."""

from dataclasses import replace

import pytest

from tests.intake.answers import SHAPES, file_of
from tests.world import MINUTE, NOON
from titian.exchange.calendars import (
    Answer,
    Invitation,
    Method,
    Reply,
    bilateral_in,
    reply_in,
    uid_of,
    written,
)

HOUR_OF_BOTH = Invitation(
    Method.REQUEST,
    uid_of(7),
    2,
    NOON,
    NOON + 30 * MINUTE,
    "Arunika – Selaya",
    "The pier",
    "eve@example.org",
    NOON,
)


def lines(one: Invitation) -> list[str]:
    """The lines as a calendar reads them, folded ones whole."""
    return written(one).decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("method", "status", "asks"),
    [(Method.REQUEST, "CONFIRMED", True), (Method.CANCEL, "CANCELLED", False)],
)
def test_a_request_asks_for_an_answer_and_a_cancel_does_not(
    method: Method, status: str, *, asks: bool
) -> None:
    found = lines(replace(HOUR_OF_BOTH, method=method))

    assert {f"METHOD:{method}", f"STATUS:{status}", "SEQUENCE:2"} <= set(found)
    assert any("RSVP=TRUE" in line for line in found) == asks


def test_every_file_has_what_rfc_5546_requires_once() -> None:
    names = [line.split(":")[0].split(";")[0] for line in lines(HOUR_OF_BOTH)]

    for name in ("UID", "DTSTAMP", "DTSTART", "ORGANIZER", "ATTENDEE", "SUMMARY"):
        assert names.count(name) == 1, name


def test_hours_are_said_in_utc() -> None:
    assert "DTSTART:20270501T120000Z" in lines(HOUR_OF_BOTH)


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut() -> None:
    long = replace(HOUR_OF_BOTH, summary="Île – " * 40)

    raw = written(long).split(b"\r\n")

    assert max(map(len, raw)) <= 75
    assert f"SUMMARY:{'Île – ' * 40}" in lines(long)


def test_what_has_a_meaning_in_the_format_is_escaped() -> None:
    found = lines(replace(HOUR_OF_BOTH, summary="Oars, towels; a\\b\r\nMETHOD:CANCEL"))

    assert "SUMMARY:Oars\\, towels\\; a\\\\b\\nMETHOD:CANCEL" in found
    assert found.count("METHOD:CANCEL") == 0


def test_an_address_ends_no_line() -> None:
    found = lines(replace(HOUR_OF_BOTH, attendee="eve@example.org\r\nSTATUS:CANCELLED"))

    assert "STATUS:CANCELLED" not in found


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("answer", list(Answer))
def test_the_answers_of_three_calendars_are_read(shape: str, answer: Answer) -> None:
    found = reply_in(file_of(shape, uid_of(7), answer, 2))

    assert found == Reply(uid_of(7), 2, "eve@example.org", answer)


GOOD = file_of("google", "u", "ACCEPTED", 1).decode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\n" * 9000,  # no calendar writes so much
        GOOD.replace("METHOD:REPLY", "METHOD:REQUEST").encode(),
        GOOD.replace("METHOD:REPLY", "").encode(),
        GOOD.replace("UID:u\r\n", "").encode(),
        GOOD.replace("UID:u", "UID:u\r\nUID:other").encode(),
        GOOD.replace("PARTSTAT=ACCEPTED", "PARTSTAT=DELEGATED").encode(),
        GOOD.replace("PARTSTAT=ACCEPTED", "ROLE=CHAIR").encode(),
        GOOD.replace("UID:u", "UID:u\r\nRECURRENCE-ID:20270501T120000Z").encode(),
        GOOD.replace("SEQUENCE:1", "SEQUENCE:-1").encode(),
        GOOD.replace(  # two guests answer
            "SEQUENCE:1",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@example.org\r\nSEQUENCE:1",
        ).encode(),
    ],
)
def test_what_is_not_one_answer_of_one_guest_is_none(content: bytes) -> None:
    assert reply_in(content) is None


def test_an_answer_without_a_sequence_is_to_the_very_first() -> None:
    found = reply_in(GOOD.replace("SEQUENCE:1\r\n", "").encode())

    assert found is not None
    assert found.sequence == 0


@pytest.mark.parametrize(
    ("uid", "number"),
    [
        (uid_of(7), 7),
        (uid_of(7).upper().replace("BILATERAL", "bilateral"), 7),
        (uid_of(7).replace("-7.", "-8."), None),  # the mark of another
        ("bilateral-7.0000000000000000@titian", None),
        ("7", None),
    ],
)
def test_nobody_makes_up_the_number_of_an_hour(uid: str, number: int | None) -> None:
    assert bilateral_in(uid) == number
