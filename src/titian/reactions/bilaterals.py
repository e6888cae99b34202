"""What follows when two delegations arrange to meet: each side hears what concerns it.

Nothing said here has a reason in it: an hour that is refused, taken or given back is
so for the same sentence, whoever it was for.
"""

from collections.abc import Callable
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from titian.channels import Attachment
from titian.exchange import calendars
from titian.exchange.calendars import Invitation, Method
from titian.kernel import telling
from titian.kernel.models import Consequence
from titian.people.models import Delegation, Person
from titian.reactions.people import focal_points, officers, seated
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted
from titian.talks.commands import bilaterals, hours, wishes
from titian.talks.models import Bilateral
from titian.talks.sight import PROTOCOL

type Worded = Callable[[Bilateral, Delegation], Said]
"""What one side hears; the delegation is the other one."""


def tell_the_other_side(owed: Consequence) -> None:
    """One side asked, answered, agreed or declined: the other side hears of it."""
    bilateral = _bilateral(owed)
    speaking = owed.entry.facts["side"]
    own, other = _ordered(bilateral, speaking)
    tell(_people(other, owed), partial(_stands, bilateral, own), owed)


def invite(owed: Consequence) -> None:
    """It has an hour, or another one: both sides have it in their calendars."""
    bilateral = _bilateral(owed)
    if bilateral.state in Bilateral.HELD:
        _tell_both(bilateral, _has_hour, owed, Method.REQUEST)


def ask_both_again(owed: Consequence) -> None:
    """Two hours are left: each side is asked once more whether it comes."""
    bilateral = _bilateral(owed)
    if bilateral.confirm_by is not None:
        _tell_both(bilateral, _asked_again, owed)


def tell_that_the_hour_is_gone(owed: Consequence) -> None:
    """Displaced, withdrawn or released: both sides hear the same, and no reason."""
    bilateral = _bilateral(owed)
    if bilateral.state in Bilateral.HELD:  # it has another hour by now
        return
    method = Method.CANCEL if bilateral.meeting else None
    worded = _is_gone if bilateral.meeting else _is_over
    _tell_both(bilateral, worded, owed, method)


def tell_protocol_of_the_free_hour(owed: Consequence) -> None:
    """An hour was released while others wait: protocol may give it to one of them."""
    bilateral = _bilateral(owed)
    waiting = Bilateral.objects.filter(
        event=bilateral.event, state=Bilateral.State.AGREED
    ).count()
    if waiting:
        team = _protocol(bilateral)
        tell(team, lambda: _free_for_others(bilateral, waiting), owed)


def tell_its_officers_of_the_doubt(owed: Consequence) -> None:
    """A calendar said no for a side: its own LOs hear it, and nobody else."""
    bilateral = _bilateral(owed)
    own, other = _ordered(bilateral, owed.entry.facts["side"])
    words = partial(_in_doubt, bilateral, other)
    tell(officers(own), words, owed, doer_too=True)  # who answered saw no page


def let_go_of_the_hour(owed: Consequence) -> None:
    """Its meeting was called off on its own page: the request has no hour any more."""
    rows = Bilateral.objects.filter(meeting=owed.entry.subject_id)
    bilateral = rows.filter(state__in=Bilateral.HELD).first()
    if bilateral is not None:
        hours.release(bilateral.pk, at=owed.entry.said_at, key=owed.key)


def watch_the_hour(owed: Consequence) -> None:
    """The rundown moved a meeting: both sides are asked again before its new hour."""
    rows = Bilateral.objects.filter(meeting__activity=owed.entry.subject_id)
    bilateral = rows.filter(state__in=Bilateral.HELD).first()
    if bilateral is not None:
        hours.watch(bilateral.pk, at=owed.entry.heard_at, key=owed.key)


def close_what_cannot_be(owed: Consequence) -> None:
    """A delegation does not come: its requests are closed, and both sides hear it.

    Nothing if it is invited again by now.
    """
    gone = Delegation.objects.get(pk=owed.entry.subject_id)
    if gone.status == Delegation.Status.WITHDRAWN:
        bilaterals.close_all_of(gone.pk, at=owed.entry.said_at, key=owed.key)


def forget_words(owed: Consequence) -> None:
    """A person was erased: the topics she wrote down are emptied."""
    wishes.forget_words_of(owed.entry.subject_id, at=owed.entry.said_at)


def _bilateral(owed: Consequence) -> Bilateral:
    rows = Bilateral.objects.select_related(
        "event", "asking__party", "asked__party", "meeting__activity__place"
    )
    return rows.get(pk=owed.entry.subject_id)


