"""One yes for all that a plan asks of an officer."""

from uuid import uuid4

import pytest

from tests.world import NOON, World
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.commands.assignments import agree_to_all, decline
from titian.people.models import Assignment
from titian.people.queries import shown_officers


@pytest.fixture
def asked(world: World) -> Assignment:
    Assignment.objects.update(consent=Assignment.Consent.ASKED)
    return Assignment.objects.create(
        officer=world.officer, delegation=world.selaya, role="relief"
    )


def consents() -> set[str]:
    return set(Assignment.objects.values_list("consent", flat=True))


def test_every_guest_sees_her_name_only_then(world: World, asked: Assignment) -> None:
    before = [*shown_officers(world.arunika), *shown_officers(world.selaya)]

    agree_to_all(
        world.officer.pk, [world.assignment.pk, asked.pk], actor=world.marco, at=NOON
    )

    assert (before, consents()) == ([], {"agreed"})
    assert len([*shown_officers(world.arunika), *shown_officers(world.selaya)]) == 2


def test_every_delegation_is_told_and_she_is_entered_once(
    world: World, asked: Assignment
) -> None:
    agree_to_all(
        world.officer.pk, [world.assignment.pk, asked.pk], actor=world.marco, at=NOON
    )

    told = Entry.objects.filter(verb="officer.agreed").values_list(
        "concerns_id", flat=True
    )
    assert set(told) == {world.arunika.pk, world.selaya.pk}
    assert Entry.objects.filter(verb="officer.agreed_to_all").count() == 1


def test_what_she_declined_meanwhile_stays_declined(
    world: World, asked: Assignment
) -> None:
    decline(asked.pk, "My sister rows there", actor=world.marco, at=NOON)

    agree_to_all(
        world.officer.pk, [world.assignment.pk, asked.pk], actor=world.marco, at=NOON
    )

    asked.refresh_from_db()
    assert (asked.consent, consents()) == ("declined", {"agreed", "declined"})


def test_a_retry_changes_nothing(world: World, asked: Assignment) -> None:
    key = uuid4()

    for _time in range(2):
        agree_to_all(world.officer.pk, [asked.pk], actor=world.marco, at=NOON, key=key)

    assert Entry.objects.filter(verb="officer.agreed").count() == 1


@pytest.mark.parametrize("who", ["wati", "bruna", "ingrid", "eve"])
def test_nobody_answers_for_her(world: World, asked: Assignment, who: str) -> None:
    with pytest.raises(Forbidden):
        agree_to_all(world.officer.pk, [asked.pk], actor=getattr(world, who), at=NOON)

    assert consents() == {"asked"}


def test_anothers_assignment_is_not_among_hers(world: World, asked: Assignment) -> None:
    with pytest.raises(Assignment.DoesNotExist):
        agree_to_all(world.officer.pk, [asked.pk, 99_999], actor=world.marco, at=NOON)

    assert consents() == {"asked"}
