"""Where a guest sits: given, changed, taken back; nobody sits on another's lap."""

from uuid import uuid4

import pytest

from tests.scene import make_activity, seat_at
from tests.world import HOUR, NOON, World, make_person
from titian.kernel.actor import FEED
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.models import Member
from titian.programme.commands.activities import BadWords, cancel
from titian.programme.commands.seating import (
    NotAtThisItem,
    SeatTaken,
    change_seat,
    give_seat,
    take_back_seat,
)
from titian.programme.models import Activity, Placing
from titian.programme.queries import next_items
from titian.programme.seating import seating, seats_for


@pytest.fixture
def gala(world: World) -> Activity:
    return make_activity(world, "Gala", NOON + HOUR, is_for_all=True)


def ingrid(world: World) -> Member:
    return Member.objects.get(person=world.ingrid.person_id)


def placed(world: World, gala: Activity, seat: str = "Table 1, seat 4") -> Placing:
    return give_seat(gala.pk, world.arunika.pk, seat, actor=world.wati, at=NOON)


def test_a_seat_is_given_and_the_next_three_items_say_it(
    world: World, gala: Activity
) -> None:
    give_seat(
        gala.pk,
        world.arunika.pk,
        " Table 1,  seat 4 ",
        side="North door",
        actor=world.wati,
        at=NOON,
    )

    (item,) = next_items(world.arunika, NOON)

    assert [one.where for one in item.seats] == ["Table 1, seat 4 · North door"]


def test_a_retry_gives_nothing_twice(world: World, gala: Activity) -> None:
    key = uuid4()
    given = [
        give_seat(gala.pk, world.arunika.pk, "A1", actor=world.wati, at=NOON, key=key)
        for _ in "ab"
    ]

    assert given[0] == given[1]
    assert Entry.objects.filter(verb="placing.given").count() == 1


def test_the_journal_has_no_word_of_the_seat_in_the_open(
    world: World, gala: Activity
) -> None:
    placing = placed(world, gala)
    change_seat(placing.pk, "Balcony", actor=world.wati, at=NOON)

    facts = str(list(Entry.objects.values_list("facts", flat=True)))

    assert "Table" not in facts
    assert "Balcony" not in facts


@pytest.mark.parametrize("again", ["Table 1, seat 4", "TABLE 1,  seat 4"])
def test_the_same_seat_is_not_given_twice_and_the_sentence_says_who_has_it(
    world: World, gala: Activity, again: str
) -> None:
    placed(world, gala)

    with pytest.raises(SeatTaken, match="already the seat of Arunika"):
        give_seat(gala.pk, world.selaya.pk, again, actor=world.wati, at=NOON)

    assert Placing.objects.count() == 1


def test_who_may_not_see_the_other_side_is_not_told_who_it_is(
    world: World, gala: Activity
) -> None:
    placed(world, gala)

    with pytest.raises(SeatTaken) as refused:
        give_seat(gala.pk, world.selaya.pk, "Table 1, seat 4", actor=FEED, at=NOON)

    assert "Arunika" not in str(refused.value)


def test_the_same_seat_at_another_item_is_free(world: World, gala: Activity) -> None:
    lunch = make_activity(world, "Lunch", NOON + 4 * HOUR, is_for_all=True)
    placed(world, gala)

    give_seat(lunch.pk, world.selaya.pk, "Table 1, seat 4", actor=world.wati, at=NOON)

    assert Placing.objects.count() == 2


def test_a_person_has_a_seat_beside_her_delegations(
    world: World, gala: Activity
) -> None:
    placed(world, gala, "Table 9")
    give_seat(
        gala.pk,
        world.arunika.pk,
        "Table 1, seat 4",
        member_id=ingrid(world).pk,
        actor=world.wati,
        at=NOON,
    )

    (item,) = next_items(world.arunika, NOON)

    assert [str(one) for one in item.seats] == [
        "Arunika: Table 9",
        "Ingrid: Table 1, seat 4",
    ]
    own = seats_for(item.seats, world.ingrid.person_id)
    assert [one.seat for one in own] == ["Table 1, seat 4"]
    assert seats_for(item.seats, 0) == item.seats


@pytest.mark.parametrize("code", ["PRO", "VEN"])
def test_protocol_and_the_venue_give_seats(
    world: World, gala: Activity, code: str
) -> None:
    _team, desk = seat_at(world, code, "Vera")

    assert give_seat(gala.pk, world.arunika.pk, "A1", actor=desk, at=NOON).pk


