"""Meetings on the phone: the contact reports that are asked of an officer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from titian.kernel.actor import Actor
from titian.people.models import Delegation
from titian.talks.commands import reports
from titian.talks.forms_of_address import forms_for
from titian.talks.models import Meeting
from titian.talks.models.card import TalkingCard
from titian.talks.models.report import Report

COMMANDS: dict[str, tuple[str, Callable[..., object]]] = {
    "report.write": ("report", reports.write),
}
"""What comes through the acts' door about meetings."""

SCOPES: dict[str, Callable[[Actor], QuerySet[Model]]] = {
    "report": lambda actor: Report.objects.visible_to(actor),
}


def meetings_of(delegation: Delegation, actor: Actor, at: datetime) -> dict[str, Any]:
    """The reports that she owes for this delegation, and what she may say to it."""
    return {
        "reports": [_report(one, at) for one in _asked(delegation, actor)],
        "talking": [_card(one) for one in _approved(delegation, actor)],
    }


def _asked(delegation: Delegation, actor: Actor) -> QuerySet[Report]:
    seen = Report.objects.visible_to(actor).filter(
        side=delegation, kind=Report.Kind.CONTACT, written_at=None
    )
    return seen.select_related(
        "meeting__activity", "meeting__party_a__party", "meeting__party_b__party"
    ).order_by("due_at", "pk")


def _approved(delegation: Delegation, actor: Actor) -> QuerySet[TalkingCard]:
    seen = TalkingCard.objects.visible_to(actor).filter(
        delegation=delegation, state=TalkingCard.State.APPROVED
    )
    off = Meeting.State.CANCELLED
    rows = seen.exclude(meeting__state=off).select_related("approver")
    return rows.order_by("meeting__activity__starts_at", "pk")


def _card(card: TalkingCard) -> dict[str, Any]:
    return {
        "id": card.pk,
        "title": card.title,
        "steps": [[label, points] for label, points in card.steps],
        "never": card.never,
        "approved_by": card.approver.display,
        "approved_at": card.approved_at.isoformat() if card.approved_at else None,
        "forms": [
            {
                "name": one.name,
                "indonesian": one.indonesian,
                "english": one.english,
                "sure": one.is_sure,
            }
            for one in forms_for(card.delegation)
        ],
    }


def _report(report: Report, at: datetime) -> dict[str, Any]:
    return {
        "id": report.pk,
        "meeting": report.meeting.activity.title,
        "with": report.other_side.name,
        "due_at": report.due_at.isoformat() if report.due_at else None,
        "overdue": report.due_at is not None and report.due_at < at,
    }
