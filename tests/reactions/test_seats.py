"""A seat that was told becomes another: those whom it touches hear it, nobody else."""

import pytest
from django.core import mail

from tests.exchange.files import accepted, csv_file
from tests.scene import make_activity
from tests.talks.paper import work_until
from tests.world import HOUR, NOON, World
from titian.exchange.commands import undo
from titian.people.models import FocalPoint, Member, Person
from titian.programme.commands.activities import cancel
from titian.programme.commands.seating import change_seat, give_seat, take_back_seat
from titian.programme.models import Activity, Placing

HEAD = ["item", "party", "seat"]


@pytest.fixture
def gala(world: World) -> Activity:
    return make_activity(world, "Gala", NOON + HOUR, is_for_all=True)


@pytest.fixture
def placing(world: World, gala: Activity) -> Placing:
    return give_seat(gala.pk, world.arunika.pk, "Table 1", actor=world.wati, at=NOON)


def told(world: World) -> set[str]:
    work_until(world, NOON)
    return {one.to[0].partition("@")[0] for one in mail.outbox}


def test_a_first_seat_is_read_on_the_page_and_rings_nowhere(
    world: World, placing: Placing
) -> None:
    assert told(world) == set()


def test_another_seat_is_told_to_the_officer_and_the_focal_point(
    world: World, placing: Placing
) -> None:
    ingrid = Person.objects.get(display="Ingrid")
    FocalPoint.objects.create(delegation=world.arunika, person=ingrid)

    change_seat(placing.pk, "Table 2", actor=world.wati, at=NOON)

    assert told(world) == {"marco", "ingrid"}
    assert "Gala" in mail.outbox[0].subject
    assert "Table 2" in mail.outbox[0].body


def test_a_persons_seat_is_told_to_the_person(world: World, gala: Activity) -> None:
    member = Member.objects.get(person=world.ingrid.person_id)
    own = give_seat(
        gala.pk,
        world.arunika.pk,
        "Table 1",
        member_id=member.pk,
        actor=world.wati,
        at=NOON,
    )

    take_back_seat(own.pk, actor=world.wati, at=NOON)

    assert told(world) == {"marco", "ingrid"}


def test_the_same_seat_said_again_is_no_news(world: World, placing: Placing) -> None:
    change_seat(placing.pk, "Table 1", actor=world.wati, at=NOON)

    assert told(world) == set()


def test_what_is_cancelled_meanwhile_is_told_by_nobody(
    world: World, placing: Placing
) -> None:
    change_seat(placing.pk, "Table 2", actor=world.wati, at=NOON)
    cancel(placing.activity_id, reason="Storm", actor=world.wati, at=NOON)

    assert told(world) == set()


def test_a_private_items_name_and_seat_are_not_mailed(world: World) -> None:
    tea = make_activity(
        world, "Tea", NOON + HOUR, who=(world.arunika,), is_private=True
    )
    own = give_seat(tea.pk, world.arunika.pk, "Sofa", actor=world.wati, at=NOON)
    change_seat(own.pk, "Armchair", actor=world.wati, at=NOON)

    assert told(world) == {"marco"}
    (letter,) = mail.outbox
    read = f"{letter.subject} {letter.body}"
    assert "Tea" not in read
    assert "Armchair" not in read


def test_a_new_plan_is_told_for_each_seat_it_changes_and_so_is_its_undoing(
    world: World, placing: Placing
) -> None:
    plan = csv_file(HEAD, ["Gala", "ARN", "Table 7"], ["Gala", "SLY", "Table 8"])

    done = accepted(world, "placings", plan)

    assert told(world) == {"marco"}
    assert "Table 7" in mail.outbox[0].body
    mail.outbox.clear()
    undo(done.pk, actor=world.wati, at=NOON)
    assert told(world) == {"marco"}
    assert "Table 1" in mail.outbox[0].body
