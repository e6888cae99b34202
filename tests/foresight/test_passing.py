"""A hand-over between landing and hotel: one officer has them all the way."""

from datetime import datetime
from itertools import pairwise

import pytest

from tests.foresight.week import DAY, Week, make_week, proposal_of
from tests.world import HOUR, MINUTE, NOON, World
from titian.foresight.arrivals import Outlook, moved
from titian.foresight.commands.arrivals import move_arrival
from titian.foresight.commands.cover import accept
from titian.foresight.models import Proposal
from titian.foresight.shown import shown
from titian.logistics.models import Journey
from titian.loop.models import Confirmation
from titian.people.models import Duty, Officer

FOUR = NOON + 4 * HOUR
LANDS = FOUR - 20 * MINUTE


@pytest.fixture
def week(world: World) -> Week:
    made = make_week(world, officers=22)
    accept(proposal_of(made).pk, actor=world.wati, at=NOON)
    return made


@pytest.fixture
def landing(week: Week) -> Journey:
    """Its officers hand over at four in the afternoon."""
    journey = Journey.objects.get(code="A2")
    first = Duty.objects.get(
        delegation=journey.delegation,
        withdrawn_at=None,
        mode="attached",
        starts_at__lt=FOUR,
        ends_at__gt=FOUR,
    )
    busy = Duty.objects.filter(
        withdrawn_at=None, starts_at__lt=NOON + DAY, ends_at__gt=NOON - DAY
    ).values("officer")
    other = Officer.objects.exclude(pk__in=busy).order_by("code")[0]
    Duty.objects.create(
        officer=other,
        delegation=journey.delegation,
        role="relief",
        starts_at=FOUR,
        ends_at=first.ends_at,
    )
    Duty.objects.filter(pk=first.pk).update(ends_at=FOUR)
    return journey


def look(week: Week, journey: Journey) -> Outlook:
    """It will land twenty minutes before they hand over."""
    there = Journey.objects.select_related("event", "delegation__party")
    return moved(there.get(pk=journey.pk), LANDS, actor=week.world.wati, at=NOON)


def hand_over_at(journey: Journey) -> list[datetime]:
    rows = Duty.objects.filter(
        delegation=journey.delegation, withdrawn_at=None, mode="attached"
    )
    today = rows.filter(ends_at__gt=NOON, starts_at__lt=NOON + 8 * HOUR)
    held = list(today.order_by("starts_at"))
    return [
        after.starts_at
        for before, after in pairwise(held)
        if before.officer_id != after.officer_id
    ]


def test_after_the_hotel_or_before_the_landing(week: Week, landing: Journey) -> None:
    found = look(week, landing)

    said = [one.sentence for one in found.breaks]
    assert any("between the landing and the hotel" in one for one in said)
    reasons = [
        row["reason"] for way in found.ways if way.cover for row in way.cover.changes
    ]
    assert reasons == [{"hand_over": "later"}, {"hand_over": "earlier"}]
    assert hand_over_at(landing) == [FOUR]


def test_each_way_says_why(week: Week, landing: Journey) -> None:
    ways = look(week, landing).ways
    rows = [row for way in ways if way.cover for row in way.cover.changes]

    told = [
        one.why for one in shown(Proposal(event=week.world.event, changes=rows)).changes
    ]

    assert "until the hotel and hands over there." in told[0]
    assert "takes over before Isle 0 lands" in told[1]


@pytest.mark.parametrize(("way", "hour"), [(0, FOUR + HOUR), (1, FOUR - HOUR)])
def test_one_press_moves_the_hand_over(
    week: Week, landing: Journey, way: int, hour: datetime
) -> None:
    move_arrival(
        landing.pk,
        LANDS,
        mend=way,
        seen=look(week, landing).seen,
        actor=week.world.wati,
        at=NOON,
    )

    assert hand_over_at(landing) == [hour]
    asked = [one.sentence_en for one in Confirmation.objects.all()]
    assert not any("between the landing and the hotel" in one for one in asked)
