"""An incident is an ask in a hurry: the officer raises it on her own word."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor, Kind
from titian.kernel.clock import zone_of
from titian.kernel.models import Entry, Event
from titian.kernel.policy import require
from titian.loop import codes, routing, saying
from titian.loop.clocks import answer_time
from titian.loop.commands.commanding import (
    begin_playbook,
    miss_the_update,
)
from titian.loop.commands.thread import (
    Timer,
    answer_timers,
    keep,
    next_code,
    take_number,
    waiting_timers,
)
from titian.loop.models import Alarm, Ask, Incident
from titian.loop.policy import is_with
from titian.people.models import Delegation, Party, Person, Seat
from titian.people.queries import speaker

__all__ = ["TEAM_OF", "Alarm", "miss_the_update", "raise_alarm", "report"]

RAISED, AGAIN = "incident.raised", "incident.told_again"
SAME_ALARM = timedelta(minutes=2)
BY_HAND, BY_SMS = "alarm", "sms"
TEAM_OF = {
    Alarm.MEDICAL: "MED",
    Alarm.LOST_PERSON: "SEC",
    Alarm.LOST_PASSPORT: "PRO",
    Alarm.SECURITY: "SEC",
    Alarm.QUAKE: "SEC",
    Alarm.TSUNAMI: "SEC",
    Alarm.FIRE: "SEC",
    Alarm.FOOD: "MED",
    Alarm.PROTEST: "SEC",
    Alarm.CROWD: "SEC",
    Alarm.INFECTIOUS: "MED",
    Alarm.FLIGHT_STOP: "TRN",
    Alarm.STRANDED: "TRN",
    Alarm.OTHER: routing.COORDINATION,
}


@transaction.atomic
def raise_alarm(
    delegation_id: int,
    kind: str,
    *,
    words: str = "",
    place: str = "",
    severity: int = Incident.Severity.SERIOUS,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Call the team on duty at once; the coordinator hears of it and boards turn red.

    The one tap is enough: said and passed on in one act, words and place may follow.
    The playbook of this alarm is begun. Told once more within two minutes, by the SMS
    as well as by the outbox, it is the same alarm. Raises ``Forbidden`` unless the
    actor accompanies the delegation, ``Unknown`` for another kind or severity,
    ``NoTeam`` if neither its team nor a coordinator's is set up.
    """
    delegation = Delegation.objects.select_related("party").get(pk=delegation_id)
    event = take_number(delegation.event_id)
    if entry := _raised_before(key, actor):
        return Ask.objects.get(pk=entry.subject_id)

    require(is_with(actor, delegation), _("Only the LO of this delegation does this."))
    alarm = saying.one_of(Alarm, kind)
    channel = BY_SMS if actor.kind == Kind.ADDRESS else BY_HAND
    if twin := _twin(delegation, alarm, speaker(actor), channel, at):
        journal.write(AGAIN, twin, actor=actor, at=at, key=key)
        return twin
    team = _team_for(alarm)
    raised = Ask(
        event=event,
        code=next_code(event.pk),
        asked_by=delegation,
        said_by=speaker(actor),
        said_at=at,
        channel=channel,
        words=saying.at_most(words) or str(alarm.label),
        title=_title(alarm, place),
        urgency=Ask.Urgency.EMERGENCY,
        due_at=at + answer_time(None, Ask.Urgency.EMERGENCY),
    )
    raised.move("pass_on")
    raised.pass_to(team, at=at)
    raised.save()
    raised.informed.set(_to_inform(event, team))
    incident = _open(raised, alarm, severity, place, at=at)
    begin_playbook(incident, actor=actor, at=at)
    return keep(
        raised,
        "incident.raised",
        actor=actor,
        at=at,
        key=key,
        owe=_timers(raised, at),
        sealed={"kind": kind, "words": raised.words, "place": place},
    )


def report(
    event_id: int,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Raise the alarm that a text with the short code tells of, as at its own hour.

    ``at`` is when the text came in: the code's day and hour are the last such before
    it. Raises ``codes.Unread`` without a code or with a garbled one,
    ``Delegation.DoesNotExist`` for a party that is not at the event, and whatever
    ``raise_alarm`` raises.
    """
    read = codes.read_report(text)
    event = Event.objects.get(pk=event_id)
    delegation = Delegation.objects.get(
        event=event, party__code__iexact=read.party, party__kind__in=GUESTS
    )
    return raise_alarm(
        delegation.pk,
        read.alarm,
        place=read.place,
        severity=read.severity,
        actor=actor,
        at=min(at, read.moment(at, zone_of(event))),
        key=key,
    )


GUESTS = [kind for kind in Party.Kind.values if kind != Party.Kind.TEAM]


def _raised_before(key: UUID | None, actor: Actor) -> Entry | None:
    """The alarm that this key raised, or told of once more."""
    known = Entry.objects.filter(key=key, verb=AGAIN).exists() if key else False
    return journal.replayed(key, AGAIN if known else RAISED, None, actor=actor)


def _twin(
    delegation: Delegation, alarm: Alarm, person: Person, channel: str, at: datetime
) -> Ask | None:
    """The same alarm by another way: the SMS and the outbox tell of one emergency."""
    around = (at - SAME_ALARM, at + SAME_ALARM)
    rows = Ask.objects.filter(
        asked_by=delegation,
        said_by=person,
        incident__alarm=alarm,
        incident__raised_at__range=around,
    ).exclude(channel=channel)
    return rows.select_related("event").prefetch_related("informed").first()


def _open(
    raised: Ask, alarm: Alarm, severity: int, place: str, *, at: datetime
) -> Incident:
    """The incident behind the ask, in nobody's command yet."""
    if severity not in Incident.Severity.values:
        raise saying.Unknown(_("An alarm is minor, serious or grave: 1, 2 or 3."))
    return Incident.objects.create(
        event=raised.event,
        ask=raised,
        alarm=alarm,
        severity=severity,
        place=saying.at_most(place)[:120],
        raised_at=at,
    )


def _timers(raised: Ask, at: datetime) -> list[Timer]:
    return [*waiting_timers(raised, at), *answer_timers(raised)]


def _team_for(alarm: Alarm) -> Party:
    team = routing.called(TEAM_OF[alarm], routing.COORDINATION)
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
