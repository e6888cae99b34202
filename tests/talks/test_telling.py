"""A line turns red or is disputed: both sides hear of it, and nobody else."""

import pytest
from django.core import mail

from tests.talks.paper import NOT_SO, Paper, make_paper, shown, work_until
from tests.world import HOUR, MINUTE, NOON, World
from titian.people.models import FocalPoint, Person
from titian.talks.commands import keeping
from titian.talks.models import Deliverable

OUR_HOUR = NOON + HOUR


@pytest.fixture
def paper(world: World) -> Paper:
    """Ingrid speaks for Arunika; every hour of the paper is watched."""
    ingrid = Person.objects.get(display="Ingrid")
    FocalPoint.objects.create(delegation=world.arunika, person=ingrid)
    paper = make_paper(world)
    keeping.watch(paper.agreement.pk, actor=world.wati, at=NOON)
    return paper


def told() -> set[str]:
    return {one.to[0].partition("@")[0] for one in mail.outbox}


def test_before_its_hour_nobody_is_told(world: World, paper: Paper) -> None:
    work_until(world, OUR_HOUR - MINUTE)

    assert told() == set()


def test_past_its_hour_who_owes_and_who_is_owed_are_told(
    world: World, paper: Paper
) -> None:
    work_until(world, OUR_HOUR)

    assert told() == {"bruna", "ingrid", "marco"}
    assert "K-012" in mail.outbox[0].subject
    assert "Two boats" in mail.outbox[0].body or "perahu" in mail.outbox[0].body


def test_still_unmet_the_coordinator_is_told_too(world: World, paper: Paper) -> None:
    work_until(world, OUR_HOUR)
    mail.outbox.clear()

    work_until(world, OUR_HOUR + keeping.GRACE)

    assert told() == {"bruna", "ingrid", "marco", "wati"}


def test_what_is_shown_in_time_is_told_to_nobody(world: World, paper: Paper) -> None:
    shown(paper, "boats", world.bruna)

    work_until(world, OUR_HOUR + keeping.GRACE)

    assert told() == set()


def test_a_line_that_nobody_handles_is_the_coordinators(
    world: World, paper: Paper
) -> None:
    Deliverable.objects.filter(pk=paper.boats.pk).update(handled_by=None)

    work_until(world, OUR_HOUR)

    assert told() == {"wati", "ingrid", "marco"}


def test_a_dispute_reaches_who_owes_it_again_with_its_words(
    world: World, paper: Paper
) -> None:
    line = shown(paper, "boats", world.bruna)
    mail.outbox.clear()

    keeping.dispute(line.pk, NOT_SO, actor=world.ingrid, at=NOON)
    work_until(world, NOON)

    assert told() == {"bruna", "marco"}  # Ingrid said it herself
    assert all(NOT_SO in str(one.body) for one in mail.outbox)


def test_a_dispute_that_is_over_is_told_to_nobody(world: World, paper: Paper) -> None:
    line = shown(paper, "boats", world.bruna)
    keeping.dispute(line.pk, NOT_SO, actor=world.ingrid, at=NOON)
    shown(paper, "boats", world.bruna)

    work_until(world, NOON)

    assert NOT_SO not in "".join(str(one.body) for one in mail.outbox)
