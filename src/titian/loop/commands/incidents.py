"""An incident is an ask in a hurry: the officer raises it on her own word."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.loop.commands.asks import ANSWER_DUE, LEFT_WAITING, PATIENCE, next_code
from titian.loop.models import Ask
from titian.loop.routing import NoTeam
from titian.people.models import Delegation, Party
from titian.people.policy import accompanies

TEAM_OF = {"medical": "MED", "security": "SEC", "lost_person": "SEC", "fire": "SEC"}
OTHERWISE = "LOC"
AT_ONCE = PATIENCE / 5


@transaction.atomic
def raise_alarm(
    delegation_id: int,
    kind: str,
    *,
    words: str = "",
    place: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Call the team on duty at once; the coordinator's board turns red.

    Raises ``Forbidden`` unless the actor accompanies the delegation.
    """
    if entry := journal.replayed(key, "incident.raised", None, actor=actor):
        return Ask.objects.get(pk=entry.subject_id)

    delegation = Delegation.objects.select_related("party", "event").get(
        pk=delegation_id
    )
    require(
        accompanies(actor, delegation), _("Only the LO of this delegation does this.")
    )
    team = Party.objects.filter(code=TEAM_OF.get(kind, OTHERWISE)).first()
    if team is None or actor.person_id is None:
        raise NoTeam(_("No team is set up for this emergency. Call the coordinator."))
    raised = Ask(
        event=delegation.event,
        code=next_code(delegation.event_id),
        asked_by=delegation,
        said_by_id=actor.person_id,
        words=words.strip()[:4000] or kind,
        title=f"{kind.replace('_', ' ').capitalize()}{': ' + place if place else ''}"[
            :120
        ],
        channel="alarm",
        urgency=Ask.Urgency.EMERGENCY,
        state=Ask.State.PASSED,
        owner=team,
        said_at=at,
        passed_at=at,
        due_at=at + PATIENCE,
    )
    raised.save()
    journal.write(
        "incident.raised",
        raised,
        actor=actor,
        at=at,
        key=key,
        about=actor.person_id,
        sealed={"words": raised.words, "place": place},
        owe=[(LEFT_WAITING, at + AT_ONCE), (ANSWER_DUE, at + PATIENCE)],
        kind=kind,
    )
    return raised
