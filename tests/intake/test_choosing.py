"""One tap in WhatsApp: it was heard right, it is kept; and nobody else's tap counts."""

from typing import Any

import pytest
from django.test import Client

from tests.channels.servers import Provider
from tests.intake.payloads import ZOE, deliver, message, webhook
from tests.loop.stories import all_done
from tests.world import DETAILS, NOON, World
from titian.intake.models import Incoming
from titian.kernel.models import Consequence, Entry
from titian.kernel.sealing import unseal
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.people.models import Person


def tap(code: str, title: str, number: str = "wamid.TAP", **more: Any) -> bytes:
    """She taps a button of ours."""
    reply: dict[str, Any] = {
        "type": "button_reply",
        "button_reply": {"id": code, "title": title},
    }
    return webhook(message(number, kind="interactive", **reply) | more)


def buttons(meta: Provider) -> list[tuple[str, str]]:
    """Code and title of the buttons below our last words."""
    asked = meta.calls[-1].json.get("interactive", {})
    replies = [one["reply"] for one in asked.get("action", {}).get("buttons", [])]
    return [(one["id"], one["title"]) for one in replies]


def said_back(world: World, client: Client) -> Ask:
    """Ingrid asked by WhatsApp; the boat desk says back what it heard."""
    deliver(client, webhook(message()))
    ask = Ask.objects.get()
    asks.pass_on(
        ask.pk,
        team_id=world.boats.pk,
        details=DETAILS,
        weight=Ask.Weight.EXACT,
        actor=world.marco,
        at=NOON,
    )
    Consequence.objects.all().delete()
    asks.restate(ask.pk, DETAILS | {"how_many": "3"}, actor=world.bruna, at=NOON)
    all_done(world, NOON)
    return Ask.objects.get()


def done(world: World, client: Client) -> Ask:
    """She has said that it is right, and the desk says that it is done."""
    ask = said_back(world, client)
    deliver(client, tap(f"ask:{ask.pk}:confirm", "Yes, that is right"))
    asks.answer(ask.pk, "Boats 4, 7 and 9", actor=world.bruna, at=NOON)
    all_done(world, NOON)
    return Ask.objects.get()


def test_what_was_heard_is_shown_with_two_buttons(
    world: World, meta: Provider, client: Client
) -> None:
    ask = said_back(world, client)

    text = meta.calls[-1].json["interactive"]["body"]["text"]
    assert "How many: 3" in text
    assert buttons(meta) == [
        (f"ask:{ask.pk}:confirm", "Yes, that is right"),
        (f"ask:{ask.pk}:no", "No, not so"),
    ]


def test_yes_puts_it_in_hand(world: World, meta: Provider, client: Client) -> None:
    ask = said_back(world, client)

    for _time in range(3):
        deliver(client, tap(f"ask:{ask.pk}:confirm", "Yes, that is right"))

    ask.refresh_from_db()
    assert ask.state == "in_hand"
    entry = Entry.objects.get(verb="ask.confirmed")
    assert (entry.actor_kind, entry.actor_person_id) == (
        "address",
        world.ingrid.person_id,
    )


def test_no_is_words_for_officer_and_team(
    world: World, meta: Provider, client: Client
) -> None:
    ask = said_back(world, client)

    deliver(client, tap(f"ask:{ask.pk}:no", "No, not so"))

    ask.refresh_from_db()
    assert ask.state == "restated"
    assert unseal(Entry.objects.get(verb="ask.added")) == {"words": "No, not so"}


def test_it_is_closed_by_her_own_tap(
    world: World, meta: Provider, client: Client
) -> None:
    ask = done(world, client)
    assert [code for code, _title in buttons(meta)] == [
        f"ask:{ask.pk}:close",
        f"ask:{ask.pk}:no",
    ]

    deliver(client, tap(f"ask:{ask.pk}:close", "Yes, it is done", "wamid.2"))

    ask.refresh_from_db()
    assert ask.state == "closed"


def test_a_tap_on_old_words_closes_nothing(
    world: World, meta: Provider, client: Client
) -> None:
    ask = said_back(world, client)

    deliver(client, tap(f"ask:{ask.pk}:close", "Yes, it is done"))

    ask.refresh_from_db()
    assert ask.state == "restated"
    assert Entry.objects.filter(verb="ask.added").count() == 1


def test_a_tap_after_the_end_makes_no_new_matter(
    world: World, meta: Provider, client: Client
) -> None:
    ask = done(world, client)
    asks.close(ask.pk, actor=world.ingrid, at=NOON)

    deliver(client, tap(f"ask:{ask.pk}:close", "Yes, it is done", "wamid.2"))

    assert Ask.objects.count() == 1
    assert Incoming.objects.latest("pk").state == "set_aside"


@pytest.mark.parametrize("name", ["Eve", "Bruna", "Marco"])
def test_nobody_elses_tap_counts(
    world: World, meta: Provider, client: Client, name: str
) -> None:
    ask = said_back(world, client)
    person = Person.objects.get(display=name)
    person.phone = f"+{ZOE}"
    person.save()

    deliver(client, tap(f"ask:{ask.pk}:confirm", "Yes, that is right", **{"from": ZOE}))

    ask.refresh_from_db()
    assert ask.state == "restated"
    assert not Entry.objects.filter(verb__in=["ask.confirmed", "ask.added"]).exists()


def test_the_officer_gets_no_buttons(
    world: World, meta: Provider, client: Client
) -> None:
    for person in Person.objects.filter(display="Marco"):
        person.phone, person.email = f"+{ZOE}", ""
        person.save()
    deliver(client, webhook(message("wamid.0", ZOE)))  # his window is open

    said_back(world, client)

    to_marco = [call.json for call in meta.calls if call.json["to"] == ZOE]
    assert to_marco != []
    assert all(said["type"] == "text" for said in to_marco)
