"""Safety words to one's own guests go at once, in the words that were approved."""

from uuid import uuid4

import pytest

from tests.briefing.newsroom import (
    burning,
    make_newsroom,
    make_playbook,
)
from tests.briefing.told import copy_of, do_all, sent
from tests.loop.drills import alarm
from tests.web.pressing import form_with, seen_by
from tests.world import NOON, World
from titian.api.notices import cards_shown
from titian.briefing.commands import cards
from titian.briefing.models import Notice
from titian.channels import memory
from titian.kernel.actor import Actor
from titian.kernel.consequences import claim
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.models import Playbook


@pytest.fixture(autouse=True)
def by_memory(settings: object) -> None:
    settings.CHANNELS = {"email": "titian.channels.memory"}  # type: ignore[attr-defined]
    memory.sent.clear()


@pytest.fixture
def playbook(world: World) -> Playbook:
    return make_playbook(world)


def test_the_officer_says_the_approved_words_letter_by_letter(
    world: World, playbook: Playbook
) -> None:
    cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)
    do_all(world)

    assert [(one.address, one.words.text) for one in memory.sent] == [
        ("ingrid@example.org", playbook.card_id)
    ]


def test_nothing_holds_them_while_it_burns_not_even_for_a_media_house(
    world: World, playbook: Playbook
) -> None:
    room = make_newsroom(world)
    burning(world)
    cards.send_card(room.house.pk, playbook.pk, actor=world.marco, at=NOON)
    do_all(world)

    assert "nils@example.org" in [one.address for one in memory.sent]
    assert not Entry.objects.filter(verb="text.held").exists()


def test_the_phone_draws_first_the_card_of_what_is_burning(
    world: World, playbook: Playbook
) -> None:
    alarm(world)  # a fire

    def fits(kind: str, actor: Actor) -> list[bool]:
        Playbook.objects.filter(pk=playbook.pk).update(alarm=kind)
        return [
            one["fits"] for one in cards_shown(world.event, actor, world.arunika.pk)
        ]

    assert (fits("fire", world.marco), fits("quake", world.marco)) == ([True], [False])
    assert fits("fire", world.eve) == [False]


def test_the_phone_says_when_and_to_whom_until_the_words_change(
    world: World, playbook: Playbook
) -> None:
    def sent() -> dict[str, object] | None:
        [card] = cards_shown(world.event, world.marco, world.arunika.pk)
        found: dict[str, object] | None = card["sent"]
        return found

    burning(world)
    assert sent() is None
    cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)

    assert sent() == {"at": NOON.isoformat(), "to": ["Ingrid"]}
    Playbook.objects.update(card_en="Go to the lawn.")
    assert sent() is None
    cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)
    holds = Notice.objects.filter(kind="card").values_list("version", "state")
    assert list(holds.order_by("pk")) == [(1, "superseded"), (2, "sent")]
    last = Entry.objects.filter(verb="card.sent").latest("pk")
    assert f"delegation:{world.arunika.pk}" in last.topics


def test_they_go_before_a_notice_to_many(world: World, playbook: Playbook) -> None:
    sent(world)
    card = cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)

    first = claim(world.event, at=NOON)

    assert first is not None
    assert first.entry.subject_id == card.pk


@pytest.mark.parametrize("who", ["ingrid", "bruna", "petra", "eve", "for_ingrid"])
def test_only_their_officer_or_a_coordinator(
    world: World, playbook: Playbook, who: str
) -> None:
    with pytest.raises(Forbidden):
        cards.send_card(
            world.arunika.pk, playbook.pk, actor=getattr(world, who), at=NOON
        )

    cards.send_card(world.selaya.pk, playbook.pk, actor=world.wati, at=NOON)


def test_the_officer_of_others_does_not(world: World, playbook: Playbook) -> None:
    with pytest.raises(Forbidden):
        cards.send_card(world.selaya.pk, playbook.pk, actor=world.marco, at=NOON)


def test_without_approved_words_there_is_nothing_to_say(
    world: World, playbook: Playbook
) -> None:
    Playbook.objects.update(card_en="", card_id="")

    with pytest.raises(cards.NoCard):
        cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)


def test_without_names_nobody_is_told(world: World, playbook: Playbook) -> None:
    world.arunika.members.all().delete()

    with pytest.raises(cards.NoCard):
        cards.send_card(world.arunika.pk, playbook.pk, actor=world.marco, at=NOON)


def test_a_retry_sends_nothing_twice(world: World, playbook: Playbook) -> None:
    key = uuid4()
    for _twice in range(2):
        cards.send_card(
            world.arunika.pk, playbook.pk, actor=world.marco, at=NOON, key=key
        )

    assert Notice.objects.filter(kind=Notice.Kind.CARD).count() == 1


def test_on_the_desk_while_it_burns(world: World, playbook: Playbook) -> None:
    marco = seen_by("marco")
    assert "send-card" not in marco.get("/notices/").text
    burning(world)
    form = form_with(marco.get("/notices/").text, "send-card")

    answer = marco.post(form.action, {**form.values, "card": str(playbook.pk)})

    assert answer.status_code == 302
    once_more = {**form.values, "card": str(playbook.pk), "key": str(uuid4())}
    told = marco.post(form.action, once_more, follow=True).text
    assert "Arunika had these words at" in told
    assert Notice.objects.count() == 1
    marco.post(form.action, {**once_more, "again": "on"})
    assert Notice.objects.count() == 2
    assert (
        copy_of(Notice.objects.latest("pk"), world.ingrid).why[0][0]
        == "is with Arunika"
    )


def test_the_page_offers_each_officer_her_own_guests(
    world: World, playbook: Playbook
) -> None:
    burning(world)
    selaya, client = world.selaya.pk, seen_by("marco")
    chosen = {"key": uuid4(), "card": playbook.pk, "delegation": selaya}

    assert f'value="{selaya}"' not in client.get("/notices/").text
    assert client.post("/notices/cards/", chosen).status_code == 404
    assert seen_by("petra").post("/notices/cards/", chosen).status_code == 403
