"""Words find the first way that takes them, and no way twice."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from tests.channels.conftest import mailer
from tests.channels.servers import PostOffice
from tests.world import HOUR, MINUTE, NOON
from titian.channels import Address, Rate, Trouble, Words, email, memory
from titian.channels.books import health_of
from titian.channels.carrying import REFUSAL_HOLDS, Carried, carry
from titian.channels.models import Delivery

pytestmark = pytest.mark.django_db
INGRID = "ingrid@example.org"
MAIL, MEMORY = Address("email", INGRID), Address("memory", "+62 812")
TWO = Words("Two boats", "Boats")
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def ways(settings: Settings) -> None:
    memory.sent.clear()
    settings.CHANNELS = {
        "email": "titian.channels.email",
        "memory": "titian.channels.memory",
    }


def troubles(carried: Carried) -> list[tuple[str, str]]:
    return [
        (one.address.kind, one.problem.trouble if one.problem else "")
        for one in carried.tries
    ]


def test_the_first_way_that_takes_them_is_the_only_one(office: PostOffice) -> None:
    carried = carry([MAIL, MEMORY], TWO, uuid4(), at=NOON)

    assert carried.by == "email"
    assert len(office.letters) == 1
    assert len(memory.sent) == 0


def test_what_was_taken_is_not_given_again(office: PostOffice) -> None:
    key = uuid4()

    first = carry([MAIL], TWO, key, at=NOON)
    again = carry([MAIL], TWO, key, at=NOON + HOUR)

    assert len(office.letters) == 1
    assert again.receipt == first.receipt


def test_a_refused_address_is_followed_by_the_next_way(office: PostOffice) -> None:
    office.to_recipient[INGRID] = "550 5.1.1 nobody here"

    carried = carry([MAIL, MEMORY], TWO, uuid4(), at=NOON)

    assert troubles(carried) == [("email", "no_such_address"), ("memory", "")]
    assert carried.by == "memory"
    assert carried.problem is None


def test_an_address_that_is_gone_is_passed_over_for_a_day(office: PostOffice) -> None:
    office.to_recipient[INGRID] = "550 5.1.1 nobody here"
    carry([MAIL], TWO, uuid4(), at=NOON)
    del office.to_recipient[INGRID]
    calls = office.calls

    soon = carry([MAIL, MEMORY], TWO, uuid4(), at=NOON + HOUR)
    late = carry([MAIL, MEMORY], TWO, uuid4(), at=NOON + 24 * HOUR)

    assert (soon.by, late.by) == ("memory", "email")
    assert office.calls == calls + 1


def test_a_refused_letter_says_nothing_of_the_next(office: PostOffice) -> None:
    office.to_letter = ["554 5.6.0 spam"]
    carry([MAIL], TWO, uuid4(), at=NOON)

    assert carry([MAIL], TWO, uuid4(), at=NOON + MINUTE).by == "email"


def test_what_was_refused_is_not_offered_again_until_a_person_says_so(
    office: PostOffice,
) -> None:
    office.to_recipient[INGRID] = "550 5.1.1 nobody here"
    key = uuid4()
    carry([MAIL], TWO, key, at=NOON)
    del office.to_recipient[INGRID]

    soon = carry([MAIL], TWO, key, at=NOON + MINUTE)
    later = carry([MAIL], TWO, key, at=NOON + REFUSAL_HOLDS)

    assert soon.problem is not None
    assert soon.problem.permanent
    assert later.by == "email"


def test_a_busy_mailbox_is_waited_for_and_no_other_way_tried(
    office: PostOffice,
) -> None:
    office.to_recipient[INGRID] = "450 4.2.0 busy"

    carried = carry([MAIL, MEMORY], TWO, uuid4(), at=NOON)

    assert troubles(carried) == [("email", "busy")]
    assert carried.problem is not None
    assert carried.problem.after is not None
    assert health_of("email").failures == 0


def test_a_carrier_that_is_down_is_passed_over(
    closed_office: Callable[[], None],
) -> None:
    closed_office()

    seen = [troubles(carry([MAIL, MEMORY], TWO, uuid4(), at=NOON)) for _n in range(4)]

    assert seen == [
        [("email", "no_answer")],
        [("email", "no_answer")],
        [("email", "no_answer"), ("memory", "")],
        [("email", "paused"), ("memory", "")],
    ]


def test_an_hour_without_a_mail_server_loses_and_doubles_nothing(
    closed_office: Callable[[], None], office: PostOffice, settings: Settings
) -> None:
    """Twenty letters wait; the server comes back after an hour by the clock."""
    closed_office()
    keys = [uuid4() for _letter in range(20)]
    for minute in range(60):
        for key in keys:
            assert carry([MAIL], TWO, key, at=NOON + minute * MINUTE).receipt is None
    tried = sum(Delivery.objects.values_list("tries", flat=True))
    settings.MAILERS = mailer(office.port)

    for minute in range(60, 75):
        for number, key in enumerate(keys):
            carry([MAIL], TWO, key, at=NOON + minute * MINUTE + number * SECOND)

    assert tried < 200  # of 1,200 times it was asked, mostly it left the server alone
    assert sorted(letter["Message-ID"] for letter in office.letters) == sorted(
        Delivery.objects.values_list("number", flat=True)
    )
    assert len(office.letters) == 20
    assert health_of("email").failures == 0


def test_after_a_day_it_is_a_persons_matter(closed_office: Callable[[], None]) -> None:
    closed_office()
    key = uuid4()
    first = carry([MAIL], TWO, key, at=NOON).problem

    last = carry([MAIL], TWO, key, at=NOON + 25 * HOUR).problem

    assert first is not None and first.after is not None
    assert last is not None and last.after is None


def test_a_rest_does_not_last_longer_than_our_patience(
    closed_office: Callable[[], None],
) -> None:
    closed_office()
    key = uuid4()
    carry([MAIL], TWO, key, at=NOON)
    for _time in range(3):
        carry([MAIL], TWO, uuid4(), at=NOON + 25 * HOUR)

    last = carry([MAIL], TWO, key, at=NOON + 25 * HOUR).problem

    assert last is not None
    assert (last.trouble, last.after) == (Trouble.PAUSED, None)


def test_a_channel_that_is_off_takes_nothing() -> None:
    carried = carry([Address("pigeon", "roof"), MEMORY], TWO, uuid4(), at=NOON)

    assert troubles(carried) == [("pigeon", "off"), ("memory", "")]


def test_no_way_at_all_is_no_receipt_and_no_problem() -> None:
    carried = carry([], TWO, uuid4(), at=NOON)

    assert (carried.receipt, carried.problem) == (None, None)


def test_more_than_the_rate_is_told_when_to_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "rate", Rate(a_second=1, at_once=2))

    seen = [carry([MEMORY], TWO, uuid4(), at=NOON) for _n in range(3)]
    late = carry([MEMORY], TWO, uuid4(), at=NOON + SECOND)

    assert [one.by for one in seen] == ["memory", "memory", ""]
    assert seen[2].problem is not None
    assert seen[2].problem.trouble == Trouble.TOO_FAST
    assert seen[2].problem.after == SECOND
    assert late.by == "memory"


def test_the_operators_rate_comes_before_ours(settings: Settings) -> None:
    settings.CHANNEL_RATES = {"memory": 20_000.0}

    assert carry([MEMORY], TWO, uuid4(), at=NOON).by == "memory"


def test_no_address_is_kept(office: PostOffice) -> None:
    carry([MAIL], TWO, uuid4(), at=NOON)

    kept = Delivery.objects.values().get()
    assert not any("ingrid" in str(value) for value in kept.values())


def test_each_address_has_its_own_number_under_one_key(office: PostOffice) -> None:
    key = uuid4()
    for name in ("ingrid", "marco"):
        carry([Address("email", f"{name}@example.org")], TWO, key, at=NOON)

    assert len({letter["Message-ID"] for letter in office.letters}) == 2


def test_a_worker_killed_after_the_server_took_it_sends_it_twice_at_most(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = email.send

    def killed(address: str, words: Words, key: UUID) -> object:
        post(address, words, key)
        raise KeyboardInterrupt

    key = uuid4()
    with monkeypatch.context() as dying:
        dying.setattr(email, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            carry([MAIL], TWO, key, at=NOON)
    for _time in range(3):
        carry([MAIL], TWO, key, at=NOON)

    assert len(office.letters) == 2
    assert len({letter["Message-ID"] for letter in office.letters}) == 1
