"""What a phone shows of notices: one's own copies, and cards while it burns."""

from typing import Any

from titian.briefing.diverting import holding_line
from titian.briefing.models import Copy, Notice
from titian.briefing.queries import cards_of, cards_said
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.telling import is_indonesian
from titian.loop.models import Incident
from titian.people.models import Person

NEWEST = 10


def notices_of(person: Person, event: Event) -> list[dict[str, Any]]:
    """The person's newest copies; what she has not acknowledged comes first.

    A draft is nobody's yet. What was replaced or withdrawn says so for as long as it
    is among the newest.
    """
    rows = Copy.objects.filter(person=person, notice__event=event)
    copies = rows.select_related("notice").order_by("-pk")[:NEWEST]
    return [_copy(one) for one in sorted(copies, key=lambda one: not _waits(one))]


def cards_shown(event: Event, actor: Actor, delegation_id: int) -> list[dict[str, Any]]:
    """The approved safety cards while there is an emergency; what fits is marked.

    A card fits when an incident that the actor knows of is of its kind. What has been
    said to this delegation says when, and to whom.
    """
    cards = cards_of(event)
    said = cards_said(event, [delegation_id]) if cards else {}
    known = Incident.objects.visible_to(actor) if cards else Incident.objects.none()
    running = known.filter(event=event).exclude(state=Incident.State.CLOSED)
    alarms = set(running.values_list("alarm", flat=True))
    return [
        {
            "id": one.pk,
            "name": one.name,
            "words": one.card,
            "fits": one.alarm in alarms,
            "sent": _sent(said.get((one.pk, delegation_id))),
        }
        for one in cards
    ]


def line_of(event: Event) -> str:
    """What an officer may say of a matter that the press desk has."""
    return holding_line(event, "id" if is_indonesian() else "en")


def _sent(card: Notice | None) -> dict[str, Any] | None:
    if card is None or card.sent_at is None:
        return None
    names = sorted(copy.person.display for copy in card.copies.all())
    return {"at": card.sent_at.isoformat(), "to": names}


def _waits(copy: Copy) -> bool:
    return copy.acknowledged_at is None and copy.notice.is_in_force


def _copy(copy: Copy) -> dict[str, Any]:
    notice = copy.notice
    return {
        "id": copy.pk,
        "code": notice.code,
        "version": notice.version,
        "title": notice.title,
        "old": notice.old,
        "new": notice.new,
        "reason": notice.reason,
        "instead": notice.instead,
        "state": notice.state,
        "ended": notice.ended_words,
        "exercise": notice.is_exercise,
        "sent_at": notice.sent_at.isoformat() if notice.sent_at else None,
        "read": copy.read_at is not None,
        "acknowledged": copy.acknowledged_at is not None,
        "is_card": notice.kind == Notice.Kind.CARD,
    }
