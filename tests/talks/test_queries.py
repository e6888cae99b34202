"""What is owed either way, and which meeting would fail."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.talks.paper import KEY, NOT_SO, Paper, make_line, make_paper, shown
from tests.world import HOUR, MINUTE, NOON, World, seated
from titian.kernel.actor import HOUSE
from titian.kernel.questions import Change
from titian.logistics.models import Journey
from titian.loop.models import Promise
from titian.people.models import Party
from titian.places.models import Place
from titian.programme.models import Activity
from titian.talks.commands.keeping import accept, dispute, mark_overdue
from titian.talks.models import Agreement, Deliverable, Meeting
from titian.talks.policy import may_keep_agreement
from titian.talks.queries import (
    Totals,
    broken_by,
    history,
    owed_lists,
    spine,
    totals,
    unmet,
)

DAY = timedelta(hours=24)


def promise(world: World, direction: str, words: str) -> Promise:
    return Promise.objects.create(
        event=world.event,
        delegation=world.arunika,
        direction=direction,
        words=words,
        owner_team=world.boats,
        made_at=NOON,
        due_at=NOON + 90 * MINUTE,
    )


def meeting(world: World, begins: datetime = NOON + 2 * HOUR) -> Meeting:
    hour = Activity.objects.create(
        event=world.event,
        code="B-1",
        title_en="Arunika and Selaya",
        place=world.pier,
        starts_at=begins,
        ends_at=begins + HOUR,
    )
    hour.delegations.set([world.arunika, world.selaya])
    return Meeting.objects.create(
        event=world.event,
        activity=hour,
        party_a=world.arunika,
        party_b=world.selaya,
    )


def landing(world: World, at: datetime | None, **columns: str | Place) -> Journey:
    return Journey.objects.create(
        event=world.event,
        delegation=world.arunika,
        code="J-1",
        planned_at=at,
        **columns,
    )


def broken() -> list[str]:
    asked = broken_by(Change("any", {}, HOUSE, NOON))
    return [found.sentence for found in asked]


def test_now_lies_between_what_is_past_and_what_is_coming(paper: Paper) -> None:
    drawn = spine(paper.agreement, NOON + 90 * MINUTE)

    assert [(row.line, row.tone) for row in drawn.past] == [(paper.boats, "red")]
    assert [(row.line, row.tone) for row in drawn.coming] == [(paper.names, "late")]
    assert [row.is_near for row in (*drawn.past, *drawn.coming)] == [False, True]


def test_a_line_is_calm_until_a_day_before_its_hour(paper: Paper) -> None:
    a_moment = timedelta(seconds=1)

    tones = [
        spine(paper.agreement, at).coming[0].tone
        for at in (
            paper.boats.due_at - DAY - a_moment,
            paper.boats.due_at - DAY,
            paper.boats.due_at,
        )
    ]

    assert tones == ["calm", "late", "late"]


def test_totals_tell_each_direction_apart(world: World, paper: Paper) -> None:
    shown(paper, "boats", world.bruna)
    accept(paper.boats.pk, actor=world.ingrid, at=NOON)
    make_line(paper.agreement, 3, "ours", "Tea", NOON + 9 * DAY)

    counted = totals(paper.agreement, NOON + 3 * HOUR)

    assert counted == {
        "ours": Totals(2, 1, overdue=0, disputed=0, delivered=0, near=0),
        "theirs": Totals(1, 0, overdue=1, disputed=0, delivered=0, near=0),
    }


def test_unmet_lines_show_a_day_before_and_stay(world: World, paper: Paper) -> None:
    make_line(paper.agreement, 3, "ours", "Tea", NOON + 2 * DAY)

    found = unmet(world.event, NOON + 90 * MINUTE)

    assert list(found) == [paper.boats, paper.names]


def test_a_settled_line_is_not_unmet(world: World, paper: Paper) -> None:
    shown(paper, "boats", world.bruna)

    assert list(unmet(world.event, NOON)) == [paper.names]


@pytest.mark.parametrize("who", ["marco", "ingrid", "wati"])
def test_promises_and_lines_stand_in_both_directions(
    world: World, paper: Paper, who: str
) -> None:
    promise(world, "ours", "Towels")
    promise(world, "theirs", "The oars back")

    lists = owed_lists(world.arunika, actor=getattr(world, who), at=NOON + 70 * MINUTE)

    assert [(o.what, o.is_overdue) for o in lists.ours] == [
        ("Two boats", True),
        ("Towels", False),
    ]
    assert [o.what for o in lists.theirs] == ["The oars back", "Names"]


def test_eve_sees_nothing_of_what_is_owed(world: World, paper: Paper) -> None:
    promise(world, "ours", "Towels")

    lists = owed_lists(world.arunika, actor=world.eve, at=NOON)

    assert (lists.ours, lists.theirs) == ((), ())


def test_kept_words_and_settled_lines_are_owed_no_more(
    world: World, paper: Paper
) -> None:
    word = promise(world, "ours", "Towels")
    word.state = Promise.State.KEPT
    word.save()
    shown(paper, "boats", world.bruna)

    assert owed_lists(world.arunika, actor=world.marco, at=NOON).ours == ()


def test_the_history_says_who_and_when_even_on_anothers_word(
    world: World, paper: Paper
) -> None:
    mark_overdue(paper.boats.pk, at=NOON + HOUR, key=KEY)
    shown(paper, "boats", world.bruna)
    dispute(paper.boats.pk, NOT_SO, actor=world.for_ingrid, at=NOON + 2 * HOUR)

    assert [(step.verb, step.who) for step in history(paper.line("boats"))] == [
        ("line.delivered", "Bruna"),
        ("line.overdue", ""),
        ("line.disputed", "Ingrid"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_totals_of_prefetched_agreements_cost_two_queries(
    world: World, count: int
) -> None:
    for number in range(count):
        make_paper(world, code=f"K-{number}")

    with CaptureQueriesContext(connection) as asked:
        for agreement in Agreement.objects.prefetch_related("lines"):
            totals(agreement, NOON)
            spine(agreement, NOON)

    assert len(asked) == 2


def test_both_sides_and_the_owing_team_see_the_paper(
    world: World, paper: Paper
) -> None:
    seen = {
        who: Agreement.objects.visible_to(getattr(world, who)).count()
        for who in ("ingrid", "marco", "bruna", "wati", "petra", "eve")
    }

    assert seen == {
        "ingrid": 1,
        "marco": 1,
        "bruna": 1,
        "wati": 1,
        "petra": 0,
        "eve": 0,
    }
    pia = seated(world.event, "Pia", Party.objects.create(code="PRO", name_en="Proto"))
    assert may_keep_agreement(pia, paper.agreement)
    assert Agreement.objects.visible_to(pia).count() == 1
    for actor in world.nobodies().values():
        assert Deliverable.objects.visible_to(actor).count() == 0


def test_a_meeting_fails_when_its_side_lands_later(world: World) -> None:
    meeting(world)
    journey = landing(world, NOON + HOUR)
    in_time = broken()

    journey.expected_at = NOON + 3 * HOUR
    journey.save()

    assert (in_time, broken()) == (
        [],
        ["Arunika would not have arrived for “Arunika and Selaya”."],
    )


def test_the_way_from_the_airport_counts(world: World) -> None:
    meeting(world)
    landing(world, NOON + 2 * HOUR - 10 * MINUTE, airport=world.hotel)

    assert len(broken()) == 1


@pytest.mark.parametrize(
    "columns",
    [{"state": "landed"}, {"precision": "day"}, {"group": "advance"}],
)
def test_what_landed_and_what_is_known_only_by_the_day_break_nothing(
    world: World, columns: dict[str, str]
) -> None:
    meeting(world)
    landing(world, NOON + 5 * HOUR, **columns)

    assert broken() == []


def test_a_journey_without_an_hour_breaks_nothing(world: World) -> None:
    meeting(world)
    landing(world, None)

    assert broken() == []


def test_a_meeting_fails_when_another_item_runs_into_it(world: World) -> None:
    meeting(world)
    parade = Activity.objects.create(
        event=world.event,
        code="P-1",
        title_en="Parade",
        is_for_all=True,
        starts_at=NOON,
        ends_at=NOON + HOUR,
    )
    before = broken()

    parade.expected_ends_at = NOON + 3 * HOUR
    parade.save()

    assert (before, broken()) == (
        [],
        [
            "Arunika would be at “Parade” during “Arunika and Selaya”.",
            "Selaya would be at “Parade” during “Arunika and Selaya”.",
        ],
    )


def test_the_officer_of_the_side_it_touches_must_confirm(world: World) -> None:
    hour = meeting(world)
    dinner = Activity.objects.create(
        event=world.event,
        code="D-1",
        title_en="Dinner",
        starts_at=NOON + 2 * HOUR,
        ends_at=NOON + 4 * HOUR,
    )
    dinner.delegations.set([world.arunika])

    (found,) = broken_by(Change("any", {}, HOUSE, NOON))

    assert (found.owner_person_id, found.subject_id, found.by) == (
        world.marco.person_id,
        hour.pk,
        NOON + 2 * HOUR,
    )


def test_what_is_over_or_called_off_cannot_fail(world: World) -> None:
    past = meeting(world, NOON - 2 * HOUR)
    landing(world, NOON + HOUR)
    over = broken()

    past.activity.starts_at, past.activity.ends_at = NOON + HOUR / 2, NOON + HOUR
    past.activity.save()
    standing = len(broken())
    past.state = Meeting.State.CANCELLED
    past.save()

    assert (over, standing, broken()) == ([], 1, [])
