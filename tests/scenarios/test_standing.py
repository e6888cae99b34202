"""Nine months between an invented ministry and an invented company, from its lists."""

import csv
from datetime import datetime

import pytest

from tests.scenarios.lists import ROOT
from titian.exchange.loading import load
from titian.exchange.scenario import find
from titian.kernel import clock
from titian.kernel.models import Event
from titian.people.models import Delegation, Person
from titian.people.queries import channel, on_file
from titian.rules.models import Article
from titian.rules.queries import disagreements, for_officer
from titian.talks.health import health
from titian.talks.models import Agreement, Interest, Issue, Meeting, Talk
from titian.talks.queries import owed_lists
from titian.talks.relation import line_of_time, signs_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
STANDING = "standing-liaison"
JUNE = datetime.fromisoformat("2026-06-05T10:00:00+07:00")


def stands(event: Event, code: str) -> tuple[str, str]:
    """How the coordinator reads the relationship with this party now."""
    row, at = event.delegations.get(party__code=code), clock.time_at(event)
    reader = on_file(Person.objects.get(code="SL-LOC1"))
    signs = signs_of(
        row,
        line_of_time(row, actor=reader),
        owed_lists(row, actor=reader, at=at),
        dead_ends=len(channel(row, at).reasons),
        actor=reader,
        at=at,
    )
    found = health(signs, at)
    return found.standing.value, found.why.value


def test_three_relationships_stand_differently_on_one_morning() -> None:
    event = load(find(STANDING)).event

    assert {code: stands(event, code) for code in ("VMS", "HGV", "SCC")} == {
        "VMS": ("drifting", "disputed"),
        "HGV": ("healthy", "calm"),
        "SCC": ("broken", "unheard"),
    }


def test_in_june_nothing_was_amiss_with_the_company() -> None:
    event = load(find(STANDING), reads=JUNE).event

    assert stands(event, "VMS") == ("healthy", "calm")


def test_it_holds_what_a_standing_liaison_must_keep() -> None:
    event = load(find(STANDING)).event

    lines = {one.code: one.lines.count() for one in Agreement.objects.all()}
    told = Interest.behind_the_wall.values_list("issue__order", "side")
    assert (event.kind, Meeting.objects.count()) == ("standing", 14)
    assert lines == {"MOU-7": 7, "SUP-18": 18}
    assert {*told} == {(n, side) for n in range(1, 6) for side in "ab"}
    assert [one.state for one in Issue.objects.order_by("order")] == [
        "agreed",
        "agreed",
        "agreed",
        "judging",
        "agreed",
    ]


def test_the_companys_rules_contradict_ours_in_at_least_six_places() -> None:
    event = load(find(STANDING)).event
    row = event.delegations.get(party__code="VMS")

    found = disagreements(for_officer(row, clock.time_at(event).date()))

    assert Article.objects.filter(audience="party:VMS").count() == 24
    assert len(found) >= 6


def test_only_who_sits_there_sees_the_talk() -> None:
    load(find(STANDING))
    seen = {
        code: Talk.objects.visible_to(on_file(Person.objects.get(code=code))).count()
        for code in ("SL-PRO1", "SL-MSI2", "SL-VMS3", "SL-LOC1", "SL-PRC1")
    }

    assert seen == {
        "SL-PRO1": 1,
        "SL-MSI2": 1,
        "SL-VMS3": 1,
        "SL-LOC1": 0,
        "SL-PRC1": 0,
    }


def test_every_row_says_that_it_is_invented() -> None:
    folder = ROOT / "src/titian/scenarios" / STANDING
    known = {
        (path.stem, row["basis"])
        for path in folder.glob("*.csv")
        for row in csv.DictReader(path.read_text("utf-8").splitlines())
    }

    assert {name for name, basis in known if basis != "synthetic"} == {"rules"}
    assert Delegation.objects.count() == 0
