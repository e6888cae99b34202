"""What follows in an emergency, at a muster, and when an anchor moves its steps."""

from datetime import datetime
from uuid import uuid5

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from titian.kernel.models import Consequence, Event
from titian.logistics.models import Journey
from titian.loop.commands import playbooks
from titian.loop.models import Incident, Roll, Run
from titian.people.models import Assignment, Person, Seat
from titian.programme.models import Activity
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted, said


def tell_who_owes_the_word(owed: Consequence) -> None:
    """An update did not come: the commander hears of it, and the coordinators."""
    rows = Incident.objects.select_related("event", "ask__asked_by__party")
    incident = rows.get(pk=owed.entry.subject_id)
    commander = Person.objects.filter(pk=incident.commander_id or 0)
    people = commander | _coordinators(incident.event)
    tell(people, lambda: _of_update(incident), owed, about=incident.ask.code)


def tell_what_is_known(owed: Consequence) -> None:
    """It has a commander, or is stable, or over: those who have a part hear of it."""
    rows = Incident.objects.select_related("event", "ask__asked_by__party")
    incident = rows.get(pk=owed.entry.subject_id)
    people = Person.objects.filter(incident_roles__incident=incident)
    people = people | _officers([incident.ask.asked_by_id])
    tell(people.distinct(), lambda: _of_state(incident), owed, about=incident.ask.code)


def ask_the_officers(owed: Consequence) -> None:
    """A call: every officer who has not answered is asked at once."""
    call = Roll.objects.select_related("event").get(pk=owed.entry.subject_id)
    if call.state == Roll.State.OPEN:
        silent = call.answers.filter(word="").values_list("delegation", flat=True)
        tell(_officers(list(silent)), lambda: _of_call(call), owed, about=_about(call))


def name_the_silent(owed: Consequence) -> None:
    """Some have not answered: the coordinators hear who."""
    call = Roll.objects.select_related("event").get(pk=owed.entry.subject_id)
    tell(_coordinators(call.event), lambda: _of_silence(call), owed, about=_about(call))


def move_the_steps_of_a_journey(owed: Consequence) -> None:
    """It comes or leaves at another hour: the open steps of its lists follow."""
    journey = Journey.objects.filter(pk=owed.entry.subject_id).first()
    if journey is not None and journey.at is not None:
        _move_steps(journey._meta.label_lower, owed, journey.at)


def move_the_steps_of_an_item(owed: Consequence) -> None:
    """It begins at another hour: the open steps of its lists follow."""
    activity = Activity.objects.filter(pk=owed.entry.subject_id).first()
    if activity is not None:
        begins = activity.expected_starts_at or activity.starts_at
        _move_steps(activity._meta.label_lower, owed, begins)


def _move_steps(kind: str, owed: Consequence, moment: datetime) -> None:
    runs = Run.objects.filter(subject_kind=kind, subject_id=owed.entry.subject_id)
    for pk in runs.values_list("pk", flat=True):
        playbooks.move_anchor(
            pk, moment, at=owed.entry.heard_at, key=uuid5(owed.key, str(pk))
        )


def _of_update(incident: Incident) -> Said:
    named = {"code": incident.ask.code, "incident": str(incident)}
    subject = _("%(code)s: an update was due and did not come") % named
    return noted(subject, _("Say how it stands: %(incident)s.") % named)


def _of_state(incident: Incident) -> Said:
    subject = _("%(code)s: %(state)s") % {
        "code": incident.ask.code,
        "state": incident.get_state_display(),
    }
    return noted(subject, _("Open it in Titian: what is known and what may be said."))


def _about(call: Roll) -> str:
    """What a reply would be about."""
    return f"{call._meta.label_lower}:{call.pk}"


def _of_call(call: Roll) -> Said:
    named = {"number": str(call), "area": call.area}
    subject = _("%(number)s: are your guests safe?") % named
    words = _(
        "Answer now in Titian, or here: SAFE, MISSING or INJURED and how many people,"
        " for example SAFE 4."
    )
    asked = _("We ask you to tell us at once whether your guests are safe.")
    lines = [line for line in (call.area, words) if line]
    return said(subject, formal=[asked, *lines], brief=lines)


def _of_silence(call: Roll) -> Said:
    silent = call.answers.filter(word="").select_related("delegation__party")
    names = [one.delegation.name for one in silent]
    subject = ngettext(
        "%(number)s: %(n)d has not answered",
        "%(number)s: %(n)d have not answered",
        len(names),
    ) % {"number": str(call), "n": len(names)}
    return noted(subject, "\n".join(names))


def _coordinators(event: Event) -> QuerySet[Person]:
    seats = Seat.objects.filter(event=event, role=Seat.Role.COORDINATOR)
    return Person.objects.filter(pk__in=seats.values("person"))


def _officers(delegation_ids: list[int]) -> QuerySet[Person]:
    held = Assignment.objects.filter(
        delegation__in=delegation_ids, relieved_at=None
    ).exclude(consent=Assignment.Consent.DECLINED)
    return Person.objects.filter(pk__in=held.values("officer__person"))