def _ordered(bilateral: Bilateral, own_id: int) -> tuple[Delegation, Delegation]:
    """The side with this id, then the other one."""
    one, other = bilateral.sides
    return (one, other) if one.pk == own_id else (other, one)


def _people(side: Delegation, owed: Consequence) -> QuerySet[Person]:
    return focal_points(side, owed.entry.heard_at) | officers(side)


def _protocol(bilateral: Bilateral) -> QuerySet[Person]:
    seats = bilateral.event.seats.select_related("team").filter(team__code=PROTOCOL)
    first = seats.first()
    return seated(bilateral.event, first.team) if first else Person.objects.none()


def _tell_both(
    bilateral: Bilateral,
    worded: Worded,
    owed: Consequence,
    method: Method | None = None,
) -> None:
    """Each side about the other; who may hear it for both hears it of the first."""
    heard: set[int] = set()
    for own, other in (bilateral.sides, bilateral.sides[::-1]):
        people = _people(own, owed).exclude(pk__in=heard)
        enclosed = partial(_enclosed, bilateral, method, owed)
        heard |= set(people.values_list("pk", flat=True))
        told = Person.objects.filter(pk__in=people.values("pk"))
        said = partial(worded, bilateral, other)
        tell(told, said, owed, doer_too=method is not None, enclosed=enclosed)


def _enclosed(
    bilateral: Bilateral, method: Method | None, owed: Consequence, person: Person
) -> tuple[Attachment, ...]:
    """The invitation for this person's calendar, where she has an address."""
    meeting = bilateral.meeting
    if method is None or meeting is None or not person.email:
        return ()
    hour = meeting.activity
    file = calendars.written(
        Invitation(
            method,
            calendars.uid_of(bilateral.pk),
            bilateral.sequence,
            hour.begins,
            hour.ends,
            hour.title,
            str(hour.place or ""),
            person.email,
            owed.entry.heard_at,
            is_private=hour.is_private,
        )
    )
    kind = f"text/calendar; method={method}"
    return (Attachment("invite.ics", kind, file),)


def _stands(bilateral: Bilateral, other: Delegation) -> Said:
    named = {"with": other.name, "state": bilateral.get_state_display()}
    subject = _("Bilateral with %(with)s: %(state)s") % named
    return noted(subject, _("Open the request to read it and to answer."))


def _has_hour(bilateral: Bilateral, other: Delegation) -> Said:
    subject = _("Bilateral with %(with)s: %(at)s") % _hour(bilateral, other)
    words = _("%(place)s, %(minutes)d minutes. Please confirm that your side comes.")
    return noted(subject, words % _hour(bilateral, other))


def _asked_again(bilateral: Bilateral, other: Delegation) -> Said:
    named = _hour(bilateral, other)
    subject = _("Please confirm again: bilateral with %(with)s, %(at)s") % named
    words = _("If one of the two sides has not confirmed by %(by)s, the room is free.")
    return noted(subject, words % named)


def _is_gone(bilateral: Bilateral, other: Delegation) -> Said:
    named = {"with": other.name, "state": bilateral.get_state_display()}
    subject = _("Bilateral with %(with)s: its hour is gone") % named
    words = _("It does not take place at that hour. The request is now: %(state)s.")
    return noted(subject, words % named)


def _is_over(bilateral: Bilateral, other: Delegation) -> Said:
    named = {"with": other.name, "state": bilateral.get_state_display()}
    subject = _("Bilateral with %(with)s: %(state)s") % named
    return noted(subject, _("It does not take place; nobody needs to answer."))


def _free_for_others(bilateral: Bilateral, waiting: int) -> Said:
    subject = _("An hour for bilaterals is free again")
    words = _("%(waiting)d requests wait for an hour. Have a new timetable proposed.")
    return noted(subject, words % {"waiting": waiting})


def _in_doubt(bilateral: Bilateral, other: Delegation) -> Said:
    named = {"with": other.name}
    subject = _("A calendar of your side declined the bilateral with %(with)s") % named
    words = _(
        "It counts as not confirmed. Confirm it if your side comes, or withdraw it."
    )
    return noted(subject, words)


def _hour(bilateral: Bilateral, other: Delegation) -> dict[str, object]:
    if bilateral.meeting is None:
        raise LookupError("A bilateral with an hour has a meeting.")
    hour = bilateral.meeting.activity
    by = bilateral.confirm_by or hour.begins
    return {
        "with": other.name,
        "at": telling.moment(bilateral.event, hour.begins),
        "place": str(hour.place or "–"),
        "minutes": round((hour.ends - hour.begins).total_seconds() / 60),
        "by": telling.moment(bilateral.event, by),
    }
