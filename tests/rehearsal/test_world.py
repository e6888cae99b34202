"""The world sends what is due, once, by the commands of the rooms."""

import ast
from pathlib import Path

import pytest

import titian.rehearsal
from tests.rehearsal.lagoon_summit import at, lagoon, loaded
from titian.cli.rehearsing import rehearse
from titian.kernel import clock
from titian.kernel.actor import FEED
from titian.kernel.commands import RealClock, set_clock
from titian.kernel.models import Entry, Event
from titian.kernel.policy import Forbidden
from titian.logistics.commands.journeys import mark
from titian.logistics.models import Journey
from titian.loop.models import Ask
from titian.people.models import Delegation, Person
from titian.people.queries import on_file
from titian.programme.models import Activity
from titian.rehearsal.world import SENDS, Played, beginning, play
from titian.talks.models import Meeting

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def turned(event: Event, hour: str) -> Event:
    return rehearse(event.code, at=at(hour), pause=True)


def played(event: Event, hour: str) -> Played:
    event = turned(event, hour)
    return play(event, lagoon().world(), after=beginning(event))


def test_what_is_not_due_yet_is_not_sent() -> None:
    sent = played(loaded().event, "18:25").sent

    assert [line.act for line in sent] == ["changed_time"]
    journey = Journey.objects.get(code="ARR-ARN")
    assert (journey.state, journey.expected_at) == ("expected", at("20:55"))


def test_the_whole_evening_is_sent_in_its_order() -> None:
    done = played(loaded().event, "22:30")

    assert [line.act for line in done.sent] == [
        "changed_time",
        "ask",
        "mail",
        "changed_time",
        "landed",
        "unplanned_meeting",
        "cancelled",
        "cancelled",
        "withdrawn",
    ]
    assert (done.too_late, done.lost) == ([], [])
    assert Journey.objects.get(code="ARR-ARN").state == "landed"
    assert Activity.objects.get(code="P1").expected_starts_at == at("20:30")
    assert Activity.objects.get(code="P2").state == "cancelled"
    assert Delegation.objects.get(party__code="JPN").status == "withdrawn"
    assert Meeting.objects.get().state == "cancelled"
    unplanned = Activity.objects.get(title_en="Unplanned meeting")
    assert unplanned.delegations.count() == 2


def test_what_was_known_at_the_loading_is_not_told_again() -> None:
    event = loaded().event

    played(event, "22:30")

    journey = Journey.objects.get(code="ARR-JPN")
    assert not Entry.objects.filter(
        subject_kind="logistics.journey", subject_id=journey.pk
    ).exists()


def test_a_restart_repeats_nothing() -> None:
    event = loaded().event
    played(event, "22:30")
    before = Entry.objects.count()

    again = play(event, lagoon().world(), after=beginning(event), until=at("22:30"))

    assert again.sent == []
    assert Entry.objects.count() == before


def test_the_guest_asks_and_the_feed_reports() -> None:
    played(loaded().event, "22:30")

    said = Entry.objects.get(verb="ask.said", said_at=at("18:30"))
    assert said.actor == on_file(Person.objects.get(code="ARN-F1"))
    assert Entry.objects.get(verb="journey.marked").actor == FEED


def test_nothing_is_answered_for_a_team() -> None:
    played(loaded().event, "22:30")

    assert Ask.objects.get(said_at=at("18:30")).state == Ask.State.SAID


def test_somebody_who_was_faster_is_no_error() -> None:
    event = turned(loaded().event, "20:50")
    journey = Journey.objects.get(code="ARR-ARN")
    marco = on_file(Person.objects.get(code="LO-1"))
    mark(journey.pk, "at_the_hotel", actor=marco, at=at("20:50"))

    done = played(event, "22:30")

    assert [line.act for line in done.too_late] == ["changed_time"]
    assert Journey.objects.get(code="ARR-ARN").state == "at_the_hotel"


def test_a_clock_that_is_paused_sends_nothing_more() -> None:
    event = turned(loaded().event, "18:10")

    assert play(event, lagoon().world(), after=beginning(event)).sent == []


def test_the_clock_is_set_by_a_command_that_the_journal_keeps() -> None:
    event = rehearse(loaded().event.code, at=at("21:00"), speed=10)

    assert (event.clock_reads, event.clock_speed) == (at("21:00"), 10)
    entry = Entry.objects.filter(verb="clock.set").last()
    assert entry is not None
    assert entry.facts == {"reads": at("21:00").isoformat(), "speed": 10}


def test_pausing_holds_the_hour_that_it_is() -> None:
    event = rehearse(loaded().event.code, pause=True)

    first = clock.time_at(event)

    assert clock.time_at(event) == first
    assert first >= at("18:00")


def test_the_clock_of_a_real_event_is_never_turned() -> None:
    event = loaded().event
    Event.objects.filter(pk=event.pk).update(clock_set_at=None, clock_reads=None)

    with pytest.raises(RealClock):
        rehearse(event.code, at=at("21:00"))


@pytest.mark.parametrize("speed", [-1.0, 3601.0])
def test_a_speed_that_is_no_speed_is_refused(speed: float) -> None:
    event = loaded().event

    with pytest.raises(ValueError, match="speed"):
        rehearse(event.code, speed=speed)


def test_an_hour_without_an_offset_is_refused() -> None:
    event = loaded().event

    with pytest.raises(ValueError, match="offset"):
        rehearse(event.code, at=at("21:00").replace(tzinfo=None))


def test_only_a_coordinator_or_the_house_turns_the_clock() -> None:
    event = loaded().event
    wayan = on_file(Person.objects.get(code="LOC-1"))
    set_clock(event.pk, at("19:00"), 1, actor=wayan, at=at("18:00"))

    for code in ("TRN-1", "LO-1", "ARN-F1"):
        actor = on_file(Person.objects.get(code=code))
        with pytest.raises(Forbidden):
            set_clock(event.pk, at("20:00"), 1, actor=actor, at=at("18:00"))


# What the rehearsal is allowed to do at all, read from its own source.

MAY_SEND = {
    "ask",
    "mail",
    "landed",
    "changed_time",
    "cancelled",
    "unplanned_meeting",
    "withdrawn",
}
COMMANDS = {
    "ask",
    "mark",
    "expect",
    "move",
    "cancel",
    "call_off",
    "schedule",
    "state_participation",
}
WRITES = {
    "save",
    "create",
    "delete",
    "update",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "aupdate",
    "acreate",
    "asave",
    "adelete",
    "raw",
    "execute",
}
TEAM_VERBS = {"accept", "restate", "answer", "bounce", "hear", "pass_on", "close"}


def trees() -> list[ast.Module]:
    folder = Path(titian.rehearsal.__file__).parent
    return [ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py")]


def test_the_world_sends_only_what_a_world_can_send() -> None:
    assert set(SENDS) == MAY_SEND


def test_the_world_gives_no_command_but_its_own() -> None:
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
        and any(
            isinstance(word.value, ast.Call) for word in node.keywords if not word.arg
        )
    }

    assert called == COMMANDS


def test_the_rehearsal_never_writes_a_row() -> None:
    called = {
        node.func.attr
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert called & WRITES == set()


def test_the_rehearsal_never_does_what_a_team_does() -> None:
    used = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name)
    }
    imported = {
        alias.name
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert (used | imported) & TEAM_VERBS == set()
