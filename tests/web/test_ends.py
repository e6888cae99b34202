"""Opening any party shows both ends of its channel; a dead end is red and says why."""

from datetime import time

import pytest

from tests.scene import make_duty
from tests.web.pressing import indonesian, seen_by
from tests.world import HOUR, NOON, World, make_party, make_person
from titian.kernel.models import Entry
from titian.people.models import (
    Assignment,
    Delegation,
    FocalPoint,
    Officer,
    Party,
    Person,
)

NOBODY_THERE = "Nobody speaks for this delegation: no focal point is valid now."
NOBODY_HERE = "Nobody answers for this delegation: no LO has agreed."


def point(delegation: Delegation, person: Person, **traits: object) -> FocalPoint:
    given: dict[str, object] = {
        "channel": "WhatsApp",
        "hours_from": time(8),
        "hours_to": time(20),
        "authority_en": "Rooms and cars",
        "valid_from": NOON - 24 * HOUR,
        "valid_to": NOON + 24 * HOUR,
        **traits,
    }
    return FocalPoint.objects.create(delegation=delegation, person=person, **given)


def ingrid() -> Person:
    return Person.objects.get(display="Ingrid")


def end(text: str, which: str) -> str:
    return text.split(f'id="{which}-end"')[1].split("</section>")[0]


def page(delegation: Delegation, who: str = "wati") -> str:
    return seen_by(who).get(f"/delegations/{delegation.pk}/").text


def test_their_end_has_channel_hours_authority_and_validity(world: World) -> None:
    point(world.arunika, ingrid())

    shown = end(page(world.arunika), "their")

    for told in (
        "Ingrid",
        "delegation liaison officer",
        "by WhatsApp",
        "08:00 to 20:00",
        "may decide: Rooms and cars",
        "from Fri 30 Apr 12:00",
        "valid until Sun 2 May 12:00",
    ):
        assert told in shown


def test_our_end_has_who_holds_it_now_and_the_relief(world: World) -> None:
    point(world.arunika, ingrid())
    lena = make_person("Lena", Party.objects.get(code="LOC"))
    relief = Officer.objects.create(person=lena, event=world.event, code="LO-9")
    Assignment.objects.create(
        officer=relief, delegation=world.arunika, role="relief", consent="agreed"
    )
    make_duty(world, NOON - HOUR, NOON + HOUR, officer=relief)

    text = page(world.arunika)

    ours = end(text, "our")
    assert "with the delegation now, until 13:00" in ours
    assert ours.index("Lena") < ours.index("Marco")
    assert "relief, agreed" in ours
    assert "note-red" not in text


@pytest.mark.parametrize("kind", ["state", "sponsor", "media", "speaker", "artist"])
def test_a_party_of_any_kind_without_a_living_end_is_red_at_both(
    world: World, kind: str
) -> None:
    party = make_party("PLN", "Plain Oars", kind)
    delegation = Delegation.objects.create(party=party, event=world.event)

    text = page(delegation)

    assert NOBODY_THERE in text
    assert NOBODY_HERE in text
    assert "No focal point is known." in text
    assert "No LO is assigned." in text


def test_a_sponsor_with_both_ends_alive_is_not_red(world: World) -> None:
    party = make_party("PLN", "Plain Oars", "sponsor")
    delegation = Delegation.objects.create(party=party, event=world.event)
    point(delegation, make_person("Sponsor's man", party))
    Assignment.objects.create(
        officer=world.officer, delegation=delegation, role="relief", consent="agreed"
    )

    assert "note-red" not in page(delegation)


def test_a_mandate_that_ran_out_is_red_and_the_other_end_is_not(world: World) -> None:
    point(world.arunika, ingrid(), valid_to=NOON - HOUR)

    text = page(world.arunika)

    assert NOBODY_THERE in text
    assert NOBODY_HERE not in text
    assert "not valid now" in end(text, "their")


def test_outside_their_hours_is_said_and_not_red(world: World) -> None:
    point(world.arunika, ingrid(), hours_from=time(18), hours_to=time(20))

    text = page(world.arunika)

    assert "outside their hours now" in end(text, "their")
    assert "note-red" not in text


def test_what_is_not_known_of_a_mandate_is_said_too(world: World) -> None:
    point(
        world.arunika,
        ingrid(),
        channel="",
        hours_from=None,
        authority_en="",
        valid_from=None,
        valid_to=None,
    )

    shown = end(page(world.arunika), "their")

    assert "at any hour" in shown
    assert "what they may decide is not known" in shown
    assert "valid without an end" in shown


def test_who_opens_the_numbers_on_the_page_is_entered(world: World) -> None:
    marco = Person.objects.get(display="Marco")
    marco.phone = "+62 899 0000 1"
    marco.save()

    shown = [page(world.arunika, who) for who in ("wati", "bruna")]

    assert all("tel:+62 899 0000 1" in text for text in shown)
    readers = Entry.objects.filter(verb="reach.opened").values_list(
        "actor_person_id", flat=True
    )
    assert list(readers) == [world.wati.person_id, world.bruna.person_id]


def test_it_is_drawn_in_the_houses_own_language(world: World) -> None:
    point(world.arunika, ingrid())

    shown = indonesian("wati").get(f"/delegations/{world.arunika.pk}/")

    assert shown.status_code == 200
    assert "08.00" in end(shown.text, "their")
