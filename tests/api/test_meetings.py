"""Contact reports on the phone: asked, written without a signal, gone from the list."""

from uuid import UUID

from tests.talks.table import called
from tests.world import HOUR, NOON, World
from titian.api.acts import Act, Outcome, perform
from titian.api.feed import for_officer
from titian.talks.commands.meetings import hold
from titian.talks.models.report import Report


def test_a_report_is_asked_on_the_phone_and_written_there(world: World) -> None:
    hold(called(world).pk, actor=world.marco, at=NOON + HOUR)
    (asked,) = for_officer(world.marco, since=-1)["reports"]

    said = Act(UUID(int=8), "report.write", asked["id"], NOON + HOUR, {"words": "Oars"})
    outcome = perform(said, actor=world.marco).outcome

    assert (asked["with"], outcome) == ("Selaya", Outcome.KEPT)
    assert Report.objects.get().words == "Oars"
    assert for_officer(world.marco, since=-1)["reports"] == []
