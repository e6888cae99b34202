"""A proposed cover on the page: a line a delegation, unfolded where one looks."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from tests.foresight.week import Week, make_week, proposal_of
from tests.web.pressing import seen_by
from tests.world import World
from titian.foresight.models import Proposal
from titian.people.models import Duty


@pytest.fixture
def week(world: World) -> Week:
    return make_week(world)


@pytest.fixture
def proposal(week: Week) -> Proposal:
    return proposal_of(week)


@pytest.fixture
def wati(world: World) -> Client:
    return seen_by("wati")


def page_of(proposal: Proposal) -> str:
    return f"/cover/proposals/{proposal.pk}/"


def numbers(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="(\d+)"', page)


def changes_of(proposal: Proposal, delegation_id: int) -> list[str]:
    rows = enumerate(proposal.changes)
    return [str(n) for n, row in rows if row["delegation"] == delegation_id]


def test_the_page_has_a_line_a_delegation_and_no_change_unfolded(
    week: Week, proposal: Proposal, wati: Client
) -> None:
    page = wati.get(page_of(proposal)).text

    assert page.count("<details id=") == len(week.delegations)
    assert numbers(page, "change") == []


def test_one_delegation_is_fetched_with_its_own_changes(
    week: Week, proposal: Proposal, wati: Client
) -> None:
    arunika = week.world.arunika

    part = wati.get(f"{page_of(proposal)}of/{arunika.pk}/").text

    assert numbers(part, "change") == changes_of(proposal, arunika.pk) != []
    assert "<html" not in part


def test_without_scripts_a_line_unfolds_by_its_address(
    week: Week, proposal: Proposal, wati: Client
) -> None:
    arunika = week.world.arunika

    page = wati.get(f"{page_of(proposal)}?of={arunika.pk}").text

    assert numbers(page, "seen") == changes_of(proposal, arunika.pk)


def test_what_was_never_unfolded_goes_in(
    world: World, proposal: Proposal, wati: Client
) -> None:
    wati.post(f"{page_of(proposal)}acceptance/", {"key": str(uuid4())})

    assert Duty.objects.count() == len(proposal.changes)


def test_what_was_seen_and_not_ticked_stays_out(
    week: Week, proposal: Proposal, wati: Client
) -> None:
    seen = changes_of(proposal, week.world.selaya.pk)

    wati.post(
        f"{page_of(proposal)}acceptance/",
        {"key": str(uuid4()), "seen": seen, "change": seen[1:]},
    )

    assert Duty.objects.count() == len(proposal.changes) - 1


def test_a_wrong_officer_leaves_the_line_unfolded_and_says_so(
    week: Week, proposal: Proposal, wati: Client
) -> None:
    mine = changes_of(proposal, week.world.arunika.pk)

    answer = wati.post(
        f"{page_of(proposal)}changes/{mine[0]}/",
        {"key": str(uuid4()), "officer": "999999"},
    )

    assert answer.status_code == 422
    assert "Choose an LO." in answer.text
    assert numbers(answer.text, "seen") == mine


def test_the_parts_are_the_coordinators(proposal: Proposal, week: Week) -> None:
    path = f"{page_of(proposal)}of/{week.world.arunika.pk}/"

    assert seen_by("petra").get(path).status_code == 403
