"""Several steps late together are one request to each team."""

from tests.loop.drills import book, line, steps_of
from tests.loop.stories import all_done
from tests.world import NOON, World
from titian.loop.commands import playbooks, steps
from titian.loop.models import Ask


def test_a_list_begun_late_asks_each_team_once_and_names_its_late_steps(
    world: World,
) -> None:
    playbook = book(world)
    line(playbook, "pontoon", -9, owner=world.boats)
    line(playbook, "boats", -8, owner=world.boats)
    line(playbook, "race", 0, owner=world.boats)
    found = steps_of(playbooks.run(playbook.pk, actor=world.wati, at=NOON))

    all_done(world, NOON)
    ask = Ask.objects.get()
    steps.tick(found["boats"].pk, actor=world.bruna, at=NOON)
    ask.refresh_from_db()

    assert (ask.owner, ask.passed_at, ask.state) == (world.boats, NOON, "passed")
    assert "Pontoon" in ask.words and "Boats" in ask.words
    assert "Race" not in ask.words
    steps.tick(found["pontoon"].pk, "Both float", actor=world.bruna, at=NOON)
    ask.refresh_from_db()
    assert (ask.state, ask.answer_words) == ("answered", "Both float")
