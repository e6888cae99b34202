"""Letters through a real mail server, in all its moods."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.channels.servers import PostOffice
from titian.channels import Attachment, Trouble, Undelivered, Words, email

pytestmark = pytest.mark.django_db
INGRID = "ingrid@example.org"
TWO_BOATS = Words("Boats 4 and 7", "Your request")


def refused(words: Words = TWO_BOATS) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        email.send(INGRID, words, uuid4())
    return caught.value


def test_a_letter_arrives_as_it_was_written(office: PostOffice) -> None:
    receipt = email.send(INGRID, TWO_BOATS, uuid4())

    [letter] = office.letters
    assert letter["To"] == INGRID
    assert letter["Subject"] == "Your request"
    assert letter["Message-ID"] == receipt.number
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().strip() == "Boats 4 and 7"


def test_a_second_letter_under_the_same_key_has_the_same_number(
    office: PostOffice,
) -> None:
    key = uuid4()

    first, second = (email.send(INGRID, TWO_BOATS, key) for _time in range(2))

    assert first == second
    assert len({letter["Message-ID"] for letter in office.letters}) == 1


def test_text_and_page_are_two_forms_of_one_letter(office: PostOffice) -> None:
    email.send(INGRID, Words("Two", "Boats", html="<p>Two</p>"), uuid4())

    [letter] = office.letters
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == [
        "text/plain",
        "text/html",
    ]


def test_a_file_goes_with_it(office: PostOffice) -> None:
    plan = Attachment("plan.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")

    email.send(INGRID, Words("Here", "Plan", attachments=(plan,)), uuid4())

    [kept] = office.letters[0].iter_attachments()
    assert (kept.get_filename(), kept.get_content()) == ("plan.pdf", plan.content)


def test_what_answers_a_letter_hangs_below_it(office: PostOffice) -> None:
    words = Words("Yes", "Re: Boats", answers="<one@ship.example>", about="loop.ask:1")

    email.send(INGRID, words, uuid4())
    email.send(INGRID, Words("Done", "Boats", about="loop.ask:1"), uuid4())

    first, second = office.letters
    assert first["In-Reply-To"] == "<one@ship.example>"
    assert first["References"].split() == [
        second["References"],
        "<one@ship.example>",
    ]


def test_who_may_leave_is_told_how_with_one_click(office: PostOffice) -> None:
    email.send(INGRID, Words("News", "News", leave="https://h.example/l"), uuid4())
    email.send(INGRID, TWO_BOATS, uuid4())

    news, answer = office.letters
    assert news["List-Unsubscribe"] == "<https://h.example/l>"
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("550 5.1.1 nobody here", Trouble.NO_SUCH_ADDRESS),
        ("550 5.7.1 not from you", Trouble.REFUSED),
        ("552 5.2.2 mailbox full", Trouble.BUSY),
        ("451 4.7.1 greylisted, come back", Trouble.BUSY),
        ("421 closing", Trouble.NO_ANSWER),
    ],
)
def test_a_refused_address_is_told_from_a_busy_one(
    office: PostOffice, said: str, trouble: Trouble
) -> None:
    office.to_recipient[INGRID] = said

    problem = refused()

    assert problem.trouble == trouble
    assert problem.permanent == (said[0] == "5" and "full" not in said)
    assert said[:9] in problem.detail
    assert office.letters == []


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("554 5.6.0 spam", Trouble.REFUSED),
        ("451 try later", Trouble.NO_ANSWER),
    ],
)
def test_a_refused_letter_is_told_from_a_late_one(
    office: PostOffice, said: str, trouble: Trouble
) -> None:
    office.to_letter = [said]

    assert refused().trouble == trouble


def test_a_server_that_hangs_up_after_taking_it_may_have_it_twice_by_one_number(
    office: PostOffice,
) -> None:
    office.hangs_up_after_letter = 1
    key = uuid4()
    with pytest.raises(Undelivered) as caught:
        email.send(INGRID, TWO_BOATS, key)

    email.send(INGRID, TWO_BOATS, key)

    assert not caught.value.permanent
    assert len(office.letters) == 2
    assert len({letter["Message-ID"] for letter in office.letters}) == 1


def test_a_slow_server_is_not_waited_for_for_ever(office: PostOffice) -> None:
    office.delay = 1.0

    assert refused().trouble == Trouble.NO_ANSWER


def test_a_server_that_is_away_is_no_answer(closed_office: Callable[[], None]) -> None:
    closed_office()

    assert refused().trouble == Trouble.NO_ANSWER


def test_line_breaks_add_no_recipient(office: PostOffice) -> None:
    with pytest.raises(Undelivered) as caught:
        email.send("ingrid@example.org\nBcc: eve@example.org", TWO_BOATS, uuid4())

    assert caught.value.trouble == Trouble.NO_SUCH_ADDRESS
    assert office.letters == []


def test_only_the_address_it_went_to_can_show_its_number() -> None:
    key = uuid4()
    number = email.number_of(INGRID, key)

    assert email.key_of(number, "Ingrid@Example.org") == key
    assert email.key_of(number, "eve@example.org") is None
    assert email.key_of(number.replace(key.hex, uuid4().hex), INGRID) is None
    assert email.key_of("<hello@example.org>", INGRID) is None
