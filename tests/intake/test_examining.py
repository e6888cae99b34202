"""The operator sees which channels are on, and how they are."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from tests.briefing.phones import Phone, push_service
from tests.channels.conftest import closed_office
from tests.world import World
from titian.channels import Address, Words
from titian.channels.carrying import carry
from titian.channels.envelopes import new_private_key
from titian.intake.examining import examine
from titian.intake.models import Mailbox
from titian.kernel.clock import real_time

pytestmark = pytest.mark.django_db
__all__ = ["closed_office"]


def test_by_default_only_mail_is_on(settings: Settings) -> None:
    assert dict(examine()) == {
        "channel email: on, not used yet": "",
        "channel whatsapp: off": "",
        "channel sms: off": "",
        "channel push: off": "",
        "mailbox: off": "",
        "connector: off": "",
        "messages that came in: 0 wait for a coordinator": "",
    }


def test_a_channel_that_fails_says_how_often_and_why(
    closed_office: Callable[[], None],
) -> None:
    closed_office()
    for _time in range(3):
        carry([Address("email", "a@example.org")], Words("x"), uuid4(), at=real_time())

    name, problem = next(examine())

    assert name.startswith("channel email: on")
    assert problem.startswith("3 failures in a row, rests for ")
    assert "no_answer (ConnectionRefusedError" in problem


def test_a_channel_that_works_says_since_when() -> None:
    carry([Address("email", "a@example.org")], Words("x"), uuid4(), at=real_time())

    assert next(examine()) == ("channel email: on, last success 0 min ago", "")


@pytest.mark.parametrize(
    ("setting", "given", "problem"),
    [
        (
            "WHATSAPP",
            {"number": "1", "token": "t", "secret": ""},
            "no message comes in",
        ),
        ("SMS", {"api": "https://sms.example", "secret": ""}, "comes in"),
        ("SMS", {"api": "http://sms.example", "secret": "s"}, "is not https"),
        ("VAPID", {"private": "short", "subject": "mailto:a"}, "is no key"),
    ],
)
def test_what_is_half_set_up_is_told(
    settings: Settings, setting: str, given: dict[str, str], problem: str
) -> None:
    setattr(settings, setting, given)

    assert [said for _name, said in examine() if problem in said] != []


def test_a_mailbox_that_cannot_be_read_says_why(settings: Settings) -> None:
    settings.IMAP_URL = "imaps://desk:sesame@mail.example"
    Mailbox.objects.create(digest="x", failures=4, detail="wrong password")

    assert ("mailbox: on, never read", "4 failures in a row: wrong password") in [
        *examine()
    ]
    assert "sesame" not in str([*examine()])


def test_phones_are_counted_and_those_of_an_older_key_are_named(
    world: World, settings: Settings
) -> None:
    with push_service(settings) as service:
        Phone(service, "marcos").wants(world.marco)
        lines = dict(examine())
        named = "phones to be told by push: 1 (TITIAN_HTTPS is not 1: no browser"
        assert lines[f"{named} subscribes)"] == ""

        settings.SECURE = True
        settings.VAPID = {**settings.VAPID, "private": new_private_key()}

        assert dict(examine())["phones to be told by push: 0"] == (
            "1 more were subscribed under another VAPID key"
        )
