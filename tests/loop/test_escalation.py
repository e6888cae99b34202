"""What is left lying climbs, by the roster of that minute and not by who is online."""

from datetime import timedelta

from tests.loop.stories import all_done, answered, in_hand, passed, restated, said
from tests.world import (
    DETAILS,
    HOUR,
    MINUTE,
    NOON,
    World,
    make_party,
    make_person,
    seated,
)
from titian.kernel.models import Entry
from titian.loop.commands import asks
from titian.loop.commands.incidents import raise_alarm
from titian.loop.escalation import Cause, ladder_of, next_rung, rungs_ahead
from titian.loop.models import Ask
from titian.loop.pace import rung_reached
from titian.people.models import (
    Absence,
    Assignment,
    Duty,
    Officer,
    Party,
    Person,
    Seat,
)

EVENING = NOON + 9 * HOUR + 55 * MINUTE
"""21:55: the first call would come in the quiet hours."""


def officer(world: World, name: str, leader: Officer | None = None) -> Officer:
    """Another officer of the event, with or without somebody above her."""
    person = make_person(name, Party.objects.get(code="LOC"))
    return Officer.objects.create(
        person=person, event=world.event, code=f"LO-{name}", leader=leader
    )


def with_leaders(world: World) -> tuple[Officer, Officer]:
    """Marco has a leader, Dewi, and she has a lead, Raka."""
    raka = officer(world, "Raka")
    dewi = officer(world, "Dewi", leader=raka)
    world.officer.leader = dewi
    world.officer.save()
    return dewi, raka


def relief(world: World) -> Officer:
    """Sari is Arunika's relief."""
    sari = officer(world, "Sari")
    Assignment.objects.create(
        officer=sari,
        delegation=world.arunika,
        role=Assignment.Role.RELIEF,
        consent=Assignment.Consent.AGREED,
    )
    return sari


def names(ask: Ask, cause: str = Cause.WAITING) -> list[str]:
    return [rung.names for rung in ladder_of(ask, cause)]


def test_it_climbs_from_primary_to_relief_leader_lead_and_coordinator(
    world: World,
) -> None:
    relief(world)
    with_leaders(world)

    assert names(said(world)) == ["Marco", "Sari", "Dewi", "Raka", "Wati"]


def test_of_a_team_the_lead_comes_before_the_officers_leaders(world: World) -> None:
    with_leaders(world)
    seated(world.event, "Lela", world.boats, Seat.Role.LEAD)

    climbing = names(passed(world))

    assert climbing == ["Bruna", "Lela", "Marco", "Dewi", "Raka", "Wati"]


def test_each_rung_has_its_hour_beforehand(world: World) -> None:
    hours = [rung.at - NOON for rung in ladder_of(said(world))]

    assert hours == [10 * MINUTE, 15 * MINUTE]


def test_an_emergency_climbs_by_the_minute(world: World) -> None:
    alarm = raise_alarm(world.arunika.pk, "other", actor=world.marco, at=NOON)

    hours = [rung.at - NOON for rung in ladder_of(alarm)]
    assert hours == [2 * MINUTE, 3 * MINUTE]


def test_whoever_holds_the_duty_comes_first(world: World) -> None:
    sari = relief(world)
    Duty.objects.create(
        officer=sari,
        delegation=world.arunika,
        role=Assignment.Role.RELIEF,
        starts_at=NOON,
        ends_at=NOON + HOUR,
    )

    assert names(said(world))[:2] == ["Sari", "Marco"]


def test_the_roster_is_read_for_the_minute_of_the_call(world: World) -> None:
    sari = relief(world)
    Duty.objects.create(
        officer=sari,
        delegation=world.arunika,
        role=Assignment.Role.RELIEF,
        starts_at=NOON + HOUR,
        ends_at=NOON + 2 * HOUR,
    )
    ask = in_hand(world)

    overdue = names(ask, Cause.OVERDUE)  # at 13:00 she has the duty

    assert overdue[:2] == ["Bruna", "Sari"]


def test_who_is_away_is_passed_over_and_so_is_her_leader(world: World) -> None:
    dewi, _raka = with_leaders(world)
    for away in (world.officer, dewi):
        Absence.objects.create(officer=away, starts_at=NOON, ends_at=NOON + HOUR)

    assert names(said(world)) == ["Raka", "Wati"]


def test_nobody_is_called_twice(world: World) -> None:
    assert world.wati.person_id is not None
    wati = Officer.objects.create(
        person_id=world.wati.person_id, event=world.event, code="LO-W"
    )
    world.officer.leader = wati
    world.officer.save()

    assert names(said(world)) == ["Marco", "Wati"]


def test_a_circle_of_leaders_ends(world: World) -> None:
    dewi, raka = with_leaders(world)
    raka.leader = dewi
    raka.save()

    assert names(said(world)) == ["Marco", "Dewi", "Raka", "Wati"]


def test_nobody_is_woken_for_towels(world: World) -> None:
    ask = asks.ask(world.arunika.pk, "Towels", actor=world.ingrid, at=EVENING)

    first, second = ladder_of(ask)

    morning = NOON + timedelta(hours=18)
    assert (first.at, second.at) == (morning, morning + 5 * MINUTE)


