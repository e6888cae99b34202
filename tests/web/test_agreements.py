"""The list of agreements and the spine of one: what is red, and first, and cheap."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.talks.paper import Paper, make_line, make_paper
from tests.web.leafing import HX, line_page, page
from tests.web.pressing import seen_by
from tests.world import HOUR, NOON, World


def test_red_turns_red_for_both_sides(world: World, paper: Paper, olav: Client) -> None:
    world.event.set_clock(reads=NOON + HOUR + HOUR / 2, speed=0, real=NOON)
    world.event.save()

    pages = [page(client, line_page(paper)) for client in (seen_by("bruna"), olav)]

    assert ["Overdue by 30 min" in text for text in pages] == [True, True]


def test_the_list_has_the_red_ones_first(world: World) -> None:
    calm, red = make_paper(world, "K-1"), make_paper(world, "K-2")
    for line in (calm.boats, calm.names):
        line.due_at = NOON + 90 * HOUR
        line.save()
    world.event.set_clock(reads=NOON + 90 * HOUR / 2, speed=0, real=NOON)
    world.event.save()

    text = page(seen_by("marco"), "/agreements/")

    assert text.index("K-2") < text.index("K-1")
    assert "2 overdue" in text
    assert red.agreement.title_en in text


def test_the_line_that_presses_most_is_open_at_first(
    world: World, paper: Paper
) -> None:
    world.event.set_clock(reads=NOON + HOUR * 3 / 2, speed=0, real=NOON)
    world.event.save()

    text = page(seen_by("marco"), f"/agreements/{paper.agreement.pk}/")

    assert '<h2 class="xl gap-s">Two boats</h2>' in text


def test_an_agreement_without_lines_says_so(world: World, paper: Paper) -> None:
    paper.agreement.lines.all().delete()

    assert "This agreement has no lines yet." in page(
        seen_by("marco"), f"/agreements/{paper.agreement.pk}/"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(world: World, count: int) -> None:
    for number in range(count):
        make_paper(world, code=f"K-{number}")
    client = seen_by("marco")

    with CaptureQueriesContext(connection) as asked:
        client.get("/agreements/", headers=HX)

    assert len(asked) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_spine_costs_the_same_for_one_and_three(world: World, count: int) -> None:
    paper = make_paper(world)
    paper.names.delete()
    for number in range(2, count + 1):
        make_line(paper.agreement, number, "ours", "Tea", NOON + HOUR)
    client = seen_by("marco")

    with CaptureQueriesContext(connection) as asked:
        client.get(line_page(paper), headers=HX)

    assert len(asked) == 16
