"""An LO's part ends, and another's begins: both hear it, and the one who goes on."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from titian.kernel.models import Consequence
from titian.loop.holders import holders
from titian.loop.models import HandOver
from titian.people.models import Assignment, Delegation, Duty, Officer, Person
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted


def tell_of_the_relief(owed: Consequence) -> None:
    """She accompanies them no longer; she hears it, and who does."""
    rows = Assignment.objects.select_related("officer__person", "delegation__party")
    left = rows.get(pk=owed.entry.subject_id)
    _tell(left.officer, left.delegation, owed, _of_the_relief)


def tell_who_comes(owed: Consequence) -> None:
    """Another LO came after a complaint: she hears that she has them, and nothing more.

    Who took a duty that ran hears it of that.
    """
    rows = Assignment.objects.select_related("officer", "delegation__party")
    came = rows.get(pk=owed.entry.facts["came"])
    taken = Duty.objects.filter(
        officer=came.officer,
        delegation=came.delegation,
        withdrawn_at=None,
        starts_at=owed.entry.said_at,
    )
    if not taken.exists():
        coming = Person.objects.filter(pk=came.officer.person_id)
        tell(coming, lambda: _of_the_begin(came.delegation), owed)


def tell_of_the_end_of_duty(owed: Consequence) -> None:
    """A duty was ended before its hour: its officer is free, and hears who goes on."""
    duty = _duty(owed.entry.subject_id)
    _tell(duty.officer, duty.delegation, owed, _of_the_end)


def tell_who_has_handed_over(owed: Consequence) -> None:
    """The other has signed, or a coordinator let her go: her duty is over.

    Of who leaves for good the end of the assignment tells.
    """
    row = HandOver.objects.select_related(
        "outgoing__person", "incoming", "delegation__party"
    ).get(pk=owed.entry.subject_id)
    if not row.is_for_good or owed.entry.verb == "handover.let_go":
        _tell(row.outgoing, row.delegation, owed, _of_the_end, row.incoming)


def tell_of_the_stand_in(owed: Consequence) -> None:
    """A duty that ran is another's: both hear it at once; coming hours are on the page.

    Who is replaced altogether hears that instead.
    """
    fresh = _duty(owed.entry.subject_id)
    former = _duty(owed.entry.facts["instead_of"])
    if former.starts_at >= owed.entry.said_at:
        return
    coming = Person.objects.filter(pk=fresh.officer.person_id)
    tell(coming, lambda: _of_the_begin(fresh.delegation), owed)
    there = Assignment.objects.filter(
        officer=former.officer, delegation=former.delegation, relieved_at=None
    )
    if there.exists():
        _tell(former.officer, former.delegation, owed, _of_the_end, fresh.officer)


def _tell(
    officer: Officer,
    delegation: Delegation,
    owed: Consequence,
    message: Callable[[Delegation, Officer | None], Said],
    after: Officer | None = None,
) -> None:
    found = holders([delegation.pk], owed.entry.said_at)
    goes_on = after or found.get(delegation.pk)
    if goes_on == officer:
        goes_on = None
    person = Person.objects.filter(pk=officer.person_id)
    tell(person, lambda: message(delegation, goes_on), owed)


def _duty(pk: int) -> Duty:
    rows = Duty.objects.select_related("officer__person", "delegation__party")
    return rows.get(pk=pk)


def _of_the_relief(delegation: Delegation, after: Officer | None) -> Said:
    subject = _("You no longer accompany %(delegation)s") % {"delegation": delegation}
    return noted(subject, _who_goes_on(after))


def _of_the_end(delegation: Delegation, after: Officer | None) -> Said:
    subject = _("Your duty with %(delegation)s is over") % {"delegation": delegation}
    return noted(subject, _who_goes_on(after))


def _of_the_begin(delegation: Delegation) -> Said:
    subject = _("You have taken over %(delegation)s") % {"delegation": delegation}
    words = _("The hours and whatever is open stand on your phone page.")
    return noted(subject, words)


def _who_goes_on(after: Officer | None) -> str:
    if after is None:
        return _("Nobody has their hours yet; the coordination sees to it.")
    words = _(
        "%(name)s has them from now on. Whatever reaches you from them still, please"
        " pass on to %(name)s."
    )
    return words % {"name": after}
