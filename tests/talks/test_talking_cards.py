"""A talking card: plain words in their order, approved by one named person."""

from uuid import UUID

import pytest

from tests.talks.table import called, drafted, script
from tests.world import NOON, World, make_person
from titian.api.feed import for_officer
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.people.models import Delegation, Seat
from titian.talks.commands import talking_cards
from titian.talks.commands.meetings import call_off
from titian.talks.commands.talking_cards import NotPlain, WrongApprover
from titian.talks.forms_of_address import form_of
from titian.talks.models import Meeting
from titian.talks.models.card import TalkingCard


def approved(world: World, **rest: object) -> TalkingCard:
    card = drafted(world, **rest)
    return talking_cards.approve(card.pk, actor=world.wati, at=NOON)


def on_the_phone(world: World) -> list[str]:
    cards = for_officer(world.marco, since=-1)["talking"]
    return [card["title"] for card in cards]


def test_points_stand_in_the_order_that_persuades(world: World) -> None:
    assert [points for _label, points in drafted(world).steps] == [
        ["We share the pier."],
        ["Bring six oars."],
    ]


def test_a_card_is_on_the_phone_only_while_it_is_approved(world: World) -> None:
    card = drafted(world)
    before = on_the_phone(world)
    talking_cards.approve(card.pk, actor=world.wati, at=NOON)
    then = on_the_phone(world)

    talking_cards.revise(
        card.pk, script(world, title="On towels"), actor=world.marco, at=NOON
    )

    assert (before, then, on_the_phone(world)) == ([], ["On oars"], [])


def test_a_withdrawn_card_leaves_the_phone_for_good(world: World) -> None:
    card = approved(world)

    talking_cards.withdraw(card.pk, actor=world.marco, at=NOON)

    assert on_the_phone(world) == []
    with pytest.raises(IllegalMove):
        talking_cards.approve(card.pk, actor=world.wati, at=NOON)


def test_a_card_for_a_meeting_goes_with_the_meeting(world: World) -> None:
    meeting = called(world)
    approved(world, meeting_id=meeting.pk)
    then = on_the_phone(world)

    call_off(meeting.pk, "Fog", actor=world.wati, at=NOON)

    assert (then, on_the_phone(world)) == (["On oars"], [])


@pytest.mark.parametrize("who", ["marco", "bruna", "petra", "eve", "ingrid"])
def test_nobody_but_who_is_named_approves(world: World, who: str) -> None:
    card = drafted(world)

    with pytest.raises(Forbidden):
        talking_cards.approve(card.pk, actor=getattr(world, who), at=NOON)


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid", "bruna", "eve"])
def test_guests_and_strangers_draft_nothing(world: World, who: str) -> None:
    said = script(world)

    with pytest.raises(Forbidden):
        talking_cards.draft(world.arunika.pk, said, actor=getattr(world, who), at=NOON)


def test_the_guests_never_read_a_card(world: World) -> None:
    approved(world)

    for who in (world.ingrid, world.eve, world.bruna):
        assert list(TalkingCard.objects.visible_to(who)) == []


@pytest.mark.parametrize(
    "points",
    [[], [("shared", " ")], [("shared", "word " * 26)], [("shared", "One")] * 13],
)
def test_what_nobody_could_say_is_refused(
    world: World, points: list[tuple[str, str]]
) -> None:
    with pytest.raises(NotPlain):
        drafted(world, points=points)


@pytest.mark.parametrize("who", ["marco", "ingrid"])
def test_who_drafts_does_not_approve_nor_does_a_guest(world: World, who: str) -> None:
    person_id = getattr(world, who).person_id
    if who == "marco":
        Seat.objects.create(
            event=world.event, person_id=person_id, team=world.boats, role="desk"
        )

    with pytest.raises(WrongApprover):
        drafted(world, approver_id=person_id)


def test_a_card_belongs_to_a_meeting_where_the_party_sits(world: World) -> None:
    with pytest.raises(Meeting.DoesNotExist):
        drafted(world, meeting_id=0)


def test_retries_change_nothing(world: World) -> None:
    said, key = script(world), UUID(int=21)
    for _again in range(2):
        card = talking_cards.draft(
            world.arunika.pk, said, actor=world.marco, at=NOON, key=key
        )
        talking_cards.revise(
            card.pk, said, actor=world.marco, at=NOON, key=UUID(int=22)
        )
        talking_cards.approve(card.pk, actor=world.wati, at=NOON, key=UUID(int=23))
        talking_cards.withdraw(card.pk, actor=world.marco, at=NOON, key=UUID(int=24))

    assert TalkingCard.objects.get().version == 2


@pytest.mark.parametrize(
    ("level", "title", "honorific", "indonesian", "english", "sure"),
    [
        ("head_of_state", "President", "Ibu", "Yang Mulia Ibu Ann Oar",
         "Your Excellency", True),
        ("head_of_state", "King", "", "Yang Mulia Ann Oar", "Your Excellency", False),
        ("minister", "Minister", "Mr", "Yang Mulia Bapak Ann Oar", "Your Excellency",
         True),
        ("other_guest", "Director", "Ibu", "Ibu Ann Oar", "Ms Oar", True),
        ("other_guest", "Director", "", "Bapak/Ibu Ann Oar", "Mr/Ms Oar", False),
    ],
)  # fmt: skip
def test_who_leads_is_addressed_by_rank(
    world: World,
    level: str,
    title: str,
    honorific: str,
    indonesian: str,
    english: str,
    sure: bool,
) -> None:
    ann = make_person("Ann Oar", world.arunika.party)
    ann.honorific, ann.family, ann.display = honorific, "Oar", "Ann Oar"
    leads = Delegation(head=ann, level=level, head_title_en=title)

    form = form_of(ann, leads)

    assert (form.indonesian, form.english, form.is_sure) == (indonesian, english, sure)
