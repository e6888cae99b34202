"""What is written out by hand says the same as the question asked in querysets."""

import pytest
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from tests.world import NOON, World
from titian.kernel.models import Event
from titian.people import sight
from titian.people.models import Assignment, Delegation, Party, Person, Seat

OVERSEERS = [Seat.Role.COORDINATOR, Seat.Role.AUDITOR]


def held(person: Person) -> QuerySet[Assignment]:
    mine = Assignment.objects.filter(officer__person=person, relieved_at=None)
    return mine.exclude(consent=Assignment.Consent.DECLINED)


def seen(person: Person) -> QuerySet[Delegation]:
    return Delegation.objects.filter(
        Q(party__in=Party.objects.filter(people=person))
        | Q(Exists(held(person).filter(delegation=OuterRef("pk"))))
        | Q(event__in=Event.objects.filter(seats__person=person))
    )


def overseen(person: Person) -> QuerySet[Event]:
    return Event.objects.filter(
        pk__in=person.seats.filter(role__in=OVERSEERS).values("event")
    )


def same(model: type[Model], written: RawSQL, asked: QuerySet[Model]) -> bool:
    found = model._default_manager.filter(pk__in=written)
    return set(found) == set(asked)


@pytest.fixture
def everybody(world: World) -> list[Person]:
    """All of the world, of whom some have a seat, some a duty, some neither."""
    people = list(Person.objects.all())
    assert any(held(person).exists() for person in people)
    assert any(overseen(person).exists() for person in people)
    return people


def test_the_delegations_in_sight_are_the_same(everybody: list[Person]) -> None:
    for person in everybody:
        assert same(Delegation, sight.delegations(person.pk), seen(person)), person


@pytest.mark.parametrize(
    "change", [{"consent": Assignment.Consent.DECLINED}, {"relieved_at": NOON}]
)
def test_a_declined_or_ended_duty_is_out_of_sight(
    world: World, change: dict[str, object]
) -> None:
    marco = world.officer.person_id
    before = Delegation.objects.filter(pk__in=sight.accompanied(marco))
    assert world.arunika in before

    Assignment.objects.filter(pk=world.assignment.pk).update(**change)

    assert world.arunika not in before.all()


def test_the_parties_the_teams_and_the_events_are_the_same(
    everybody: list[Person],
) -> None:
    for person in everybody:
        own = Delegation.objects.filter(party=person.party)
        seats = Seat.objects.filter(person=person)
        assert same(
            Party, sight.own_party(person.pk), Party.objects.filter(people=person)
        )
        assert same(Delegation, sight.own_delegations(person.pk), own)
        assert same(
            Delegation,
            sight.accompanied(person.pk),
            Delegation.objects.filter(pk__in=held(person).values("delegation")),
        )
        assert same(
            Party,
            sight.teams(person.pk),
            Party.objects.filter(pk__in=seats.values("team")),
        )
        assert same(
            Event,
            sight.events_seated_at(person.pk),
            Event.objects.filter(pk__in=seats.values("event")),
        )
        assert same(Event, sight.events_overseen(person.pk), overseen(person))


def test_who_accompanies_a_delegation_is_the_same(everybody: list[Person]) -> None:
    for person in everybody:
        for delegation in Delegation.objects.all():
            written = sight.is_accompanied(delegation.pk, by=person.pk)
            asked = held(person).filter(delegation=delegation).exists()
            assert written == asked, (person, delegation)


def test_a_declined_or_ended_duty_is_no_accompanying(world: World) -> None:
    marco, arunika = world.officer.person_id, world.arunika.pk
    duty = Assignment.objects.filter(pk=world.assignment.pk)
    assert sight.is_accompanied(arunika, by=marco)

    duty.update(consent=Assignment.Consent.DECLINED)
    declined = sight.is_accompanied(arunika, by=marco)
    duty.update(consent=Assignment.Consent.AGREED, relieved_at=NOON)

    assert not declined
    assert not sight.is_accompanied(arunika, by=marco)
