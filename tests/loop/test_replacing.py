"""A party complains about its LO in private: another one comes, and it is kept why."""

from uuid import uuid4

import pytest
from django.core import mail

from tests.loop.stories import all_done, passed
from tests.people.cast import make_duty, make_officer
from tests.world import HOUR, MINUTE, NOON, World, with_account
from titian.briefing.commands.press import divert
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks
from titian.loop.commands.feedback import Unheard, give
from titian.loop.commands.forgetting import forget_words_of
from titian.loop.escalation import ladder_of
from titian.loop.history import history_of
from titian.loop.models import Ask, Feedback
from titian.people.models import Assignment, Duty, Officer, Party, Person, Seat


def complaint(world: World, words: str = "Never there") -> Ask:
    give(
        world.arunika.pk, "officer", "unhappy", words=words, actor=world.ingrid, at=NOON
    )
    all_done(world, NOON)
    return Ask.objects.latest("pk")


@pytest.fixture
def nora(world: World) -> Officer:
    """Another officer, who is with nobody."""
    return make_officer(world, "Nora", "LO-2")


def replaced(world: World, nora: Officer, reason: str = "") -> Ask:
    return asks.replace_officer(
        complaint(world).pk,
        world.assignment.pk,
        nora.pk,
        reason,
        actor=world.wati,
        at=NOON + MINUTE,
        key=uuid4(),
    )


def test_another_lo_has_the_hours_to_come_and_the_former_has_left(
    world: World, nora: Officer
) -> None:
    make_duty(world.officer, world.arunika, NOON - HOUR, NOON + 4 * HOUR)

    replaced(world, nora, "The guest has lost trust")

    held = Duty.objects.filter(withdrawn_at=None, ends_at__gt=NOON + MINUTE)
    present = Assignment.objects.filter(delegation=world.arunika, relieved_at=None)
    assert [one.officer for one in held] == [nora]
    assert [(one.officer, one.role) for one in present] == [(nora, "primary")]


def test_her_relief_takes_her_place(world: World, nora: Officer) -> None:
    pair = Assignment.objects.create(
        officer=nora, delegation=world.arunika, role="relief", consent="agreed"
    )

    replaced(world, nora)

    present = Assignment.objects.get(delegation=world.arunika, relieved_at=None)
    assert (present, present.role) == (pair, "primary")


def test_what_was_said_is_kept_and_neither_lo_sees_it(
    world: World, nora: Officer
) -> None:
    ask = replaced(world, nora)

    all_done(world, NOON + MINUTE)

    told = [line.sentence for line in history_of(ask, world.wati)]
    assert any("Marco → Nora" in line for line in told)
    assert (ask.state, ask.gloss) == ("answered", "Never there")
    assert Feedback.objects.get().subject_id == world.marco.person_id
    for officer in (world.marco, with_account(nora.person)):
        assert not Ask.objects.visible_to(officer).filter(pk=ask.pk).exists()
        assert not Feedback.objects.visible_to(officer).exists()


@pytest.mark.parametrize("who", ["marco", "ingrid", "bruna"])
def test_only_a_coordinator_replaces(world: World, nora: Officer, who: str) -> None:
    ask = complaint(world)

    with pytest.raises(Forbidden):
        asks.replace_officer(
            ask.pk, world.assignment.pk, nora.pk, actor=getattr(world, who), at=NOON
        )


def test_only_of_a_complaint_and_once(world: World, nora: Officer) -> None:
    other = passed(world)
    ask = replaced(world, nora, "At once")

    for one in (ask, other):
        with pytest.raises(IllegalMove):
            asks.replace_officer(
                one.pk, world.assignment.pk, nora.pk, actor=world.wati, at=NOON
            )


def test_said_again_while_it_is_open_it_is_one_complaint_with_all_words(
    world: World,
) -> None:
    complaint(world)

    again = complaint(world, "And rude")

    assert Ask.objects.count() == 1
    assert again.gloss == "Never there\nAnd rude"


