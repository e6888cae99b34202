"""Safety words to one's own guests: approved beforehand, sent at once, never held."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.briefing.commands.notices import let_go, next_code, replace
from titian.briefing.models import Copy, Notice
from titian.briefing.policy import may_send_card
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.bilingual import in_both
from titian.kernel.models import Event, Priority
from titian.kernel.policy import require
from titian.loop.models import Playbook
from titian.people.models import Delegation, FocalPoint, Member
from titian.people.queries import speaker

SHORT = 300
BRIEF = 480


class NoCard(ValueError):
    """Nothing is approved to be said, or nobody is there; a sentence says which."""


@transaction.atomic
def send_card(
    delegation_id: int,
    playbook_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Notice:
    """Say the playbook's approved card to the delegation's guests, before all else.

    Raises ``Forbidden`` unless the actor accompanies them or coordinates, ``NoCard`` if
    the playbook has no card or the delegation no names.
    """
    rows = Delegation.objects.select_related("event", "party")
    delegation = rows.get(pk=delegation_id)
    event = Event.objects.select_for_update(no_key=True).get(pk=delegation.event_id)
    if entry := journal.replayed(key, "card.sent", None, actor=actor):
        return Notice.objects.get(pk=entry.subject_id)

    right = may_send_card(actor, delegation)
    require(right, _("Only the LO of this delegation does this."))
    playbook = Playbook.objects.get(pk=playbook_id, event=event)
    if not playbook.card_en and not playbook.card_id:
        raise NoCard(_("This playbook has no approved card."))
    guests = _guests(delegation)
    if not guests:
        raise NoCard(_("No guest of this delegation has a name here yet."))
    notice = _of(playbook, delegation, actor, at)
    if (before := _said_before(notice)) is not None:
        if not Notice.objects.filter(replaces=before).exists():  # else one is begun
            notice.replaces, notice.code = before, before.code
            notice.version = before.version + 1
        replace(before, actor=actor, at=at)
    notice.save()
    why = in_both(lambda: _("is with %s") % delegation.name)
    copies = Copy.objects.bulk_create(
        Copy(notice=notice, person_id=pk, why=[why], queued_at=at) for pk in guests
    )
    return let_go(
        notice,
        [copy.pk for copy in copies],
        "card.sent",
        actor=actor,
        at=at,
        key=key,
        priority=Priority.FIRST,
    )


def _said_before(card: Notice) -> Notice | None:
    """The same card to the same guests, which would stand beside this one.

    Of two sets of safety words only the last may be read as what holds.
    """
    rows = Notice.objects.filter(
        event=card.event,
        kind=card.kind,
        title_en=card.title_en,
        state=Notice.State.SENT,
    )
    return next((one for one in rows if one.audience == card.audience), None)


def _guests(delegation: Delegation) -> list[int]:
    members = Member.objects.filter(delegation=delegation)
    points = FocalPoint.objects.filter(delegation=delegation)
    found = {
        *members.values_list("person", flat=True),
        *points.values_list("person", flat=True),
    }
    return sorted(found)


def _of(
    playbook: Playbook, delegation: Delegation, actor: Actor, at: datetime
) -> Notice:
    """The card as a notice: its words are the playbook's, letter by letter."""
    who = speaker(actor)
    notice = Notice(
        event=playbook.event,
        code=next_code(playbook.event),
        kind=Notice.Kind.CARD,
        title_en=playbook.name_en,
        title_id=playbook.name_id,
        new_en=playbook.card_en[:SHORT],
        new_id=playbook.card_id[:SHORT],
        formal_en=playbook.card_en,
        formal_id=playbook.card_id,
        brief_en=playbook.card_en[:BRIEF],
        brief_id=playbook.card_id[:BRIEF],
        audience={"is": "delegation", "of": [delegation.pk]},
        is_exercise=delegation.is_exercise,
        composed_by=who,
        composed_at=at,
        sent_by=who,
        sent_at=at,
    )
    notice.move("send")
    return notice
