"""Each person says for herself how she is reached; the rest comes after."""

from uuid import uuid4

import pytest

from tests.web.pressing import form_with, seen_by
from tests.world import NOON, World
from titian.briefing.commands import preferences
from titian.briefing.reaching import addresses_of, order_of
from titian.kernel.policy import Forbidden
from titian.people.models import Person

BOTH = {"email": "titian.channels.memory", "sms": "titian.channels.memory"}


def marco(world: World) -> Person:
    person = world.officer.person
    person.phone = "+62 899 0000 1001"
    person.save()
    return person


def test_the_preferred_way_goes_first(world: World, settings: object) -> None:
    settings.CHANNELS = BOTH  # type: ignore[attr-defined]
    person = marco(world)
    assert [one.kind for one in addresses_of(person)] == ["email", "sms"]

    preferences.prefer(person.pk, ["sms"], actor=world.marco, at=NOON)

    assert order_of(person) == ["sms", "push", "email", "whatsapp"]
    assert [one.kind for one in addresses_of(person)] == ["sms", "email"]


def test_the_way_a_matter_came_goes_before_all(world: World, settings: object) -> None:
    settings.CHANNELS = BOTH  # type: ignore[attr-defined]

    ways = [one.kind for one in addresses_of(marco(world), "sms")]

    assert ways == ["sms", "email"]


@pytest.mark.parametrize("channels", [[], ["pigeon"]])
def test_only_what_there_is(world: World, channels: list[str]) -> None:
    with pytest.raises(preferences.Unknown):
        preferences.prefer(
            world.officer.person_id, channels, actor=world.marco, at=NOON
        )


def test_nobody_says_it_for_another(world: World) -> None:
    for actor in (world.wati, world.eve, world.for_ingrid):
        with pytest.raises(Forbidden):
            preferences.prefer(world.officer.person_id, ["email"], actor=actor, at=NOON)


def test_a_retry_keeps_the_later_word(world: World) -> None:
    person, key = marco(world), uuid4()
    preferences.prefer(person.pk, ["sms"], actor=world.marco, at=NOON, key=key)
    preferences.prefer(person.pk, ["email"], actor=world.marco, at=NOON)

    preferences.prefer(person.pk, ["sms"], actor=world.marco, at=NOON, key=key)

    assert order_of(person)[0] == "email"


def test_on_the_page(world: World, settings: object) -> None:
    settings.CHANNELS = BOTH  # type: ignore[attr-defined]
    client = seen_by("marco")
    form = form_with(client.get("/notices/").text, "prefer")

    client.post(form.action, {**form.values, "channel": "sms"})

    assert order_of(world.officer.person)[0] == "sms"
