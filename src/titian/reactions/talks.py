"""What follows when a line of an agreement turns red: both sides hear of it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from titian.kernel.actor import HOUSE
from titian.kernel.models import Consequence
from titian.people.models import Person
from titian.reactions.people import coordinators, focal_points, officers, owners
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted
from titian.talks.commands import keeping, signing
from titian.talks.models import Agreement, Deliverable


def tell_both_sides(owed: Consequence) -> None:
    """Its hour has passed unmet: who owes it and who is owed it hear the same words."""
    line = _line(owed)
    if line.is_unmet:
        tell(_sides(line, owed), lambda: _overdue(line), owed, about=_about(line))


def tell_the_coordinator(owed: Consequence) -> None:
    """It is still unmet: both sides hear it again, and the coordinator with them."""
    line = _line(owed)
    if line.is_unmet:
        people = _sides(line, owed) | coordinators(line.event)
        tell(people, lambda: _still_unmet(line), owed, about=_about(line))


def tell_of_the_dispute(owed: Consequence) -> None:
    """What was shown is not what was owed: it is owed again, and both sides know."""
    line = _line(owed)
    if line.state == Deliverable.State.DISPUTED:
        tell(_sides(line, owed), lambda: _disputed(line), owed, about=_about(line))


def watch_the_hours(owed: Consequence) -> None:
    """A list was taken back: lines that have their former hours again are watched."""
    for agreement in Agreement.objects.filter(event=owed.entry.event).order_by("pk"):
        keeping.watch(agreement.pk, actor=HOUSE, at=owed.entry.heard_at)


def forget_words(owed: Consequence) -> None:
    """A person was erased: what she said about lines is emptied too, and her name."""
    keeping.forget_words_of(owed.entry.subject_id, at=owed.entry.said_at)
    signing.forget_names_of(owed.entry.subject_id)


def _line(owed: Consequence) -> Deliverable:
    rows = Deliverable.objects.select_related(
        "agreement__event", "agreement__delegation__party", "handled_by"
    )
    return rows.get(pk=owed.entry.subject_id)


def _sides(line: Deliverable, owed: Consequence) -> QuerySet[Person]:
    """The host's people who handle it, and the guests with their officers.

    A line that nobody handles is the coordinator's.
    """
    ours = owners(line.event, line.handled_by, line.handler_id)
    if line.handled_by is None and line.handler_id is None:
        ours = coordinators(line.event)
    guests = line.agreement.delegation
    theirs = focal_points(guests, owed.entry.said_at) | officers(guests)
    return ours | theirs


def _overdue(line: Deliverable) -> Said:
    subject = _("%(agreement)s, line %(line)s: its hour has passed") % _named(line)
    return noted(subject, line.what)


def _still_unmet(line: Deliverable) -> Said:
    subject = _("%(agreement)s, line %(line)s: still unmet") % _named(line)
    return noted(subject, line.what)


def _disputed(line: Deliverable) -> Said:
    subject = _("%(agreement)s, line %(line)s: disputed") % _named(line)
    return noted(subject, line.what, line.dispute_words)


def _named(line: Deliverable) -> dict[str, object]:
    return {"agreement": line.agreement.code, "line": line.line}


def _about(line: Deliverable) -> str:
    return f"{line._meta.label_lower}:{line.pk}"
