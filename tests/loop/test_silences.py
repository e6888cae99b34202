"""Of which incident nobody has said how it stands, and that the room sees it."""

from tests.loop.drills import fire_book
from tests.loop.stories import all_done
from tests.loop.test_incidents import commanded
from tests.web.pressing import seen_by
from tests.world import MINUTE, NOON, World
from titian.kernel.models import Entry
from titian.loop.commands import commanding
from titian.loop.incidents import journal_of
from titian.loop.silences import silences


def test_a_missed_update_stands_until_somebody_says_how_it_is(world: World) -> None:
    incident = commanded(world)
    all_done(world, NOON + 30 * MINUTE)

    [silent] = silences(world.event, world.wati)
    room = seen_by("wati").get("/room/rail/").text
    assert (silent.incident, silent.since) == (incident, NOON + 15 * MINUTE)
    assert "rail-silent" in room

    at = NOON + 31 * MINUTE
    commanding.update(incident.pk, "All out", actor=world.wati, at=at)
    assert silences(world.event, world.wati) == []
    assert "rail-silent" not in seen_by("wati").get("/room/rail/").text


def test_who_may_not_see_the_incident_sees_no_silence(world: World) -> None:
    commanded(world)
    all_done(world, NOON + 30 * MINUTE)

    assert silences(world.event, world.eve) == []


def test_the_journal_names_who_was_told_that_nobody_took_it(world: World) -> None:
    incident = commanded(world)
    all_done(world, NOON + 30 * MINUTE)

    told = [line.sentence for line in journal_of(incident) if "told:" in line.sentence]
    assert told != []
    assert all("nobody yet" not in one for one in told[-1:])


def test_when_it_is_over_no_step_of_it_becomes_late(world: World) -> None:
    fire_book(world)
    incident = commanded(world)
    assert "step.late" in all_done(world, NOON + 4 * MINUTE)
    at = NOON + 5 * MINUTE
    commanding.stabilise(incident.pk, "Out", actor=world.wati, at=at)
    commanding.close(incident.pk, "All back", actor=world.wati, at=at)

    before = Entry.objects.filter(verb="step.late").count()
    all_done(world, NOON + 60 * MINUTE)

    assert Entry.objects.filter(verb="step.late").count() == before
