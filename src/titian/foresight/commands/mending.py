"""One way to mend the cover, kept as an accepted proposal and put in force."""

from datetime import datetime

from titian.foresight.absences import Mend
from titian.foresight.commands.cover import KIND
from titian.foresight.commands.force import put_in_force
from titian.foresight.gather.cover import Gathered
from titian.foresight.models import Proposal
from titian.foresight.soundness import require_roster
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.planning import cover


def require_mend(gathered: Gathered, mend: Mend) -> None:
    """``NotSound`` if the mend breaks a rule that the duties in force do not break."""
    require_roster(gathered, mend.repair.applied(gathered.problem.published))


def put_mend_in_force(
    event: Event, gathered: Gathered, mend: Mend, *, actor: Actor, at: datetime
) -> None:
    """Publish what the mend changes; new officers are asked, all touched are told.

    A part of larger acts, which have checked it and hold the transaction.
    """
    problem = gathered.problem
    proposal = Proposal.objects.create(
        event=event,
        kind=KIND,
        input_hash=cover.input_hash(problem),
        engine=cover.ENGINE,
        objective=[list(level) for level in mend.repair.cost],
        plan={
            "from": problem.start.isoformat(),
            "to": problem.end.isoformat(),
            "is_first": False,
            "iterations": 0,
            "duties": cover.as_data(mend.repair.applied(problem.published)),
        },
        changes=list(mend.changes),
        gaps=list(mend.gaps),
        made_at=at,
        made_by_id=actor.person_id,
    )
    put_in_force(proposal, mend.changes, actor=actor, at=at)
