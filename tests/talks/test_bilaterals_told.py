"""Who hears of a bilateral, and what a letter encloses; never why."""

import pytest
from django.core import mail

from tests.talks.paper import work_until
from tests.talks.twosome import LATE, Twosome, make_twosome, now
from tests.world import HOUR, NOON, World
from titian.people.commands.delegations import state_participation
from titian.people.models import FocalPoint, Person
from titian.talks.commands import bilaterals, hours


@pytest.fixture
def two(world: World) -> Twosome:
    """Ingrid and Eve speak for their delegations."""
    for who, delegation in (("Ingrid", world.arunika), ("Eve", world.selaya)):
        person = Person.objects.get(display=who)
        FocalPoint.objects.create(delegation=delegation, person=person)
    return make_twosome(world)


def told() -> set[str]:
    return {one.to[0].partition("@")[0] for one in mail.outbox}


def calendars() -> list[str]:
    """The calendar files of all letters, in order."""
    return [
        str(part.get_content())
        for one in mail.outbox
        for part in one.message().walk()
        if part.get_content_type() == "text/calendar"
    ]


def test_a_request_is_told_to_the_side_that_is_asked(two: Twosome) -> None:
    two.asked()
    work_until(two.world, NOON)

    assert told() == {"eve", "salim"}
    assert not calendars()


def test_an_hour_comes_with_a_file_for_each_calendar_of_both_sides(
    two: Twosome,
) -> None:
    two.placed()
    work_until(two.world, NOON)

    files = calendars()
    assert len(files) == 4
    assert all("METHOD:REQUEST" in one and "Oars" not in one for one in files)
    kinds = {part["Content-Type"] for part in mail.outbox[-1].message().walk()}
    assert any('method="REQUEST"' in kind for kind in kinds)


def test_another_hour_is_the_same_one_with_a_later_sequence(two: Twosome) -> None:
    placed = two.placed()
    work_until(two.world, NOON)
    first = calendars()[0]
    mail.outbox.clear()

    hours.move(placed.pk, two.world.pier.pk, LATE + HOUR, actor=two.world.wati, at=NOON)
    work_until(two.world, NOON)

    second = calendars()[0]
    assert "SEQUENCE:1" in first
    assert "SEQUENCE:2" in second
    assert uid(first) == uid(second)


def test_an_hour_that_is_gone_is_cancelled_in_all_calendars(two: Twosome) -> None:
    placed = two.placed()
    work_until(two.world, NOON)
    mail.outbox.clear()

    bilaterals.withdraw(placed.pk, actor=two.salim, at=NOON)
    work_until(two.world, NOON)

    assert ["METHOD:CANCEL" in one for one in calendars()] == [True] * 4
    assert len(mail.outbox) == 4


@pytest.mark.parametrize("has_an_hour", [True, False])
def test_who_does_not_come_has_its_requests_closed_and_the_other_side_hears(
    two: Twosome, has_an_hour: bool
) -> None:
    asked = two.placed() if has_an_hour else two.asked()
    work_until(two.world, NOON)
    mail.outbox.clear()

    state_participation(
        two.world.selaya.pk,
        "withdraw",
        stated_on=NOON.date(),
        document="Note 7",
        actor=two.world.wati,
        at=NOON,
    )
    work_until(two.world, NOON)

    assert now(asked).state == "withdrawn"
    assert {"ingrid", "marco"} <= told()
    assert len(calendars()) == (4 if has_an_hour else 0)
    assert not any("Note 7" in str(one.body) for one in mail.outbox)


def test_the_two_sides_hear_the_same_whichever_of_them_was_silent(
    two: Twosome,
) -> None:
    said: list[set[str]] = []
    for silent, speaking in ((two.marco, two.salim), (two.salim, two.marco)):
        placed = two.placed()
        work_until(two.world, LATE - 2 * HOUR)
        hours.confirm(placed.pk, actor=speaking, at=LATE - 2 * HOUR)
        mail.outbox.clear()
        work_until(two.world, LATE - HOUR)
        said.append({f"{one.to} {one.subject} {one.body}" for one in mail.outbox})
        work_until(two.world, NOON)
        mail.outbox.clear()
        assert silent

    assert said[0] == said[1]


def uid(file: str) -> str:
    whole = file.replace("\r\n", "\n").replace("\n ", "")
    return next(line for line in whole.splitlines() if line.startswith("UID:"))
