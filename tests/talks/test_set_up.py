"""The set-up sheet: who writes it, in which order flags stand, when it is old."""

from dataclasses import replace

import pytest

from tests.talks.paper import verbs
from tests.talks.table import called
from tests.world import HOUR, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.programme.commands import activities
from titian.talks.commands.meetings import call_off, hold
from titian.talks.commands.setting_up import Layout, NoFlags, TooManySeats, set_up
from titian.talks.flags import flags_in_order
from titian.talks.models import SetUp, Wordless

SHEET = Layout(seats_each=4, interpreters="French, two, behind", water="Still, glass")


@pytest.mark.parametrize(
    ("rule", "flags"),
    [
        ("alphabetical", ["Arunika", "Selaya"]),
        ("caller_right", ["Selaya", "Arunika"]),
        ("guest_right", ["Arunika", "Selaya"]),
        ("written", ["ASEAN", "Selaya"]),
    ],
)
def test_each_rule_says_in_which_order_the_flags_stand(
    rule: str, flags: list[str]
) -> None:
    assert flags_in_order(rule, "Selaya", "Arunika", "ASEAN, Selaya,") == flags


def test_a_sheet_written_twice_is_its_second_version(world: World) -> None:
    meeting = called(world)
    set_up(meeting.pk, SHEET, actor=world.marco, at=NOON)

    sheet = set_up(meeting.pk, replace(SHEET, gift="Oar"), actor=world.marco, at=NOON)

    assert (sheet.version, sheet.gift, sheet.is_stale) == (2, "Oar", False)
    assert verbs()[-2:] == ["meeting.set_up", "meeting.set_up"]


def test_a_sheet_is_old_once_the_hour_moves(world: World) -> None:
    meeting = called(world)
    set_up(meeting.pk, SHEET, actor=world.marco, at=NOON)

    activities.move(
        meeting.activity_id, NOON + 3 * HOUR, None, actor=world.wati, at=NOON
    )

    assert SetUp.objects.get().changed == ["hour"]


def test_a_sheet_is_old_once_the_meeting_is_off(world: World) -> None:
    meeting = called(world)
    set_up(meeting.pk, SHEET, actor=world.marco, at=NOON)

    call_off(meeting.pk, "Fog", actor=world.wati, at=NOON)

    assert "cancelled" in SetUp.objects.get().changed


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid", "bruna", "eve"])
def test_guests_and_strangers_set_nothing_up(world: World, who: str) -> None:
    meeting = called(world)

    with pytest.raises(Forbidden):
        set_up(meeting.pk, SHEET, actor=getattr(world, who), at=NOON)


@pytest.mark.parametrize(
    ("layout", "refusal"),
    [
        (replace(SHEET, seats_each=0), TooManySeats),
        (replace(SHEET, seats_each=61), TooManySeats),
        (replace(SHEET, flags_by="written", flags_written=" , "), NoFlags),
        (replace(SHEET, gift="g" * 201), Wordless),
    ],
)
def test_what_no_crew_could_set_up_is_refused(
    world: World, layout: Layout, refusal: type[Exception]
) -> None:
    meeting = called(world)

    with pytest.raises(refusal):
        set_up(meeting.pk, layout, actor=world.marco, at=NOON)


def test_after_the_meeting_nobody_sets_it_up(world: World) -> None:
    meeting = called(world)
    hold(meeting.pk, actor=world.marco, at=NOON + HOUR)

    with pytest.raises(IllegalMove):
        set_up(meeting.pk, SHEET, actor=world.marco, at=NOON + HOUR)
