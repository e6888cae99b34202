"""What is declared needs leave: in time, or somebody is asked for it."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.talks.paper import KEY, work_until
from tests.world import NOON, World, make_party, seated
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop.models import Ask
from titian.people.models import Party
from titian.rules.commands.chasing import chase
from titian.rules.commands.permits import (
    Declared,
    NotDeclared,
    apply,
    declare,
    grant,
    refuse,
    withdraw,
)
from titian.rules.models import Article, Permit

TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def guards(world: World) -> Party:
    return make_party("SEC", "Security desk", "team")


def two_pistols(world: World, *, in_days: int = 40, key: UUID | None = None) -> Permit:
    said = Declared("arms", 2, "two pistols", TODAY + in_days * DAY)
    return declare(
        world.arunika.pk,
        said,
        actor=world.ingrid,
        at=NOON,
        key=key,
    )


def test_what_the_guest_declares_waits_at_the_team_with_its_article(
    world: World, guards: Party
) -> None:
    rule = Article.objects.create(
        topic="arms", text_en="Agreed before.", side="host", permit="arms", lead_days=35
    )

    permit = two_pistols(world, key=KEY)

    assert two_pistols(world, key=KEY) == permit
    assert (permit.state, permit.desk, permit.article) == ("declared", guards, rule)
    assert (permit.lead_days, permit.how_many) == (35, 2)


def test_the_team_brings_it_to_the_authority_and_back(
    world: World, guards: Party
) -> None:
    desk = seated(world.event, "Surya", guards)
    permit = two_pistols(world)

    apply(permit.pk, actor=desk, at=NOON)
    refuse(permit.pk, "Too many", actor=desk, at=NOON)
    apply(permit.pk, actor=desk, at=NOON)
    done = grant(permit.pk, "SI-7", actor=desk, at=NOON)

    assert (done.state, done.number, done.reason) == ("granted", "SI-7", "")
    with pytest.raises(IllegalMove):
        apply(permit.pk, actor=desk, at=NOON)


@pytest.mark.parametrize("who", ["ingrid", "marco", "bruna", "eve", "for_ingrid"])
def test_nobody_else_says_what_the_authority_says(
    world: World, guards: Party, who: str
) -> None:
    permit = two_pistols(world)
    actor = getattr(world, who)

    for act in (apply, grant):
        with pytest.raises(Forbidden):
            act(permit.pk, actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        refuse(permit.pk, "No", actor=actor, at=NOON)


@pytest.mark.parametrize("who", ["marco", "bruna", "eve"])
def test_nobody_declares_or_leaves_at_home_for_the_guest(
    world: World, guards: Party, who: str
) -> None:
    permit = two_pistols(world)
    actor = getattr(world, who)

    with pytest.raises(Forbidden):
        declare(world.arunika.pk, Declared("drone"), actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        withdraw(permit.pk, actor=actor, at=NOON)


def test_declared_too_late_the_team_is_asked_at_once_and_once(
    world: World, guards: Party
) -> None:
    permit = two_pistols(world, in_days=10)
    work_until(world, NOON)
    chase(permit.pk, at=NOON, key=KEY)

    (ask,) = Ask.objects.filter(owner=guards)
    permit.refresh_from_db()
    assert (permit.ask, ask.urgency) == (ask, "urgent")
    assert "firearms needs a permit" in ask.words


def test_what_is_in_time_granted_or_left_at_home_is_chased_by_nobody(
    world: World, guards: Party
) -> None:
    early, granted, at_home = (two_pistols(world) for _ in range(3))
    grant(granted.pk, actor=world.wati, at=NOON)
    withdraw(at_home.pk, actor=world.for_ingrid, at=NOON)
    last = NOON + 60 * DAY

    chase(early.pk, at=NOON, key=KEY)
    chase(granted.pk, at=last, key=KEY)
    chase(at_home.pk, at=last, key=KEY)

    assert Ask.objects.count() == 0


@pytest.mark.parametrize(
    "said", [Declared("dragon"), Declared("drone", 0), Declared("")]
)
def test_what_says_nothing_is_no_declaration(world: World, said: Declared) -> None:
    with pytest.raises(NotDeclared):
        declare(world.arunika.pk, said, actor=world.ingrid, at=NOON)


def test_a_permit_is_seen_by_its_guests_its_officer_and_its_team(
    world: World, guards: Party
) -> None:
    desk = seated(world.event, "Surya", guards)
    permit = two_pistols(world)
    actors = (world.ingrid, world.marco, desk, world.wati)

    for actor in actors:
        assert list(Permit.objects.visible_to(actor)) == [permit]
    for actor in (world.eve, world.bruna):
        assert list(Permit.objects.visible_to(actor)) == []
