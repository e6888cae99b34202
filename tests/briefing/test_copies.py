"""A copy's steps, each with its hour; and the silence that calls the leader."""

from collections.abc import Callable

import pytest

from tests.briefing.told import add_officer, copy_of, do_all, next_version, sent
from tests.world import MINUTE, NOON, World
from titian.briefing.commands import copies, notices
from titian.briefing.models import Copy
from titian.briefing.queries import called_for
from titian.channels import memory
from titian.kernel import journal
from titian.kernel.actor import FEED, Actor
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.models import Seat

GUESTS = {"is": "role", "of": ["guest"]}
TEN = NOON + 10 * MINUTE
TWENTY = NOON + 20 * MINUTE


@pytest.fixture(autouse=True)
def by_memory(settings: object) -> None:
    settings.CHANNELS = {"email": "titian.channels.memory"}  # type: ignore[attr-defined]
    memory.sent.clear()


@pytest.fixture
def leda(world: World) -> Actor:
    """Leda leads Marco."""
    officer, actor = add_officer(world, "Leda", world.selaya)
    world.officer.leader = officer
    world.officer.save()
    return actor


def calls() -> list[tuple[str, str]]:
    """Who was called since, and the last line of what was said."""
    return [
        (letter.address.partition("@")[0], letter.words.text.splitlines()[-1])
        for letter in memory.sent
        if "Belum" in letter.words.subject
    ]


def test_one_tap_acknowledges_and_has_read_it(world: World) -> None:
    copy = copy_of(sent(world), world.marco)

    copy = copies.acknowledge(copy.pk, actor=world.marco, at=NOON)

    assert (copy.acknowledged_at, copy.read_at, copy.state) == (
        NOON,
        NOON,
        "acknowledged",
    )


def test_twice_is_once(world: World) -> None:
    copy = copy_of(sent(world), world.marco)
    for at in (NOON, TEN):
        copies.acknowledge(copy.pk, actor=world.marco, at=at)

    copy.refresh_from_db()

    assert copy.acknowledged_at == NOON
    assert Entry.objects.filter(verb="copy.acknowledged").count() == 1


def test_the_guest_does_it_by_her_link(world: World) -> None:
    copy = copy_of(sent(world, GUESTS), world.ingrid)

    assert copies.acknowledge(copy.pk, actor=world.ingrid, at=NOON).acknowledged_at


def test_the_officer_does_it_on_the_guests_word(world: World) -> None:
    copy = copy_of(sent(world, GUESTS), world.ingrid)

    assert copies.acknowledge(copy.pk, actor=world.for_ingrid, at=NOON).acknowledged_at


@pytest.mark.parametrize(
    "who",
    [
        lambda w: w.marco,  # on his own word
        lambda w: w.wati,
        lambda w: w.eve.passing_on(w.ingrid.person_id, means="face"),
        lambda w: w.eve,
        lambda w: FEED,
    ],
)
def test_nobody_does_it_for_another(
    world: World, who: Callable[[World], Actor]
) -> None:
    copy = copy_of(sent(world, GUESTS), world.ingrid)

    with pytest.raises(Forbidden):
        copies.acknowledge(copy.pk, actor=who(world), at=NOON)
    with pytest.raises(Forbidden):
        copies.read(copy.pk, actor=who(world), at=NOON)


def test_the_first_reading_counts(world: World) -> None:
    copy = copy_of(sent(world), world.marco)
    for at in (NOON, TEN):
        copies.read(copy.pk, actor=world.marco, at=at)

    copy.refresh_from_db()

    assert (copy.read_at, copy.state) == (NOON, "read")


@pytest.mark.parametrize("step", ["delivered", "read"])
def test_what_a_carrier_says_is_noted_once(world: World, step: str) -> None:
    copy = copy_of(sent(world), world.marco)
    for _twice in range(2):
        journal.write(
            f"delivery.{step}",
            world.event,
            actor=FEED,
            at=NOON,
            thread=f"briefing.copy:{copy.pk}",
        )
    do_all(world)

    copy.refresh_from_db()

    assert copy.state == step
    assert Entry.objects.filter(verb=f"copy.{step}").count() == 1


