"""An officer falls ill: what breaks is seen first, then one word mends it."""

import pytest

from tests.foresight.week import DAY, Week, make_week, proposal_of
from tests.world import HOUR, MINUTE, NOON, World
from titian.foresight.absences import Outlook, without
from titian.foresight.commands.absences import take_off_duty
from titian.foresight.commands.cover import accept
from titian.foresight.errors import WorldMovedOn
from titian.foresight.models import Proposal
from titian.foresight.plans import NoSuchChange
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.commands.absences import report_absence
from titian.people.fitness import broken_rules
from titian.people.models import Absence, Duty, Officer
from titian.people.queries import gaps

UNTIL = NOON + DAY


@pytest.fixture
def week(world: World) -> Week:
    made = make_week(world, officers=22)
    accept(proposal_of(made).pk, actor=world.wati, at=NOON)
    return made


@pytest.fixture
def ill(week: Week) -> Officer:
    """Whoever is with somebody in the next hours."""
    sides = Duty.objects.exclude(delegation__party__code="ARN")  # few speak for them
    running = sides.filter(
        withdrawn_at=None, mode="attached", ends_at__gt=NOON + 2 * HOUR
    )
    return running.order_by("starts_at", "pk")[0].officer


def look(week: Week, ill: Officer) -> Outlook:
    return without(ill, NOON, UNTIL, actor=week.world.wati, at=NOON)


def off(week: Week, ill: Officer, **more: object) -> Officer:
    given = {
        "mend": 0,
        "seen": look(week, ill).seen,
        "reason": "fever",
        "actor": week.world.wati,
        "at": NOON,
        **more,
    }
    return take_off_duty(ill.pk, NOON, UNTIL, **given)  # type: ignore[arg-type]


def held_by(officer: Officer) -> int:
    return Duty.objects.filter(
        officer=officer, withdrawn_at=None, starts_at__lt=UNTIL, ends_at__gt=NOON
    ).count()


def test_what_breaks_is_told_and_nothing_is_kept(week: Week, ill: Officer) -> None:
    before = held_by(ill)

    found = look(week, ill)

    assert found.breaks and len(found.mends) == 3
    assert all(one.changes for one in found.mends)
    assert (held_by(ill), Absence.objects.count()) == (before, 0)


def test_one_word_mends_it_and_no_rule_is_broken(week: Week, ill: Officer) -> None:
    was_open = gaps(week.world.event, NOON, UNTIL)

    off(week, ill)

    assert held_by(ill) == 0
    assert gaps(week.world.event, NOON, UNTIL) == was_open
    new = Duty.objects.filter(
        proposal_id=Proposal.objects.latest("pk").pk, withdrawn_at=None
    )
    assert new.exists()
    for duty in new.select_related("officer__person", "delegation__party"):
        assert broken_rules(duty.officer, duty, besides=duty) == ()


def test_nobody_else_s_duty_moves_while_somebody_is_free(
    week: Week, ill: Officer
) -> None:
    others = Duty.objects.filter(withdrawn_at=None).exclude(officer=ill)
    before = set(others.values_list("pk", flat=True))

    assert look(week, ill).mends[0].repair.others == 0

    off(week, ill)

    assert before <= set(others.values_list("pk", flat=True))


def test_left_open_it_stays_a_gap(week: Week, ill: Officer) -> None:
    was_open = gaps(week.world.event, NOON, UNTIL)

    off(week, ill, mend=None)

    assert held_by(ill) == 0
    assert len(gaps(week.world.event, NOON, UNTIL)) > len(was_open)


def test_the_reason_is_sealed(week: Week, ill: Officer) -> None:
    off(week, ill, reason="dengue fever")

    entry = Entry.objects.get(verb="absence.reported")
    assert (entry.about_id, "dengue" in str(entry.facts)) == (ill.person_id, False)
    assert entry.sealed


def test_who_saw_something_else_looks_again(week: Week, ill: Officer) -> None:
    seen = look(week, ill).seen
    first = look(week, ill).mends[0].changes[0]["new"]
    stand_in = Officer.objects.get(pk=first)
    hours = (NOON, UNTIL)
    report_absence(stand_in.pk, *hours, reason="bus", actor=week.world.wati, at=NOON)

    with pytest.raises(WorldMovedOn):
        off(week, ill, seen=seen)

    assert Absence.objects.filter(officer=ill).count() == 0


def test_a_minute_of_thinking_is_no_change_of_the_world(
    week: Week, ill: Officer
) -> None:
    now = NOON + 3 * HOUR  # they are there and guarded: the gap would begin at once
    seen = without(ill, now, UNTIL, actor=week.world.wati, at=now).seen

    given = {"mend": 0, "seen": seen, "reason": "fever", "actor": week.world.wati}
    take_off_duty(ill.pk, now, UNTIL, at=now + MINUTE, **given)  # type: ignore[arg-type]

    assert Absence.objects.get().officer == ill


def test_a_way_that_was_not_shown_is_refused(week: Week, ill: Officer) -> None:
    with pytest.raises(NoSuchChange):
        off(week, ill, mend=7)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_wanted(week: Week, ill: Officer, reason: str) -> None:
    with pytest.raises(ValueError, match="Say why"):
        off(week, ill, reason=reason)


def test_hours_that_are_over_are_refused(week: Week, ill: Officer) -> None:
    with pytest.raises(ValueError, match="still to come"):
        without(ill, NOON - DAY, NOON - HOUR, actor=week.world.wati, at=NOON)


def test_an_officer_takes_nobody_off_duty(week: Week, ill: Officer) -> None:
    with pytest.raises(Forbidden):
        without(ill, NOON, UNTIL, actor=week.world.marco, at=NOON)
