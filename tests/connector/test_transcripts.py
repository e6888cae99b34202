"""What a machine hears in a voice note: marked, and checked by a person."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.channels.servers import Answer, Call, Provider, provider, says
from tests.loop.stories import all_done, in_hand, passed
from tests.web.pressing import form_with, seen_by
from tests.world import NOON, World, make_party
from titian.channels import memory
from titian.intake.models import Incoming
from titian.kernel import documents
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import drafts
from titian.loop.history import history_of
from titian.loop.models import Ask, Draft

HEARD = "Tiga perahu pukul enam"
OGG = b"OggS\x00 three boats"


def hears(call: Call) -> Answer:
    return says(200, {"text": HEARD})


@pytest.fixture
def machine(settings: Settings) -> Iterator[Provider]:
    with provider(hears) as one:
        settings.CONNECTOR = {
            "url": one.address,
            "kind": "openai",
            "key": "",
            "model": "small",
            "hears": "ear-1",
        }
        yield one


def spoken(ask: Ask) -> Ask:
    """Ingrid said it, in a voice note."""
    note = documents.keep(
        OGG, name="audio.ogg", kind="incoming", media_type="audio/ogg", at=NOON
    )
    incoming = Incoming.objects.create(
        channel="whatsapp", number="wamid.1", came_at=NOON, ask=ask
    )
    incoming.papers.add(note)
    return ask


def heard(world: World, ask: Ask) -> Draft:
    """Marco wished to read it, and the machine has listened."""
    draft = drafts.want(ask.pk, "transcript", actor=world.marco, at=NOON)
    all_done(world, NOON)
    draft.refresh_from_db()
    return draft


def test_it_is_marked_and_moves_nothing(world: World, machine: Provider) -> None:
    ask = spoken(passed(world))
    all_done(world, NOON)
    told = len(memory.sent)

    draft = heard(world, ask)

    [call] = machine.calls
    assert (draft.words, OGG in call.body) == (HEARD, True)
    assert b"audio.ogg" not in call.body
    ask.refresh_from_db()
    assert (ask.gloss, ask.state, ask.owner) == ("", "passed", world.boats)
    assert len(memory.sent) == told
    assert not Entry.objects.filter(verb__in=["ask.answered", "ask.bounced"]).exists()
    page = seen_by("marco").get(f"/asks/{ask.pk}/").text
    assert HEARD in page
    assert "machine proposal, unverified" in page


def test_who_checked_it_stands_for_it(world: World, machine: Provider) -> None:
    ask = spoken(passed(world))
    draft = heard(world, ask)

    drafts.take_over(ask.pk, draft.pk, actor=world.marco, at=NOON)

    ask.refresh_from_db()
    assert (ask.gloss, ask.gloss_is_machine) == (HEARD, False)
    assert ask.gloss_by_id == world.marco.person_id
    assert "ask.draft_taken" in {one.verb for one in history_of(ask, world.marco)}


def test_it_is_offered_only_where_there_is_a_voice(
    world: World, machine: Provider
) -> None:
    mute, marco = in_hand(world), seen_by("marco")
    before = marco.get(f"/asks/{mute.pk}/").text
    spoken(mute)

    form = form_with(marco.get(f"/asks/{mute.pk}/").text, "propose-transcript")

    assert "propose-transcript" not in before
    assert form.values["wish"] == "transcript"


def test_a_voice_of_a_team_with_a_drawer_stays_in_the_house(
    world: World, machine: Provider
) -> None:
    ask = spoken(passed(world))
    ask.owner = make_party("MED", "Medical", "team")
    ask.save()

    with pytest.raises(Forbidden):
        drafts.want(ask.pk, "transcript", actor=world.marco, at=NOON)
    assert machine.calls == []


def test_what_became_private_meanwhile_is_not_listened_to(
    world: World, machine: Provider
) -> None:
    ask = spoken(passed(world))
    drafts.want(ask.pk, "transcript", actor=world.marco, at=NOON)
    Ask.objects.filter(pk=ask.pk).update(is_private=True)

    all_done(world, NOON)

    assert machine.calls == []


def test_the_guest_never_sees_it(world: World, machine: Provider) -> None:
    heard(world, spoken(passed(world)))

    assert HEARD not in seen_by("eve").get("/g/ingrid/").text
