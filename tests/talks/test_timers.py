"""What falls due: a line unmet at its hour turns red for both sides."""

from tests.exchange.files import accepted, csv_file
from tests.talks.paper import KEY, NOT_SO, Paper, shown, verbs, work_until
from tests.world import HOUR, MINUTE, NOON, World
from titian.exchange.commands import undo
from titian.kernel.actor import HOUSE
from titian.kernel.journal import write
from titian.kernel.models import Entry
from titian.talks.commands.keeping import (
    LINE_DUE,
    dispute,
    escalate,
    mark_overdue,
    watch,
)
from titian.talks.models import Deliverable

LINES = ["agreement", "line", "direction", "what", "due"]


def overdue_lines() -> list[int]:
    told = Entry.objects.filter(verb="line.overdue").order_by("pk")
    return list(told.values_list("subject_id", flat=True))


def test_an_unmet_line_turns_red_at_its_hour_and_not_before(
    world: World, paper: Paper
) -> None:
    watch(paper.agreement.pk, actor=HOUSE, at=NOON)

    work_until(world, NOON + HOUR - MINUTE)
    before = overdue_lines()
    work_until(world, NOON + HOUR)

    assert (before, overdue_lines()) == ([], [paper.boats.pk])


def test_what_was_shown_in_time_stays_calm(world: World, paper: Paper) -> None:
    watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    shown(paper, "boats", world.bruna)

    work_until(world, NOON + 3 * HOUR)

    assert overdue_lines() == [paper.names.pk]


def test_what_is_disputed_at_its_hour_turns_red(world: World, paper: Paper) -> None:
    watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    shown(paper, "boats", world.bruna)
    dispute(paper.boats.pk, NOT_SO, actor=world.ingrid, at=NOON)

    work_until(world, NOON + HOUR)

    assert overdue_lines() == [paper.boats.pk]


def test_both_sides_hear_of_it_and_the_owner_is_named(
    world: World, paper: Paper
) -> None:
    watch(paper.agreement.pk, actor=HOUSE, at=NOON)

    work_until(world, NOON + 2 * HOUR)

    ours, theirs = Entry.objects.filter(verb="line.overdue").order_by("pk")
    assert f"delegation:{world.arunika.pk}" in ours.topics
    assert ours.facts == {"owner": {"team": world.boats.pk, "person": None}}
    assert theirs.facts == {"owner": {"delegation": world.arunika.pk}}


def test_a_quarter_of_an_hour_later_it_goes_one_step_up(
    world: World, paper: Paper
) -> None:
    watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    work_until(world, NOON + HOUR)

    work_until(world, NOON + HOUR + 15 * MINUTE)

    assert verbs() == ["agreement.watched", "line.overdue", "line.escalated"]


def test_what_was_shown_meanwhile_does_not_go_up(world: World, paper: Paper) -> None:
    watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    work_until(world, NOON + HOUR)
    shown(paper, "boats", world.bruna)

    work_until(world, NOON + HOUR + 15 * MINUTE)

    assert "line.escalated" not in verbs()


def test_a_line_whose_hour_was_moved_is_not_called_overdue(
    world: World, paper: Paper
) -> None:
    watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    Deliverable.objects.filter(pk=paper.boats.pk).update(due_at=NOON + 5 * HOUR)

    work_until(world, NOON + HOUR)

    assert overdue_lines() == []


def test_the_moved_hour_gets_a_timer_of_its_own_and_the_others_no_second(
    world: World, paper: Paper
) -> None:
    first = watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    Deliverable.objects.filter(pk=paper.boats.pk).update(due_at=NOON + 5 * HOUR)

    again = [watch(paper.agreement.pk, actor=HOUSE, at=NOON) for _time in range(2)]

    assert (first, again) == (2, [1, 0])


def test_a_line_is_called_overdue_once_for_its_hour(world: World, paper: Paper) -> None:
    watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    write(
        "line.entered",
        paper.boats,
        actor=HOUSE,
        at=NOON,
        owe=[(LINE_DUE, paper.boats.due_at)],
    )

    work_until(world, NOON + HOUR)

    assert overdue_lines() == [paper.boats.pk]


def test_what_is_settled_is_neither_overdue_nor_raised(
    world: World, paper: Paper
) -> None:
    shown(paper, "boats", world.bruna)

    mark_overdue(paper.boats.pk, at=NOON + HOUR, key=KEY)
    escalate(paper.boats.pk, at=NOON + HOUR, key=KEY)

    assert verbs() == ["line.delivered"]


def test_a_line_whose_list_is_taken_back_is_watched_at_its_former_hour(
    world: World, paper: Paper
) -> None:
    watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    later = ["K-012", "1", "ours", "Two boats", (NOON + 5 * HOUR).isoformat()]
    done = accepted(world, "deliverables", csv_file(LINES, later))
    work_until(world, NOON + 2 * HOUR)
    before = overdue_lines()

    undo(done.pk, actor=world.wati, at=NOON + 2 * HOUR)
    work_until(world, NOON + 2 * HOUR)

    assert paper.boats.pk not in before
    assert paper.boats.pk in overdue_lines()
    assert watch(paper.agreement.pk, actor=HOUSE, at=NOON + 2 * HOUR) == 0
