"""An incident is an ask in a hurry: the officer raises it on her own word."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.clocks import answer_time
from titian.loop.commands.thread import (
    answer_timers,
    keep,
    next_code,
    take_number,
    waiting_timers,
)
from titian.loop.models import Ask
from titian.loop.policy import is_with
from titian.people.models import Delegation, Party, Seat
from titian.people.queries import speaker


class Alarm(models.TextChoices):
    """What has happened."""

    MEDICAL = "medical", pgettext_lazy("alarm", "Somebody is ill or hurt")
    SECURITY = "security", pgettext_lazy("alarm", "Security")
    LOST_PERSON = "lost_person", pgettext_lazy("alarm", "Somebody is missing")
    FIRE = "fire", pgettext_lazy("alarm", "Fire")
    QUAKE = "quake", pgettext_lazy("alarm", "Earthquake")
    OTHER = "other", pgettext_lazy("alarm", "Emergency")


COORDINATION = "LOC"
TEAM_OF = {
    Alarm.MEDICAL: "MED",
    Alarm.SECURITY: "SEC",
    Alarm.LOST_PERSON: "SEC",
    Alarm.FIRE: "SEC",
    Alarm.QUAKE: "SEC",
    Alarm.OTHER: COORDINATION,
}


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
    """Call the team on duty at once; the coordinator hears of it and boards turn red.

    The one tap is enough: said and passed on in one act, words and place may follow.
    Raises ``Forbidden`` unless the actor accompanies the delegation, ``Unknown`` for
    another kind, ``NoTeam`` if neither its team nor a coordinator's is set up.
    """
    delegation = Delegation.objects.select_related("party").get(pk=delegation_id)
    event = take_number(delegation.event_id)
    if entry := journal.replayed(key, "incident.raised", None, actor=actor):
        return Ask.objects.get(pk=entry.subject_id)

    require(is_with(actor, delegation), _("Only the LO of this delegation does this."))
    alarm = saying.one_of(Alarm, kind)
    team = _team_for(alarm)
    raised = Ask(
        event=event,
        code=next_code(event.pk),
        asked_by=delegation,
        said_by=speaker(actor),
        said_at=at,
        channel="alarm",
        words=saying.at_most(words) or str(alarm.label),
        title=_title(alarm, place),
        urgency=Ask.Urgency.EMERGENCY,
        due_at=at + answer_time(None, Ask.Urgency.EMERGENCY),
    )
    raised.move("pass_on")
    raised.pass_to(team, at=at)
    raised.save()
    raised.informed.set(_to_inform(event, team))
    return keep(
        raised,
        "incident.raised",
        actor=actor,
        at=at,
        key=key,
        owe=[*waiting_timers(raised, at), *answer_timers(raised)],
        sealed={"kind": kind, "words": raised.words, "place": place},
    )


def _team_for(alarm: Alarm) -> Party:
    team = routing.called(TEAM_OF[alarm], COORDINATION)
    if team is None:
        raise routing.NoTeam(
            _("No team is set up for this emergency. Call the coordinator.")
        )
    return team


def _to_inform(event: Event, team: Party) -> list[Party]:
    """The coordinators' own teams."""
    seats = Seat.objects.filter(event=event, role=Seat.Role.COORDINATOR)
    return list(Party.objects.filter(pk__in=seats.values("team")).exclude(pk=team.pk))


def _title(alarm: Alarm, place: str) -> str:
    if not place.strip():
        return str(alarm.label)
    named = _("%(alarm)s: %(place)s") % {"alarm": alarm.label, "place": place.strip()}
    return named[:120]
