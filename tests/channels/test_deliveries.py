"""What carriers say later may come late, twice and in any order."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest
from pytest_django.fixtures import Settings

from tests.world import MINUTE, NOON
from titian.channels import Address, Trouble, Words
from titian.channels.carrying import carry
from titian.channels.deliveries import VERBS, note, states_of
from titian.channels.models import Delivery
from titian.kernel.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(settings: Settings) -> Delivery:
    settings.CHANNELS = {"memory": "titian.channels.memory"}
    carry([Address("memory", "x")], Words("Two", about="loop.ask:7"), uuid4(), at=NOON)
    return Delivery.objects.get()


def told(*moves: str, number: str) -> str:
    for later, move in enumerate(moves):
        note("memory", move, number=number, at=NOON + later * MINUTE)
    return Delivery.objects.get().state


@pytest.mark.parametrize(
    "order", sorted({*permutations(["deliver", "read", "deliver", "read"])})
)
def test_read_is_read_in_whatever_order_it_is_told(
    sent: Delivery, order: tuple[str, ...]
) -> None:
    assert told(*order, number=sent.number) == "read"
    assert Entry.objects.filter(verb="delivery.read").count() == 1


def test_what_arrived_does_not_fail_afterwards(sent: Delivery) -> None:
    assert told("deliver", "fail", number=sent.number) == "delivered"


def test_what_failed_on_one_phone_may_arrive_on_another(sent: Delivery) -> None:
    assert told("fail", "deliver", number=sent.number) == "delivered"


def test_a_failure_says_why_and_whose_words_they_were(sent: Delivery) -> None:
    note(
        "memory",
        "fail",
        number=sent.number,
        at=NOON,
        trouble=Trouble.NO_SUCH_ADDRESS,
        detail="131026",
    )

    entry = Entry.objects.get(verb="delivery.failed")
    assert entry.facts == {
        "kind": "memory",
        "words": str(sent.key),
        "thread": "loop.ask:7",
        "trouble": "no_such_address",
    }
    assert states_of(sent.key) == {"memory": "failed"}


def test_our_own_key_finds_it_before_the_number_is_written_down(
    sent: Delivery,
) -> None:
    Delivery.objects.update(number="", state="waiting")

    note("memory", "read", ref=sent.ref, number="wamid.1", at=NOON)

    found = Delivery.objects.get()
    assert (found.state, found.number) == ("read", "wamid.1")


@pytest.mark.parametrize("number", ["", "somebody else's"])
def test_what_is_not_ours_changes_nothing(sent: Delivery, number: str) -> None:
    assert told(*VERBS, number=number) == "sent"


def test_an_unknown_key_changes_nothing(sent: Delivery) -> None:
    assert note("memory", "read", ref=UUID(int=7), at=NOON) is None


def test_another_carriers_number_changes_nothing(sent: Delivery) -> None:
    assert note("email", "read", number=sent.number, at=NOON) is None
