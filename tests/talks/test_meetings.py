"""A meeting from its call to the text both sides agree on."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.talks.paper import verbs
from tests.talks.table import PLAN, called
from tests.world import HOUR, NOON, World, seated, with_account
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry, Event
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal
from titian.people.models import Delegation, Party, Person, Seat
from titian.programme.commands.activities import BadHours, BadWords
from titian.programme.models import Activity
from titian.talks.commands.meetings import (
    OneSide,
    approve,
    call,
    call_off,
    hold,
    minute,
    set_agenda,
)
from titian.talks.models import Meeting, Wordless

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "We share the pier."
KEY_2, KEY_3, KEY_4, KEY_5 = (UUID(int=n) for n in (12, 13, 14, 15))
LATER = NOON + 3 * HOUR


@pytest.fixture
def meeting(world: World) -> Meeting:
    return called(world)


def protocol(world: World, role: str = Seat.Role.DESK) -> Actor:
    team = Party.objects.create(code="PRO", name_en="Protocol", kind="team")
    return seated(world.event, "Pia", team, role)


def now(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def agenda(meeting: Meeting) -> list[str]:
    return [point.words_en for point in meeting.agenda.all()]


def minuted(meeting: Meeting, world: World, words: str = TEXT) -> Meeting:
    return minute(meeting.pk, words, actor=world.marco, at=LATER)


def test_a_call_puts_an_hour_on_the_rundown_for_both_sides(
    world: World, meeting: Meeting
) -> None:
    hour = Activity.objects.get()
    assert (hour.title_en, hour.kind, meeting.activity) == ("On oars", "meeting", hour)
    assert set(hour.delegations.all()) == {world.arunika, world.selaya}
    assert agenda(meeting) == ["Oars", "Towels"]
    assert verbs() == ["activity.scheduled", "meeting.called"]


def test_a_call_sent_twice_is_one_meeting(world: World, meeting: Meeting) -> None:
    again = called(world)

    assert (again, Meeting.objects.count(), Activity.objects.count()) == (meeting, 1, 1)


def test_a_call_without_a_key_is_one_too(world: World) -> None:
    call(world.arunika.pk, world.selaya.pk, PLAN, actor=world.wati, at=NOON)

    assert Meeting.objects.count() == 1


def test_protocol_may_call(world: World) -> None:
    called(world, protocol(world))

    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("who", ["marco", "for_ingrid", "ingrid", "bruna", "eve"])
def test_who_does_not_keep_the_rundown_calls_nobody(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        called(world, getattr(world, who))

    assert (Meeting.objects.count(), Activity.objects.count()) == (0, 0)


def test_a_delegation_does_not_meet_itself(world: World) -> None:
    with pytest.raises(OneSide):
        call(world.arunika.pk, world.arunika.pk, PLAN, actor=world.wati, at=NOON)


def test_the_two_come_to_one_event(world: World) -> None:
    other = Event.objects.create(code="other", name_en="Other", kind="games")
    far = Delegation.objects.create(
        party=world.selaya.party, event=other, level="minister"
    )

    with pytest.raises(Delegation.DoesNotExist):
        call(world.arunika.pk, far.pk, PLAN, actor=world.wati, at=NOON)


def test_an_hour_that_cannot_be_calls_nobody(world: World) -> None:
    backwards = replace(PLAN, ends_at=NOON)

    with pytest.raises(BadHours):
        call(world.arunika.pk, world.selaya.pk, backwards, actor=world.wati, at=NOON)

    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("who", ["marco", "wati"])
def test_the_officer_writes_the_agenda_anew(
    world: World, meeting: Meeting, who: str
) -> None:
    set_agenda(meeting.pk, ["Boats"], actor=getattr(world, who), at=NOON)

    assert agenda(meeting) == ["Boats"]


@pytest.mark.parametrize(
    "points", [["o" * 301], ["Oars"] * 41], ids=["a long point", "many points"]
)
def test_an_agenda_too_long_leaves_the_old_one(
    world: World, meeting: Meeting, points: list[str]
) -> None:
    with pytest.raises(Wordless):
        set_agenda(meeting.pk, points, actor=world.marco, at=NOON)

    assert agenda(meeting) == ["Oars", "Towels"]


@pytest.mark.parametrize("who", ["for_ingrid", "ingrid", "bruna", "petra", "eve"])
def test_nobody_else_keeps_the_record(world: World, meeting: Meeting, who: str) -> None:
    actor = getattr(world, who)

    acts: list[Callable[..., Meeting]] = [
        partial(set_agenda, meeting.pk, ["Mine"]),
        partial(hold, meeting.pk),
        partial(minute, meeting.pk, TEXT),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act(actor=actor, at=NOON)

    assert verbs() == ["activity.scheduled", "meeting.called"]


def test_an_agenda_is_for_what_is_to_come(world: World, meeting: Meeting) -> None:
    hold(meeting.pk, actor=world.marco, at=LATER)

    with pytest.raises(IllegalMove):
        set_agenda(meeting.pk, ["Boats"], actor=world.marco, at=LATER)


def test_it_is_held_once(world: World, meeting: Meeting) -> None:
    hold(meeting.pk, actor=world.marco, at=LATER)

    with pytest.raises(IllegalMove):
        hold(meeting.pk, actor=world.wati, at=LATER)
    assert now(meeting).state == "held"


def test_what_is_a_day_away_has_not_taken_place(world: World, meeting: Meeting) -> None:
    with pytest.raises(BadHours):
        hold(meeting.pk, actor=world.marco, at=NOON - 24 * HOUR)

    assert now(meeting).state == "planned"


def test_the_minutes_are_kept_and_sealed_in_the_journal(
    world: World, meeting: Meeting
) -> None:
    minuted(meeting, world)

    kept, entry = now(meeting), Entry.objects.get(verb="meeting.minuted")
    assert (kept.state, kept.minutes, kept.minuted_by_id) == (
        "minuted",
        TEXT,
        world.marco.person_id,
    )
    assert (entry.facts, unseal(entry)) == ({}, {"words": TEXT})


@pytest.mark.parametrize("words", ["", "  ", "o" * 20_001], ids=["no", "blank", "long"])
def test_minutes_without_words_are_none(
    world: World, meeting: Meeting, words: str
) -> None:
    with pytest.raises(Wordless):
        minuted(meeting, world, words)

    assert now(meeting).state == "planned"


def test_the_text_stands_when_both_sides_agree(world: World, meeting: Meeting) -> None:
    minuted(meeting, world)

    approve(meeting.pk, actor=world.for_ingrid, at=LATER)
    half = now(meeting).state
    approve(meeting.pk, actor=world.eve, at=LATER)

    assert (half, now(meeting).state) == ("minuted", "approved")


@pytest.mark.parametrize("who", ["marco", "wati", "bruna", "petra"])
def test_nobody_of_the_house_agrees_for_a_guest(
    world: World, meeting: Meeting, who: str
) -> None:
    minuted(meeting, world)

    with pytest.raises(Forbidden):
        approve(meeting.pk, actor=getattr(world, who), at=LATER)

    assert now(meeting).approved_a_at is None


def test_an_officer_brings_no_word_of_the_other_side(
    world: World, meeting: Meeting
) -> None:
    minuted(meeting, world)
    assert world.eve.person_id is not None
    of_eve = world.marco.passing_on(world.eve.person_id, means="face")

    with pytest.raises(Forbidden):
        approve(meeting.pk, actor=of_eve, at=LATER)


def test_one_side_does_not_agree_twice_for_both(world: World, meeting: Meeting) -> None:
    minuted(meeting, world)
    approve(meeting.pk, actor=world.ingrid, at=LATER)

    with pytest.raises(IllegalMove):
        approve(meeting.pk, actor=world.for_ingrid, at=LATER)

    assert now(meeting).state == "minuted"


def test_a_new_text_takes_the_agreement_back(world: World, meeting: Meeting) -> None:
    minuted(meeting, world)
    approve(meeting.pk, actor=world.ingrid, at=LATER)

    minuted(meeting, world, "We share the pier and the boats.")

    assert now(meeting).approved_a_at is None


def test_a_text_that_is_agreed_is_not_rewritten(world: World, meeting: Meeting) -> None:
    minuted(meeting, world)
    approve(meeting.pk, actor=world.ingrid, at=LATER)
    approve(meeting.pk, actor=world.eve, at=LATER)

    with pytest.raises(IllegalMove):
        minuted(meeting, world, "Something else")


def test_what_has_no_text_cannot_be_agreed_to(world: World, meeting: Meeting) -> None:
    with pytest.raises(IllegalMove):
        approve(meeting.pk, actor=world.ingrid, at=LATER)


def test_who_keeps_the_rundown_calls_it_off_and_says_why(
    world: World, meeting: Meeting
) -> None:
    call_off(meeting.pk, "The pier is closed", actor=world.wati, at=NOON, key=KEY_2)
    call_off(meeting.pk, "The pier is closed", actor=world.wati, at=NOON, key=KEY_2)

    assert (now(meeting).state, Activity.objects.get().state) == (
        "cancelled",
        "cancelled",
    )
    assert verbs()[2:] == ["activity.cancelled", "meeting.called_off"]


@pytest.mark.parametrize("who", ["marco", "ingrid", "bruna", "eve"])
def test_others_call_nothing_off(world: World, meeting: Meeting, who: str) -> None:
    with pytest.raises(Forbidden):
        call_off(meeting.pk, "No", actor=getattr(world, who), at=NOON)

    assert (now(meeting).state, Activity.objects.get().state) == ("planned", "planned")


def test_without_a_reason_it_stands(world: World, meeting: Meeting) -> None:
    with pytest.raises(BadWords):
        call_off(meeting.pk, " ", actor=world.wati, at=NOON)

    assert now(meeting).state == "planned"


def test_what_was_held_is_not_called_off(world: World, meeting: Meeting) -> None:
    hold(meeting.pk, actor=world.marco, at=LATER)

    with pytest.raises(IllegalMove):
        call_off(meeting.pk, "Late", actor=world.wati, at=LATER)


def test_retries_change_nothing(world: World, meeting: Meeting) -> None:
    for _again in range(2):
        set_agenda(meeting.pk, ["Boats"], actor=world.marco, at=NOON, key=KEY_2)
        hold(meeting.pk, actor=world.marco, at=LATER, key=KEY_3)
        minute(meeting.pk, TEXT, actor=world.marco, at=LATER, key=KEY_4)
        approve(meeting.pk, actor=world.ingrid, at=LATER, key=KEY_5)

    assert verbs()[2:] == [
        "meeting.agenda_set",
        "meeting.held",
        "report.asked",
        "meeting.minuted",
        "meeting.text_agreed",
    ]


def test_only_the_two_sides_and_who_keeps_the_meeting_read_it(
    world: World, meeting: Meeting
) -> None:
    Party.objects.create(code="XYZ", name_en="Elsewhere", kind="state")
    stranger = with_account(
        Person.objects.create(
            display="Uma", email="u@example.org", party=Party.objects.get(code="XYZ")
        )
    )
    auditor = protocol(world, Seat.Role.AUDITOR)
    readers = {
        "marco": world.marco,
        "ingrid": world.ingrid,
        "eve": world.eve,
        "wati": world.wati,
        "auditor": auditor,
        "bruna": world.bruna,
        "petra": world.petra,
        "stranger": stranger,
    }

    seen = [
        name
        for name, actor in readers.items()
        if Meeting.objects.visible_to(actor).exists()
    ]

    assert seen == ["marco", "ingrid", "eve", "wati", "auditor"]
