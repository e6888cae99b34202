"""Reports: numbers nobody types, words around them, kept as a document."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.loop.stories import passed
from tests.talks.paper import Paper as Sheet
from tests.web.leafing import page, press
from tests.web.pressing import form_with, seen_by
from tests.world import HOUR, NOON, World
from titian.exchange.reports.figures import Counted
from titian.exchange.reports.keeping import keep_report
from titian.exchange.reports.kinds import KINDS, report
from titian.kernel import documents
from titian.loop.commands import asks
from titian.loop.models import Ask, Feedback, Promise
from titian.people.policy import accompanies
from titian.programme.models import Activity
from titian.talks.models import Paper, PaperVersion


def address(world: World, kind: str = "delegation") -> str:
    return f"/reports/{kind}/{world.arunika.pk}/"


def made(world: World, minutes: int) -> Activity:
    item = Activity.objects.create(
        event=world.event,
        code=f"A-{minutes}",
        title_en="Heat",
        starts_at=NOON - HOUR,
        ends_at=NOON,
        started_at=NOON - HOUR + timedelta(minutes=minutes),
    )
    item.delegations.add(world.arunika)
    return item


def figures_of(world: World) -> dict[str, str]:
    found = report("delegation", world.arunika.pk, world.event, actor=world.wati)
    assert found is not None
    return {one.name: one.value for part in found.parts for one in part.figures}


def test_every_number_is_counted_from_what_happened(world: World, paper: Sheet) -> None:
    made(world, 2)
    made(world, 25)
    ask = passed(world)
    Ask.objects.filter(pk=ask.pk).update(
        said_at=NOON - HOUR, answered_at=NOON - HOUR / 2, due_at=NOON - HOUR * 3 / 4
    )
    for state in ("kept", "broken", "open"):
        Promise.objects.create(
            event=world.event,
            delegation=world.arunika,
            words="x",
            state=state,
            made_at=NOON,
            due_at=NOON,
        )
    Feedback.objects.create(
        event=world.event,
        delegation=world.arunika,
        said_by_id=world.ingrid.person_id or 0,
        about="meal",
        word="happy",
        said_at=NOON,
    )

    counted = figures_of(world)

    assert counted == {
        "Items begun within 5 minutes of the hour": "1 of 2",
        "Latest beginning": "25 min late",
        "Guarded hours held by an officer": "none to be held yet",
        "Requests answered": "1 of 1",
        "Time to the first answer (median)": "30 min",
        "Unmet: answers later than their hour": "1 of 1",
        "Unmet: lines of agreements past their hour": "none yet",
        "Promises kept": "1 of 2",
        "Promises still open": "1",
        "What guests said": "1 good, 0 all right, 0 not good",
    }


def test_with_nothing_happened_yet_no_number_is_made_up(world: World) -> None:
    assert set(figures_of(world).values()) == {
        "none yet",
        "none to be held yet",
        "no answer yet",
        "0",
        "no word yet",
    }


def test_words_are_kept_with_the_numbers_and_stand_there_the_next_time(
    world: World,
) -> None:
    wati = seen_by("wati")

    press(wati, address(world), "keep-report", brief="They rowed well.")

    kept = Paper.objects.get()
    assert (kept.kind, kept.secrecy, kept.number) == ("REP", "house", "REP-001/2027")
    version = kept.versions.get()
    assert documents.content_of(version.document).startswith(b"%PDF")
    again = form_with(page(wati, address(world)), "keep-report")
    assert "They rowed well." in page(wati, address(world))
    assert "brief" in again.names


def test_numbers_are_in_no_field_and_the_next_one_is_a_version(world: World) -> None:
    wati = seen_by("wati")
    press(wati, address(world), "keep-report", brief="First.")
    made(world, 1)

    press(wati, address(world), "keep-report", brief="First.")

    assert Paper.objects.get().versions.count() == 2
    form = form_with(page(wati, address(world)), "keep-report")
    assert form.names == {
        *("csrfmiddlewaretoken", "key", "brief", "programme", "cover", "requests"),
        *("standards", "promises", "guests", "agreements"),
    }


def test_a_report_is_written_in_either_language(world: World) -> None:
    wati = seen_by("wati")

    shown = page(wati, f"{address(world)}?in=id")
    printed = wati.get(f"{address(world)}id.pdf")

    assert "Laporan delegasi" in shown
    assert b"".join(printed).startswith(b"%PDF")


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_may_not_write_it_finds_nothing(
    world: World, paper: Sheet, kind: str
) -> None:
    subject = {
        "delegation": world.arunika.pk,
        "officer": world.officer.pk,
        "agreements": 0,
        "fulfilment": paper.agreement.pk,
    }[kind]

    for actor in (world.eve, world.bruna, world.ingrid, *world.nobodies().values()):
        assert report(kind, subject, world.event, actor=actor) is None
    assert report(kind, subject, world.event, actor=world.wati)
    by_marco = report(kind, subject, world.event, actor=world.marco)
    assert accompanies(world.marco, world.arunika)
    assert (by_marco is None) == (kind == "agreements")


def test_an_officer_is_offered_what_is_hers(world: World, paper: Sheet) -> None:
    offered = page(seen_by("marco"), "/reports/")

    assert "Arunika" in offered
    assert "Selaya" not in offered
    assert "There is no report here" in page(seen_by("eve"), "/reports/")


def test_a_fulfilment_report_has_every_line_and_how_it_stands(
    world: World, paper: Sheet
) -> None:
    found = report("fulfilment", paper.agreement.pk, world.event, actor=world.wati)

    assert found is not None
    rows = [row for part in found.parts for row in part.grid.rows]
    assert [row[1:4:2] for row in rows] == [("Two boats", "open"), ("Names", "open")]


def test_a_report_that_arrives_twice_is_kept_once(world: World) -> None:
    about = report("delegation", world.arunika.pk, world.event, actor=world.wati)
    assert about is not None
    for number in (1, 2):
        for _time in range(2):
            keep_report(
                about,
                {"brief": f"Day {number}"},
                "en",
                world.event,
                actor=world.wati,
                at=NOON,
                key=UUID(int=number),
            )

    assert list(PaperVersion.objects.values_list("number", flat=True)) == [1, 2]


def test_without_a_first_day_it_counts_from_the_first_entry(world: World) -> None:
    at, long_ago = NOON, NOON - timedelta(days=200)
    of = Counted(world.event, [world.arunika], world.wati, at)
    assert of.since == NOON

    asks.ask(world.arunika.pk, "Two boats", actor=world.ingrid, at=long_ago)

    assert of.since == long_ago
