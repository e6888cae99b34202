"""A proposal says who, why, and in a sentence what cannot be done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tests.foresight.week import LAST_NIGHT, MORNING, Week, make_week, proposal_of
from tests.people.cast import make_officer
from tests.world import HOUR, NOON, World
from titian.foresight.commands.cover import plan_cover
from titian.foresight.gather.cover import NoDays, gather, whole_hours
from titian.foresight.models import Proposal
from titian.foresight.sentences import RULES, languages_wanted, rule_sentence
from titian.foresight.shown import shown
from titian.kernel.models import Entry
from titian.people.models import Absence, Delegation, Duty
from titian.planning import cover


@pytest.fixture
def week(world: World) -> Week:
    return make_week(world)


def lonely(week: Week) -> Proposal:
    """All who speak Arabic are away on the first day, but Bilal comes at five."""
    for n, officer in enumerate(week.speakers):
        until = NOON + 5 * HOUR if n == 1 else NOON + 12 * HOUR
        Absence.objects.create(officer=officer, starts_at=MORNING, ends_at=until)
    return proposal_of(week)


def sentences(proposal: Proposal) -> list[str]:
    return [gap.sentence for gap in shown(proposal).gaps if gap.mode == "attached"]


def test_the_impossible_comes_back_as_a_sentence(week: Week) -> None:
    proposal = lonely(week)

    with override("en"):
        (told,) = sentences(proposal)
    assert told == (
        "Nobody with Arabic B2 is free for Arunika on 1 May 12:00–17:00. "
        "Nearest: Bilal, free from 1 May 17:00."
    )
    with override("id"):
        (told,) = sentences(proposal)
    assert "12.00–17.00" in told


def test_each_change_says_why(week: Week) -> None:
    proposal = proposal_of(week)

    with override("en"):
        rows = shown(proposal).changes
    assert len(rows) == len(proposal.changes)
    assert all(row.why and row.new for row in rows)
    arunika = [row for row in rows if row.delegation == week.world.arunika]
    assert all("Arabic at B2" in row.why for row in arunika)


@pytest.mark.slow
def test_showing_costs_the_same_however_long_the_plan(week: Week) -> None:
    proposal = proposal_of(week)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(proposal)
        return len(asked)

    all_of_it = queries()
    proposal.changes = proposal.changes[:1]
    assert queries() == all_of_it


def test_the_same_seed_gives_the_same_plan(week: Week) -> None:
    first, second = proposal_of(week), proposal_of(week)

    assert first.plan == second.plan
    assert (first.input_hash, first.changes) == (second.input_hash, second.changes)


def test_proposing_changes_nothing_but_is_written_down(week: Week) -> None:
    proposal = proposal_of(week)

    assert not Duty.objects.exists()
    entry = Entry.objects.get(verb="cover.proposed")
    assert entry.facts["changes"] == len(proposal.changes)


def test_names_do_not_lie_in_the_proposal(week: Week) -> None:
    proposal = lonely(week)

    assert "Bilal" not in str((proposal.plan, proposal.changes, proposal.gaps))


def test_guarded_hours_are_attached_and_the_rest_is_on_call(week: Week) -> None:
    problem = gather(week.world.event, (MORNING, LAST_NIGHT)).problem
    post = next(one for one in problem.posts if one.key == "ARN")

    hours = [
        ((need.start - MORNING) // HOUR, (need.end - MORNING) // HOUR, need.mode.value)
        for need in post.demand
    ]
    assert hours == [
        (0, 12, "on_call"),
        (12, 20, "attached"),
        (20, 32, "on_call"),
        (32, 44, "attached"),
        (44, 56, "on_call"),
        (56, 66, "attached"),
        (66, 72, "on_call"),
    ]


@pytest.mark.parametrize("traits", [{"status": "withdrawn"}, {"attendance": "virtual"}])
def test_who_does_not_come_is_on_call_only(week: Week, traits: dict[str, str]) -> None:
    Delegation.objects.filter(pk=week.world.arunika.pk).update(**traits)

    problem = gather(week.world.event, (MORNING, LAST_NIGHT)).problem

    post = next(one for one in problem.posts if one.key == "ARN")
    assert [need.mode.value for need in post.demand] == ["on_call"]


def test_gathering_costs_the_same_for_more_rows(week: Week) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            gather(week.world.event, (MORNING, LAST_NIGHT))
        return len(asked)

    before = queries()
    for n in range(3):
        make_officer(week.world, f"Extra{n}", f"LO-X{n}")
    assert queries() == before


def test_a_span_is_widened_to_whole_hours() -> None:
    quarter = HOUR / 4
    spans = [
        (NOON + quarter, NOON + HOUR),
        (NOON + HOUR + quarter, NOON + 2 * HOUR + quarter),
        (NOON + 5 * HOUR, NOON + 6 * HOUR),
    ]

    assert whole_hours(spans, (NOON, NOON + 5 * HOUR + 2 * quarter)) == [
        (NOON, NOON + 3 * HOUR),
        (NOON + 5 * HOUR, NOON + 5 * HOUR + 2 * quarter),
    ]


def test_an_event_without_days_has_no_week_to_plan(world: World) -> None:
    with pytest.raises(NoDays):
        proposal_of(Week(world, (), ()))


def test_when_the_days_are_over_there_is_nothing_to_plan(week: Week) -> None:
    proposal = proposal_of(week)
    Duty.objects.create(
        officer=week.world.officer,
        delegation=week.world.selaya,
        starts_at=NOON,
        ends_at=NOON + HOUR,
    )

    with pytest.raises(NoDays):
        proposal_of(week, at=LAST_NIGHT)
    assert proposal.state == "open"


def test_the_command_line_gets_figures_and_sentences(week: Week) -> None:
    with override("en"):
        found = plan_cover("lagoon-games", seed=42, seconds=0.2)

    assert found["gaps"] == []
    assert found["changes"] > 0
    assert found["open_hours"] == 0
    assert found["officers_per_delegation"]["most"] <= 4


def test_every_rule_of_the_plan_has_its_sentence_here() -> None:
    with override("en"):
        assert {code: str(words) for code, words in RULES.items()} == dict(
            cover.SENTENCES
        )
        assert rule_sentence("rest", "Marco", "Arunika") == (
            "Marco would rest for less than 11 hours."
        )


def test_languages_are_named_in_the_readers_own() -> None:
    wanted = [["ar", "B2"], ["xx", "C1"]]

    with override("en"):
        assert languages_wanted(wanted) == "Arabic B2 or XX C1"
    with override("id"):
        assert languages_wanted([["ar", "B2"]]) == "Arab B2"
