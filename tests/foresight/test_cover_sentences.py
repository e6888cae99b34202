"""Codes become whole sentences, and rows that end a duty say so."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from tests.foresight.week import LAST_NIGHT, MORNING, Week, make_week, proposal_of
from tests.people.cast import make_duty
from tests.world import HOUR, NOON, World
from titian.foresight.commands.cover import accept
from titian.foresight.differences import differences
from titian.foresight.errors import NotSound
from titian.foresight.gather.cover import gather
from titian.foresight.plans import gaps_of, roster_after
from titian.foresight.sentences import gap_sentence, reason_sentence
from titian.foresight.shown import shown
from titian.foresight.soundness import require_plan, require_roster
from titian.people.models import Absence, Duty, Officer
from titian.planning import cover
from titian.planning.search import Iterations

NAMES = {1: "Marco", 2: "Nora"}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def week(world: World) -> Week:
    return make_week(world)


def gap(**more: Any) -> dict[str, Any]:
    return {
        "starts_at": NOON.isoformat(),
        "ends_at": (NOON + 3 * HOUR).isoformat(),
        "wanted": [],
        "nobody_speaks": False,
        "nearest": None,
        **more,
    }


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (gap(), "Nobody is free for Arunika on 1 May 12:00–15:00."),
        (
            gap(wanted=[["ar", "B2"]], nobody_speaks=True),
            "No LO speaks Arabic B2: nobody holds Arunika on 1 May 12:00–15:00.",
        ),
        (
            gap(nearest={"officer": 1, "rule": "rest", "free_from": None}),
            "Nobody is free for Arunika on 1 May 12:00–15:00. "
            "Nearest: Marco. Marco would rest for less than 11 hours.",
        ),
        (
            gap(nearest={"officer": 2, "rule": "new", "free_from": None}),
            "Nobody is free for Arunika on 1 May 12:00–15:00. "
            "Nearest: Nora. Nora cannot hold these hours.",
        ),
        (
            gap(ends_at=(NOON + 13 * HOUR).isoformat()),
            "Nobody is free for Arunika on 1 May 12:00–2 May 01:00.",
        ),
    ],
)
def test_a_gap_in_words(world: World, given: dict[str, Any], sentence: str) -> None:
    assert gap_sentence(given, world.arunika, NAMES) == sentence


def why(world: World, **reason: Any) -> str:
    given = {"language": "", "cefr": "", "met": False, "free": 0, **reason}
    return reason_sentence({"new": 1, "reason": given}, world.arunika, NAMES)


def test_why_this_officer(world: World) -> None:
    french = {"language": "fr", "cefr": "B2"}

    assert why(world, **french, met=True, runner_up=2, rule="rest") == (
        "Marco speaks French at B2 and has met these guests. "
        "Nora would rest for less than 11 hours."
    )
    assert why(world, **french, runner_up=2, regret=[["spread", 0], ["faces", 1]]) == (
        "Marco speaks French at B2. With Nora the guests would meet one more face."
    )
    assert why(world, met=True, free=1) == (
        "Marco has met these guests. 1 other LO could take these hours."
    )
    assert why(world, free=3) == (
        "Marco is free and rested. 3 other LOs could take these hours."
    )
    assert why(world) == "Marco is free and rested. Nobody else could take these hours."


def test_why_by_hand_and_why_nobody(world: World) -> None:
    by_hand = {"new": 1, "reason": {"by_hand": True}}
    nobody: dict[str, Any] = {"new": None, "reason": {}}

    assert reason_sentence(by_hand, world.arunika, NAMES) == "Changed by hand."
    assert reason_sentence(nobody, world.arunika, NAMES) == (
        "As published these hours would break a rule, and nobody else is free."
    )


def published(week: Week) -> Officer:
    """The plan is in force, and then somebody who holds Selaya falls ill for a day."""
    accept(proposal_of(week).pk, actor=week.world.wati, at=NOON)
    duty = Duty.objects.filter(
        delegation=week.world.selaya, mode="attached", starts_at__gt=NOON + 12 * HOUR
    ).earliest("starts_at")
    Absence.objects.create(
        officer=duty.officer, starts_at=duty.starts_at, ends_at=duty.ends_at
    )
    return duty.officer


def test_who_is_ill_is_replaced_and_the_rest_stays(week: Week) -> None:
    ill = published(week)

    proposal = proposal_of(week, at=NOON + HOUR)

    rows = shown(proposal).changes
    assert rows != ()
    assert all(
        str(ill) in row.old for row in rows if row.delegation == week.world.selaya
    )
    before = Duty.objects.filter(withdrawn_at=None).count()
    accept(proposal.pk, actor=week.world.wati, at=NOON + HOUR)
    replaced = Duty.objects.filter(proposal_id=proposal.pk, withdrawn_at=None)
    assert not replaced.filter(officer=ill).exists()
    assert Duty.objects.filter(withdrawn_at=None).count() >= before


def test_what_is_broken_already_does_not_forbid_the_rest(week: Week) -> None:
    published(week)
    proposal = proposal_of(week, at=NOON + HOUR)

    accept(
        proposal.pk,
        leave_out=range(len(proposal.changes)),
        actor=week.world.wati,
        at=NOON + HOUR,
    )

    assert not Duty.objects.filter(proposal_id=proposal.pk).exists()


def test_half_of_a_swap_is_refused(week: Week) -> None:
    """Marco passes from one delegation to another: he cannot do only the second."""
    world = week.world
    make_duty(world.officer, world.selaya, NOON, NOON + 3 * HOUR)
    gathered = gather(world.event, (MORNING, LAST_NIGHT))
    isle = week.delegations[2]
    row = {
        "delegation": isle.pk,
        "starts_at": NOON.isoformat(),
        "ends_at": (NOON + 3 * HOUR).isoformat(),
        "mode": "attached",
        "role": "relief",
        "old": [],
        "new": world.officer.pk,
    }

    with pytest.raises(NotSound) as refused:
        require_roster(gathered, roster_after(gathered, [row]))

    assert refused.value.sentences == ("Marco is on duty elsewhere in these hours.",)


def test_a_plan_that_fails_its_check_is_not_shown(week: Week) -> None:
    gathered = gather(week.world.event, (MORNING, LAST_NIGHT))
    plan = cover.solve(gathered.problem, stop=Iterations(1), seed=1)
    without_one = cover.Plan(
        plan.duties[1:],
        plan.gaps,
        plan.objective,
        plan.seed,
        plan.engine,
        plan.input_hash,
        plan.iterations,
    )

    require_plan(gathered, plan)
    with pytest.raises(NotSound, match="does not pass its own check"):
        require_plan(gathered, without_one)


def test_what_stays_as_it_is_gives_no_row() -> None:
    def duty(officer: str, first: int, last: int) -> cover.Duty:
        return cover.Duty("ARN", officer, NOON + first * HOUR, NOON + last * HOUR)

    was = [duty("a", 0, 4), duty("b", 4, 8)]
    shall = [duty("a", 0, 2), duty("c", 2, 4), duty("b", 4, 6)]

    rows = [
        (
            (one.start - NOON) // HOUR,
            (one.end - NOON) // HOUR,
            [old.officer for old in one.old],
            one.new.officer if one.new else None,
        )
        for one in differences(was, shall)
    ]

    assert rows == [(2, 4, ["a"], "c"), (6, 8, ["b"], None)]


def test_gaps_in_a_row_for_one_cause_are_one(week: Week) -> None:
    for officer in week.speakers:
        officer.person.languages = {}
        officer.person.save()
    gathered = gather(week.world.event, (MORNING, LAST_NIGHT))
    plan = cover.solve(gathered.problem, stop=Iterations(5), seed=1)

    rows = [
        (row["starts_at"], row["ends_at"], row["mode"])
        for row in gaps_of(gathered, plan)
        if row["delegation"] == week.world.arunika.pk
    ]

    assert len(rows) == 7  # attached and on call in turn, however they were cut
    assert rows[0][0] == MORNING.isoformat()
    assert rows[-1][1] == (MORNING + timedelta(days=3)).isoformat()
