"""What follows a hand-over, and how it is watched that officer and guests meet."""

from uuid import uuid5

from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.kernel.models import Consequence
from titian.logistics.commands import custody
from titian.loop.commands import handover_items, running_over
from titian.loop.models import HandOver
from titian.loop.queries import introduced_by
from titian.people.commands import meeting
from titian.people.models import Assignment, Delegation, Duty, Officer, Person
from titian.people.queries.met import unmet_of
from titian.reactions.people import focal_points
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted, said


def pass_the_things(owed: Consequence) -> None:
    """Keys, telephones and cars are with who took over."""
    row = _row(owed)
    custody.pass_on(
        row.delegation_id,
        row.outgoing.person,
        row.incoming.person,
        at=row.taken_at or owed.entry.said_at,
    )


def introduce_to_the_guests(owed: Consequence) -> None:
    """Who speaks for the delegation hears who is with them from now on.

    Only of an officer who has agreed: before that no guest sees her name.
    """
    row = _row(owed)
    if introduced_by(row):
        people = focal_points(row.delegation, owed.entry.heard_at)
        tell(people, lambda: _introduction(row), owed)


def ask_the_relief(owed: Consequence) -> None:
    """A hand-over is open: she who takes over is asked to read it back."""
    row = _row(owed)
    two = Person.objects.filter(pk__in=[row.incoming.person_id, row.outgoing.person_id])
    tell(two, lambda: _of_opening(row), owed)


def tell_the_leaders(owed: Consequence) -> None:
    """The duty is over and nobody has taken over: those above hear it."""
    people = Person.objects.filter(pk__in=owed.entry.facts.get("called", []))
    row = _row(owed)
    tell(people, lambda: _of_lateness(row), owed)


def tell_of_running_over(owed: Consequence) -> None:
    """A duty is over and no hand-over begun: both officers and those above hear it."""
    rows = Duty.objects.select_related("officer__person", "delegation__party")
    duty = rows.get(pk=owed.entry.subject_id)
    after = Officer.objects.filter(pk=owed.entry.facts.get("after")).first()
    people = Person.objects.filter(pk__in=owed.entry.facts.get("called", []))
    tell(people, lambda: _of_running_over(duty, after), owed)


def watch_the_ends(owed: Consequence) -> None:
    """A cover is in force: from now on it is watched that each duty is handed over."""
    event_id = owed.entry.event_id
    if event_id is not None:
        running_over.watch_the_ends(event_id, at=owed.entry.said_at)


def tell_of_no_meeting(owed: Consequence) -> None:
    """Twelve hours before: the officer's leader and the coordinators, and herself."""
    rows = Assignment.objects.select_related("officer__person", "delegation__party")
    missed = rows.get(pk=owed.entry.subject_id)
    called = owed.entry.facts.get("called", [])
    people = Person.objects.filter(pk__in=[*called, missed.officer.person_id])
    tell(people, lambda: _of_no_meeting(missed), owed)


def watch_her_meeting(owed: Consequence) -> None:
    """An officer agreed: from now on it is watched that she meets her guests."""
    _watch([owed.entry.subject_id], owed)


def watch_their_meetings(owed: Consequence) -> None:
    """The delegation lands at another hour, or its cover changed: watched anew."""
    delegation = Delegation.objects.filter(pk=owed.entry.concerns_id or 0)
    if owed.entry.subject_kind == Delegation._meta.label_lower:
        delegation = Delegation.objects.filter(pk=owed.entry.subject_id)
    _watch([one.pk for one in unmet_of(delegation)], owed)


def forget_words(owed: Consequence) -> None:
    """A person was erased: what she said in a hand-over goes."""
    handover_items.forget_words_of(owed.entry.subject_id, at=owed.entry.said_at)


def _watch(ids: list[int], owed: Consequence) -> None:
    for pk in ids:
        key = uuid5(owed.key, str(pk))
        meeting.watch_the_meeting(pk, at=owed.entry.heard_at, key=key)


def _row(owed: Consequence) -> HandOver:
    rows = HandOver.objects.select_related(
        "event", "delegation__party", "outgoing__person", "incoming__person"
    )
    return rows.get(pk=owed.entry.subject_id)


def _introduction(row: HandOver) -> Said:
    named = _named(row)
    subject = _("%(incoming)s is with you from now on") % named
    words = _(
        "%(incoming)s is your LO from %(at)s. %(outgoing)s has handed everything over:"
        " what you asked and what was promised goes on."
    )
    honour = _("We have the honour to introduce to you who is with you from now on.")
    introduced = words % named
    return said(subject, formal=[honour, introduced], brief=[introduced])


def _of_opening(row: HandOver) -> Said:
    named = _named(row)
    subject = _("Hand-over of %(delegation)s") % named
    words = _(
        "%(outgoing)s hands %(delegation)s over to %(incoming)s. Each item is read back"
        " and accepted on the phone; then both sign."
    )
    return noted(subject, words % named)


def _of_lateness(row: HandOver) -> Said:
    named = _named(row)
    subject = _("%(delegation)s: not handed over") % named
    words = _(
        "The duty of %(outgoing)s has ended and %(incoming)s has not taken over."
        " %(outgoing)s stays on duty until both have signed."
    )
    return noted(subject, words % named)


def _of_running_over(duty: Duty, after: Officer | None) -> Said:
    named = {
        "delegation": duty.delegation,
        "outgoing": duty.officer,
        "incoming": after,
    }
    subject = _("%(delegation)s: not handed over") % named
    if after is None:
        words = _(
            "The duty of %(outgoing)s is over and nobody is there to take over."
            " %(outgoing)s stays on duty until somebody has."
        )
        return noted(subject, words % named)
    words = _(
        "The duty of %(outgoing)s is over and no hand-over to %(incoming)s has begun."
        " %(outgoing)s stays on duty until %(incoming)s has accepted what is open."
    )
    return noted(subject, words % named)


def _of_no_meeting(missed: Assignment) -> Said:
    named = {"officer": missed.officer, "delegation": missed.delegation}
    subject = _("%(delegation)s: the LO has not met them") % named
    words = _(
        "%(officer)s has not met the head of delegation of %(delegation)s, nor their"
        " liaison. Fewer than twelve hours are left."
    )
    return noted(subject, words % named)


def _named(row: HandOver) -> dict[str, object]:
    at = row.taken_at or row.opened_at
    return {
        "delegation": row.delegation,
        "outgoing": row.outgoing,
        "incoming": row.incoming,
        "at": telling.hour(row.event, at),
    }
