"""What we ask of one of our own teams: a question nobody here knows, a paper late."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.bilingual import in_both
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.loop import routing
from titian.loop.clocks import answer_time
from titian.loop.commands.thread import (
    answer_timers,
    keep,
    next_code,
    take_number,
    waiting_timers,
)
from titian.loop.models import Ask
from titian.people.commands.delegations import own_side
from titian.people.models import Officer, Party, Person, Seat
from titian.people.policy import keeps_any_seat
from titian.people.queries import speaker


@transaction.atomic
def inquire(
    event_id: int,
    words: Callable[[], str],
    *,
    team_codes: tuple[str, ...],
    channel: str,
    urgency: str = Ask.Urgency.SOON,
    actor: Actor,
    at: datetime,
    key: UUID,
) -> Ask | None:
    """Put a question of ours to the first of our teams with one of these codes.

    ``words`` says it in the language of the moment: it is kept in both. The house asks
    in the name of the first coordinator; ``None`` where there is none, or no such
    team, the coordinators' own included. Raises ``Forbidden`` unless the actor is the
    house or works for the event.
    """
    event = take_number(event_id)
    if entry := journal.replayed(key, "ask.passed_on", None, actor=actor):
        return Ask.objects.get(pk=entry.subject_id)
    require(_works_here(actor, event), _("Only the hosts' people ask the teams."))
    asker = _coordinator(event) if actor == HOUSE else speaker(actor)
    team = routing.called(*team_codes, routing.COORDINATION)
    if asker is None or team is None or asker.party.kind != Party.Kind.TEAM:
        return None
    english, indonesian = in_both(words)
    put = Ask(
        event=event,
        code=next_code(event.pk),
        asked_by=own_side(event, asker.party),
        said_by=asker,
        said_at=at,
        channel=channel,
        language="en",
        words=english,
        gloss=indonesian,
        title=english[:120],
        urgency=urgency,
        due_at=at + answer_time(None, urgency),
    )
    put.move("pass_on")
    put.pass_to(team, at=at)
    put.save()
    return keep(
        put,
        "ask.passed_on",
        actor=actor,
        at=at,
        key=key,
        owe=[*waiting_timers(put, at), *answer_timers(put)],
        sealed={"gloss": put.gloss, "title": put.title, "details": {}},
    )


def _works_here(actor: Actor, event: Event) -> bool:
    officer = Officer.objects.filter(event=event, person=actor.person_id)
    return actor == HOUSE or keeps_any_seat(actor, event) or officer.exists()


def _coordinator(event: Event) -> Person | None:
    seats = Seat.objects.filter(event=event, role=Seat.Role.COORDINATOR)
    first = seats.select_related("person__party").order_by("pk").first()
    return first.person if first else None