def test_news_of_another_message_changes_no_copy(world: World) -> None:
    copy = copy_of(sent(world), world.marco)
    journal.write(
        "delivery.read",
        world.event,
        actor=FEED,
        at=NOON,
        thread=f"loop.ask:{copy.pk}",
    )
    do_all(world)

    copy.refresh_from_db()

    assert copy.read_at is None


def test_silence_calls_the_leader_with_the_name(world: World, leda: Actor) -> None:
    notice = sent(world, {"is": "delegation", "of": [world.arunika.pk]})
    copies.acknowledge(copy_of(notice, world.ingrid).pk, actor=world.ingrid, at=NOON)
    do_all(world, TEN)

    assert calls() == [("leda", "Mohon hubungi mereka sekarang: Marco")]
    assert copy_of(notice, world.marco).called_id == leda.person_id


def test_before_its_hour_nobody_is_called(world: World, leda: Actor) -> None:
    sent(world)
    do_all(world, TEN - MINUTE)

    assert calls() == []


def test_who_acknowledged_meanwhile_calls_nobody(world: World, leda: Actor) -> None:
    copies.acknowledge(copy_of(sent(world), world.marco).pk, actor=world.marco, at=NOON)
    notice = Copy.objects.get(person=world.marco.person_id).notice
    assert leda.person_id
    copies.acknowledge(copy_of(notice, leda).pk, actor=leda, at=NOON)
    do_all(world, TEN)

    assert calls() == []


def test_a_silence_that_lasts_climbs_and_ends_with_the_coordinators(
    world: World, leda: Actor
) -> None:
    notice = sent(
        world, {"all": [GUESTS, {"is": "delegation", "of": [world.arunika.pk]}]}
    )
    for minutes in (10, 20, 30, 40, 50):
        do_all(world, NOON + minutes * MINUTE)

    assert [who for who, _words in calls()] == ["marco", "leda", "wati"]
    copy = copy_of(notice, world.ingrid)
    found = [call.leader for call in called_for([copy])[copy.pk]]
    leader = world.officer.leader
    assert leader is not None
    assert found == [world.officer.person, leader.person, None]
    assert copy.called_step == 3


def test_a_teams_lead_is_called_for_its_people(world: World) -> None:
    Seat.objects.filter(person=world.petra.person_id).update(
        team=world.boats, role=Seat.Role.LEAD
    )
    sent(world, {"is": "team", "of": [world.boats.pk]})
    do_all(world, TEN)

    assert ("petra", "Mohon hubungi mereka sekarang: Bruna") in calls()


def test_a_circle_of_leaders_comes_to_an_end(world: World, leda: Actor) -> None:
    leader = world.officer.leader
    assert leader is not None
    leader.leader = world.officer
    leader.save()
    sent(
        world,
        {
            "all": [
                {"is": "role", "of": ["officer"]},
                {"is": "delegation", "of": [world.arunika.pk]},
            ]
        },
    )
    for minutes in (10, 20, 30, 40):
        do_all(world, NOON + minutes * MINUTE)

    assert [who for who, _words in calls()] == ["leda", "wati"]


@pytest.mark.parametrize("end", ["replaced", "withdrawn"])
def test_what_does_not_hold_calls_nobody(world: World, leda: Actor, end: str) -> None:
    notice = sent(world)
    if end == "replaced":
        newer = next_version(world, notice)
        for copy in newer.copies.all():
            Copy.objects.filter(pk=copy.pk).update(acknowledged_at=NOON)
    else:
        notices.withdraw(notice.pk, "an error", actor=world.wati, at=NOON)
    do_all(world, TWENTY)

    assert calls() == []


def test_no_minutes_means_no_call(world: World, leda: Actor) -> None:
    sent(world, silence_minutes=0)
    do_all(world, TWENTY)

    assert calls() == []


def test_only_the_house_and_a_coordinator_call(world: World) -> None:
    notice = sent(world)

    with pytest.raises(Forbidden):
        copies.call_leaders(notice.pk, 1, actor=world.marco, at=NOON)


def test_a_guest_sees_her_own_copy_and_nobody_elses(world: World) -> None:
    notice = sent(world, GUESTS)

    seen = Copy.objects.visible_to(world.ingrid)

    assert list(seen) == [copy_of(notice, world.ingrid)]
    assert set(Copy.objects.visible_to(world.petra)) == set(notice.copies.all())
