"""One text for both sides: each version stays, the last one lies on the table."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal, sealing
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.people.queries import speaker
from titian.talks.clauses import clauses_of
from titian.talks.commands.talking import locked
from titian.talks.models import Talk, said
from titian.talks.models.text import TextVersion
from titian.talks.policy import seat_of

CLAUSES_AT_MOST = 300
CLAUSE_AT_MOST = 6_000


class NoText(ValueError):
    """No clause, too many of them, or one that is too long; a sentence says which."""


@transaction.atomic
def lay_text(
    talk_id: int,
    text: str,
    *,
    answers: int,
    note: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> TextVersion:
    """Lay a version of the text on the table, one clause a paragraph.

    ``answers`` is the number of the version it was written on, 0 for the first: if
    another came meanwhile it is ``IllegalMove``, so that nobody's words are lost
    unseen. Raises ``Forbidden`` but for who sits at the talk, ``NoText``,
    ``IllegalMove`` of a talk broken off.
    """
    if entry := journal.replayed(key, "text.laid", None, actor=actor):
        return TextVersion.objects.get(pk=entry.subject_id)

    talk = locked(talk_id)
    seat = seat_of(actor, talk)
    require(seat != "", _("Only who sits at this talk does this."))
    last = talk.texts.count()
    if talk.state == Talk.State.BROKEN_OFF or answers != last:
        raise IllegalMove(f"cannot answer version {answers} of {last}")
    author, note = speaker(actor), said(note, at_most=300, may_be_empty=True)
    made = TextVersion.objects.create(
        talk=talk,
        number=last + 1,
        side=seat,
        author=author,
        kept=_kept(text),
        note="" if sealing.is_destroyed(author.pk) else note,
        laid_at=at,
    )
    journal.write(
        "text.laid",
        made,
        actor=actor,
        at=at,
        key=key,
        about=author.pk,
        sealed={"clauses": made.kept, "note": note},
        number=made.number,
        side=seat,
    )
    return made


@transaction.atomic
def forget_notes_of(person_id: int, *, at: datetime) -> None:
    """Empty what an erased person said beside a version; the text is both sides'."""
    for made in TextVersion.objects.filter(author=person_id).exclude(note=""):
        made.note = ""
        made.save(update_fields=["note"])
        journal.write("text.note_forgotten", made, actor=HOUSE, at=at)


def _kept(text: str) -> list[list[str]]:
    found = clauses_of(text)
    if not found:
        raise NoText(_("Write at least one clause."))
    if len(found) > CLAUSES_AT_MOST:
        raise NoText(_("Write at most 300 clauses."))
    if any(len(one.words) > CLAUSE_AT_MOST or len(one.number) > 20 for one in found):
        raise NoText(_("Write at most 6,000 characters a clause."))
    return [[one.number, one.words] for one in found]
