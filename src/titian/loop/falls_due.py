"""What falls due in steps, incidents and calls; each handler looks if it is wanted."""

from titian.kernel.models import Consequence
from titian.loop.commands import incidents, roll, steps
from titian.loop.models import Incident, Roll, Step


def steps_due(owed: Consequence) -> None:
    """The hour of some steps of a run has come."""
    _miss(owed.entry.subject_id, owed)


def step_due(owed: Consequence) -> None:
    """The new hour of a step, or of one that it pushed, has come."""
    run = Step.objects.values_list("run", flat=True).get(pk=owed.entry.subject_id)
    _miss(run, owed)


def steps_missed(owed: Consequence) -> None:
    """It flared up: what was due while it was held to be over is late at once."""
    incident = Incident.objects.get(pk=owed.entry.subject_id)
    if incident.run_id is not None:
        _miss(incident.run_id, owed)


def _miss(run_id: int | None, owed: Consequence) -> None:
    """Of an incident that is over no step is late: nobody works on it any more."""
    due = Step.objects.filter(
        run=run_id, state=Step.State.OPEN, due_at__lte=owed.due_at, ask=None
    ).exclude(run__incident__state=Incident.State.CLOSED)
    late = list(due.values_list("pk", flat=True))
    steps.miss_the_hours(late, at=owed.due_at, key=owed.key)


def tactical_due(owed: Consequence) -> None:
    """The next word of the commander was due: the alarm is for the one who owes it."""
    incident = Incident.objects.get(pk=owed.entry.subject_id)
    if incident.tactical_due_at == owed.due_at and not incident.is_over:
        incidents.miss_the_update(incident.pk, "tactical", at=owed.due_at, key=owed.key)


def executive_due(owed: Consequence) -> None:
    """The next word for those above was due."""
    incident = Incident.objects.get(pk=owed.entry.subject_id)
    if incident.executive_due_at == owed.due_at and not incident.is_over:
        incidents.miss_the_update(
            incident.pk, "executive", at=owed.due_at, key=owed.key
        )


def roll_silent(owed: Consequence) -> None:
    """Some have not answered the call: their names go to the coordinators."""
    call = Roll.objects.get(pk=owed.entry.subject_id)
    if call.state == Roll.State.OPEN and call.answers.filter(word="").exists():
        roll.note_the_silent(call.pk, at=owed.due_at, key=owed.key)