def test_who_is_on_duty_at_night_is_called_at_night(world: World) -> None:
    Duty.objects.create(
        officer=world.officer,
        delegation=world.arunika,
        role=Assignment.Role.PRIMARY,
        starts_at=EVENING,
        ends_at=EVENING + 8 * HOUR,
    )
    ask = asks.ask(world.arunika.pk, "Towels", actor=world.ingrid, at=EVENING)

    first, second = ladder_of(ask)

    assert first.at == EVENING + 10 * MINUTE
    assert second.at == NOON + timedelta(hours=18)


def test_what_is_urgent_wakes_people(world: World) -> None:
    ask = asks.ask(world.arunika.pk, "A doctor", actor=world.ingrid, at=EVENING)
    asks.pass_on(
        ask.pk, team_id=world.boats.pk, urgency="urgent", actor=world.marco, at=EVENING
    )
    ask.refresh_from_db()

    assert ladder_of(ask)[0].at == EVENING + 5 * MINUTE


def test_at_night_it_is_noted_and_in_the_morning_called(world: World) -> None:
    asks.ask(world.arunika.pk, "Towels", actor=world.ingrid, at=EVENING)

    assert all_done(world, EVENING + 10 * MINUTE) == ["ask.left_waiting"]
    assert called() == [[]]
    all_done(world, NOON + timedelta(hours=18))
    assert called() == [[], ["Marco"]]


def test_each_timer_looks_whether_it_is_still_wanted(world: World) -> None:
    ask = passed(world)
    all_done(world, NOON + 10 * MINUTE)
    asks.accept(ask.pk, actor=world.bruna, at=NOON + 11 * MINUTE)

    verbs = all_done(world, NOON + 50 * MINUTE)

    assert "ask.climbed" not in verbs


def test_what_another_team_has_begins_again_at_its_desk(world: World) -> None:
    ask = passed(world)
    seated(world.event, "Citra", world.kitchen)
    all_done(world, NOON + 15 * MINUTE)
    at = NOON + 16 * MINUTE
    asks.bounce(ask.pk, world.kitchen.pk, "theirs", actor=world.bruna, at=at)

    all_done(world, at + 10 * MINUTE)

    assert called() == [["Bruna"], ["Marco"], ["Citra"]]


def test_late_it_climbs_although_the_team_has_it(world: World) -> None:
    in_hand(world)

    all_done(world, NOON + HOUR + 10 * MINUTE)

    assert called() == [["Bruna"], ["Marco"], ["Wati"]]


def test_what_was_said_back_waits_with_the_officer(world: World) -> None:
    ask = restated(world)

    rungs = ladder_of(ask)

    assert [(rung.names, rung.at - NOON) for rung in rungs] == [
        ("Marco", 20 * MINUTE),
        ("Wati", 25 * MINUTE),
    ]


def test_an_answer_nobody_called_kept_is_the_officers_to_ask_about(
    world: World,
) -> None:
    ask = answered(world)

    assert names(ask) == ["Marco"]
    assert ladder_of(ask)[0].at == NOON + timedelta(hours=18)  # 00:00 is too late


def test_what_is_over_calls_nobody(world: World) -> None:
    ask = asks.close(answered(world).pk, actor=world.ingrid, at=NOON)

    assert (names(ask), next_rung(ask, NOON)) == ([], None)


def test_the_next_to_be_called_is_known_by_name(world: World) -> None:
    rung = next_rung(passed(world), NOON + 12 * MINUTE)

    assert rung is not None
    assert (rung.names, rung.label) == ("Marco", "the LO on duty")
    assert rung.at == NOON + 15 * MINUTE


def test_a_desk_with_nobody_is_left_out(world: World) -> None:
    nobody = make_party("SEC", "Guards", "team")
    ask = asks.pass_on(said(world).pk, team_id=nobody.pk, actor=world.marco, at=NOON)

    assert names(ask) == ["Marco", "Wati"]


def called() -> list[list[str]]:
    """Whom the house has called so far, by name, in order."""
    verbs = ("ask.left_waiting", "ask.climbed", "ask.overdue")
    entries = Entry.objects.filter(verb__in=verbs).order_by("pk")
    return [
        list(
            Person.objects.filter(pk__in=entry.facts["called"]).values_list(
                "display", flat=True
            )
        )
        for entry in entries
    ]


def test_said_back_in_the_minute_it_came_its_wait_calls_anew(world: World) -> None:
    ask = passed(world, Ask.Weight.EXACT)
    all_done(world, NOON + 20 * MINUTE)

    asks.restate(ask.pk, DETAILS, actor=world.bruna, at=NOON)  # heard late
    all_done(world, NOON + HOUR)

    calls = Entry.objects.filter(verb__in=["ask.left_waiting", "ask.climbed"])
    waits = calls.filter(facts__cause="waiting").order_by("pk")
    rungs = [(one.facts["state"], one.facts["rung"]) for one in waits]
    team, guests = [("passed", n) for n in (1, 2, 3)], [("restated", n) for n in (1, 2)]
    assert rungs == team + guests


def test_hurried_then_it_goes_on_from_the_calls_of_its_own_wait(world: World) -> None:
    ask = passed(world, Ask.Weight.EXACT)
    all_done(world, NOON + 20 * MINUTE)
    said_back = asks.restate(ask.pk, DETAILS, actor=world.bruna, at=NOON)

    assert rung_reached(said_back, Cause.WAITING) is None


def test_all_who_are_called_later_are_known_beforehand(world: World) -> None:
    with_leaders(world)

    ahead = rungs_ahead(passed(world), NOON + 12 * MINUTE)

    assert [rung.names for rung in ahead] == ["Marco", "Dewi", "Raka", "Wati"]