@pytest.mark.parametrize("who", ["ingrid", "marco", "bruna", "eve"])
def test_nobody_else_does(world: World, gala: Activity, who: str) -> None:
    placing = placed(world, gala)
    actor = getattr(world, who)

    with pytest.raises(Forbidden):
        give_seat(gala.pk, world.selaya.pk, "A2", actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        change_seat(placing.pk, "A2", actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        take_back_seat(placing.pk, actor=actor, at=NOON)


def test_who_does_not_take_part_has_no_seat(world: World) -> None:
    tea = make_activity(world, "Tea", NOON + HOUR, who=(world.arunika,))

    with pytest.raises(NotAtThisItem, match="Selaya"):
        give_seat(tea.pk, world.selaya.pk, "A1", actor=world.wati, at=NOON)


def test_another_delegations_person_is_nobody_here(
    world: World, gala: Activity
) -> None:
    with pytest.raises(Member.DoesNotExist):
        give_seat(
            gala.pk,
            world.selaya.pk,
            "A1",
            member_id=ingrid(world).pk,
            actor=world.wati,
            at=NOON,
        )


@pytest.mark.parametrize("seat", ["", "   ", "x" * 81])
def test_no_words_and_too_many_are_refused(
    world: World, gala: Activity, seat: str
) -> None:
    with pytest.raises(BadWords):
        give_seat(gala.pk, world.arunika.pk, seat, actor=world.wati, at=NOON)


def test_who_read_another_seat_before_is_too_late(world: World, gala: Activity) -> None:
    placing = placed(world, gala)
    change_seat(placing.pk, "B2", actor=world.wati, at=NOON)

    with pytest.raises(IllegalMove):
        change_seat(placing.pk, "C3", seen="Table 1, seat 4", actor=world.wati, at=NOON)
    with pytest.raises(IllegalMove):
        give_seat(gala.pk, world.arunika.pk, "C3", actor=world.wati, at=NOON)


def test_a_seat_taken_back_is_free_for_another_and_may_be_given_again(
    world: World, gala: Activity
) -> None:
    placing = placed(world, gala)
    take_back_seat(placing.pk, actor=world.wati, at=NOON)

    placed_there = give_seat(
        gala.pk, world.selaya.pk, "Table 1, seat 4", actor=world.wati, at=NOON
    )
    change_seat(placing.pk, "A1", actor=world.wati, at=NOON)

    assert placed_there.seat == "Table 1, seat 4"
    placing.refresh_from_db()
    assert placing.seat == "A1"


def test_what_is_taken_back_is_not_taken_back_again(
    world: World, gala: Activity
) -> None:
    placing = placed(world, gala)
    take_back_seat(placing.pk, actor=world.wati, at=NOON)

    with pytest.raises(IllegalMove):
        take_back_seat(placing.pk, actor=world.wati, at=NOON)


def test_nobody_is_seated_at_what_is_cancelled(world: World, gala: Activity) -> None:
    cancel(gala.pk, reason="Storm", actor=world.wati, at=NOON)

    with pytest.raises(IllegalMove):
        placed(world, gala)


def test_the_seating_is_by_precedence_and_shows_who_has_none(
    world: World, gala: Activity
) -> None:
    world.selaya.protocol_group = 1
    world.selaya.save()
    placed(world, gala)

    lines = seating(gala, world.wati)

    assert [(line.delegation.code, line.seat) for line in lines] == [
        ("SLY", ""),
        ("ARN", "Table 1, seat 4"),
    ]


def test_an_officer_reads_his_own_guests_seats_only(
    world: World, gala: Activity
) -> None:
    placed(world, gala)
    give_seat(gala.pk, world.selaya.pk, "A1", actor=world.wati, at=NOON)

    assert [line.seat for line in seating(gala, world.marco)] == ["Table 1, seat 4"]
    assert [line.seat for line in seating(gala, world.eve)] == ["A1"]


def test_one_delegations_people_are_listed_whether_or_not_they_sit(
    world: World, gala: Activity
) -> None:
    make_person("Odd", world.arunika.party, world.arunika)

    lines = seating(gala, world.wati, of=world.arunika.pk)

    names = [line.member.person.display if line.member else "" for line in lines]
    assert names == ["", "Ingrid", "Odd"]
