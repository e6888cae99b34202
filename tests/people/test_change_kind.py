"""Another kind of party: other words and defaults, and nothing else is touched."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

from tests.loop.stories import answered
from tests.web.pressing import form_with, seen_by
from tests.world import NOON, World
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.people.commands.parties import NoSuchKind, change_kind
from titian.people.models import Party
from titian.people.models.party import GUESTS
from titian.people.vocabulary import WORDS, words_of

RECORDS = {"kernel.Entry", "kernel.Consequence", "kernel.ChainLink", "people.Party"}


def everything_else() -> dict[str, list[object]]:
    """Every row of every table, but the party's and what the journal wrote."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label not in RECORDS
    }


def test_it_changes_words_and_defaults_only(world: World) -> None:
    answered(world)
    before, key = everything_else(), uuid4()

    for _retry in range(2):
        given = change_kind(
            world.arunika.pk, "media", actor=world.wati, at=NOON, key=key
        )

    assert given.party.kind == "media"
    assert str(words_of(given).seats) == "Pool slots and press seats"
    assert everything_else() == before


@pytest.mark.parametrize("kind", GUESTS)
def test_guests_of_every_kind_are_answered_on_the_same_thread(
    world: World, kind: str
) -> None:
    Party.objects.filter(pk=world.arunika.party_id).update(kind=kind)

    kept = asks.close(answered(world).pk, actor=world.ingrid, at=NOON)

    assert (kept.state, kept.owner) == (Ask.State.CLOSED, world.boats)


def test_each_kind_has_its_words() -> None:
    assert set(WORDS) == set(Party.Kind)


@pytest.mark.parametrize("kind", ["team", "state", "ministry"])
def test_what_no_guest_is_or_it_is_already_is_refused(world: World, kind: str) -> None:
    with pytest.raises(NoSuchKind):
        change_kind(world.arunika.pk, kind, actor=world.wati, at=NOON)


def test_the_page_of_the_delegation_offers_it_and_the_guest_reads_it(
    world: World,
) -> None:
    wati, guest = seen_by("wati"), Client(headers={"accept-language": "en"})
    address = f"/delegations/{world.arunika.pk}/"
    form = form_with(wati.get(address).text, "change-kind")

    refused = wati.post(form.action, form.values)
    wati.post(form.action, {**form.values, "kind": "sponsor"})

    assert refused.status_code == 422
    assert "This page is for our partner Arunika" in guest.get("/g/ingrid/").text


@pytest.mark.parametrize("who", ["marco", "bruna", "ingrid", "eve"])
def test_only_protocol_or_a_coordinator_says_it(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        change_kind(world.arunika.pk, "media", actor=getattr(world, who), at=NOON)
