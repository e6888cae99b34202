"""What a meeting decided, and the papers that must lie on its table."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import documents, journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Document
from titian.kernel.policy import require
from titian.people.models import Delegation
from titian.people.queries import speaker
from titian.talks.models import Decision, Handout, Meeting, said
from titian.talks.policy import keeps_the_record, may_bring


class EmptyFile(ValueError):
    """The file that was brought holds nothing."""


@transaction.atomic
def decide(
    meeting_id: int,
    words: str,
    *,
    owner_id: int | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Decision:
    """Write down what was decided, and which side answers for it; ``None`` is both.

    Raises ``Forbidden`` unless the actor keeps the meeting's record, ``IllegalMove``
    once the text is agreed or the meeting is off, ``Wordless`` without words,
    ``Delegation.DoesNotExist`` for a side that did not sit there.
    """
    if entry := journal.replayed(key, "meeting.decided", meeting_id, actor=actor):
        return Decision.objects.get(pk=entry.facts["decision"])

    meeting = _for_record(meeting_id, actor=actor)
    meeting.machine.after(meeting.state, "minute")
    made = Decision.objects.create(
        meeting=meeting,
        order=meeting.decisions.count() + 1,
        words=said(words, at_most=400),
        owner=_side(meeting, owner_id),
        decided_at=at,
    )
    journal.write(
        "meeting.decided",
        meeting,
        actor=actor,
        at=at,
        key=key,
        about=speaker(actor).pk,
        sealed={"words": made.words},
        decision=made.pk,
    )
    return made


@transaction.atomic
def ask_for_paper(
    meeting_id: int,
    title: str,
    due_at: datetime,
    *,
    owed_by_id: int | None = None,
    secrecy: str = Document.Secrecy.OPEN,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Handout:
    """Say which paper must lie there, by when, from whom, and who may read it.

    Raises as ``decide`` does; ``ValueError`` for an unknown classification.
    """
    if entry := journal.replayed(key, "meeting.paper_asked", meeting_id, actor=actor):
        return Handout.objects.get(pk=entry.facts["handout"])

    meeting = _for_record(meeting_id, actor=actor)
    if meeting.state == Meeting.State.CANCELLED:
        raise IllegalMove(f"cannot bring papers to what is {meeting.state}")
    made = Handout.objects.create(
        meeting=meeting,
        title=said(title, at_most=200),
        owed_by=_side(meeting, owed_by_id),
        due_at=due_at,
        secrecy=Document.Secrecy(secrecy),
    )
    journal.write(
        "meeting.paper_asked", meeting, actor=actor, at=at, key=key, handout=made.pk
    )
    return made


@transaction.atomic
def bring_paper(
    handout_id: int,
    content: bytes,
    *,
    name: str,
    media_type: str,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Handout:
    """Lay the paper on the table; a newer file replaces it.

    The right is checked before a byte is kept. Raises ``Forbidden`` unless the actor
    is of the side that owes it or keeps the record, ``EmptyFile``,
    ``documents.TooLarge`` above the house's limit.
    """
    handout = Handout.objects.select_related(
        "meeting__event", "meeting__party_a__party", "meeting__party_b__party"
    ).get(pk=handout_id)
    meeting = handout.meeting
    if journal.replayed(key, "meeting.paper_brought", meeting.pk, actor=actor):
        return handout

    require(may_bring(actor, handout), _("This paper is not yours to bring."))
    if not content:
        raise EmptyFile(_("The file is empty."))
    handout.document = documents.keep(
        content,
        name=name,
        kind="handout",
        media_type=media_type,
        at=at,
        secrecy=Document.Secrecy(handout.secrecy),
    )
    handout.name, handout.brought_at = name[:200], at
    handout.brought_by = speaker(actor)
    handout.save()
    journal.write(
        "meeting.paper_brought",
        meeting,
        actor=actor,
        at=at,
        key=key,
        handout=handout.pk,
    )
    return handout


def _for_record(meeting_id: int, *, actor: Actor) -> Meeting:
    Meeting.objects.select_for_update().get(pk=meeting_id)
    meeting = Meeting.objects.select_related(
        "event", "party_a__party", "party_b__party"
    ).get(pk=meeting_id)
    require(
        keeps_the_record(actor, meeting),
        _("Only an officer of either side, protocol or a coordinator writes here."),
    )
    return meeting


def _side(meeting: Meeting, delegation_id: int | None) -> Delegation | None:
    if delegation_id is None:
        return None
    found = next((side for side in meeting.sides if side.pk == delegation_id), None)
    if found is None:
        raise Delegation.DoesNotExist
    return found