def test_a_complaint_about_the_next_lo_is_another_one(
    world: World, nora: Officer
) -> None:
    replaced(world, nora)

    second = complaint(world, "This one too")

    assert Ask.objects.count() == 2
    assert second.gloss == "This one too"
    assert "Nora" in second.title


@pytest.mark.parametrize("who", ["ingrid", "marco"])
def test_with_the_guest_or_the_lo_the_words_of_the_complaint_go(
    world: World, who: str
) -> None:
    ask = complaint(world)

    forget_words_of(getattr(world, who).person_id, at=NOON)

    ask.refresh_from_db()
    assert (ask.words, ask.gloss, ask.title, ask.state) == ("", "", "", "passed")


def test_an_lo_who_sits_with_the_coordinators_sees_and_hears_nothing_of_it(
    world: World,
) -> None:
    Seat.objects.create(
        event=world.event,
        person=world.officer.person,
        team=Party.objects.get(code="LOC"),
        role=Seat.Role.COORDINATOR,
    )

    ask = complaint(world)

    assert not Ask.objects.visible_to(world.marco).exists()
    assert not Ask.objects.visible_whoever_owns(world.marco).exists()
    assert not Feedback.objects.visible_to(world.marco).exists()
    called = {who.pk for rung in ladder_of(ask) for who in rung.people}
    assert called and world.marco.person_id not in called


def test_the_letter_of_it_is_the_coordinations_and_not_the_los(
    world: World, nora: Officer
) -> None:
    Person.objects.update(languages={"en": "C1"})

    replaced(world, nora, "At once")
    all_done(world, NOON + MINUTE)

    [letter] = [one for one in mail.outbox if "another LO" in one.subject]
    assert letter.to == ["ingrid@example.org"]
    close = f"With respect,\nthe LO coordination of {world.event.name}"
    assert str(letter.body).strip().endswith(close)


def coordinates_alone(world: World, role: str = Seat.Role.LEAD) -> None:
    """Marco is the one coordinator, and Wati is something else at that table."""
    Seat.objects.filter(role=Seat.Role.COORDINATOR).update(role=role)
    office = Party.objects.get(code="LOC")
    Seat.objects.create(
        event=world.event,
        person=world.officer.person,
        team=office,
        role=Seat.Role.COORDINATOR,
    )


def test_of_the_only_coordinator_a_team_lead_hears(world: World) -> None:
    coordinates_alone(world)

    ask = complaint(world)

    assert ask.owner is not None and ask.owner.code == "LOC"
    assert list(Ask.objects.visible_to(world.wati)) == [ask]
    assert not Ask.objects.visible_to(world.marco).exists()
    told = {to for one in mail.outbox for to in one.to}
    assert "marco@example.org" not in told


def test_where_nobody_else_could_read_it_the_guest_is_told_so(world: World) -> None:
    coordinates_alone(world, Seat.Role.AUDITOR)
    Seat.objects.exclude(team__code="LOC").delete()

    with pytest.raises(Unheard):
        complaint(world)


def test_a_complaint_never_goes_to_the_press_desk_whatever_it_says(
    world: World,
) -> None:
    ask = complaint(world, "She gave an interview to a journalist")

    assert ask.owner is not None and ask.owner.code == "LOC"
    with pytest.raises(IllegalMove):
        divert(ask.pk, actor=world.wati, at=NOON)


def test_who_comes_and_who_leaves_hear_it_and_not_why(
    world: World, nora: Officer
) -> None:
    Person.objects.update(languages={"en": "C1"})

    replaced(world, nora, "At once")
    all_done(world, NOON + MINUTE)

    told = {to: str(one.body) for one in mail.outbox for to in one.to}
    subjects = {to: one.subject for one in mail.outbox for to in one.to}
    assert subjects["nora@example.org"] == "You have taken over Arunika"
    assert subjects["marco@example.org"] == "You no longer accompany Arunika"
    assert "Nora has them from now on" in told["marco@example.org"]
    assert "Never there" not in told["marco@example.org"] + told["nora@example.org"]
