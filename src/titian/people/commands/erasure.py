"""Forgetting a person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal, sealing
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.commands.hours import free_from
from titian.people.models import Assignment, FocalPoint, GuestLink, Officer, Person
from titian.people.policy import may_erase

WORDS = ("honorific", "given", "family", "display", "native", "title", "phone", "email")


@transaction.atomic
def erase(
    person_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Person:
    """Forget a person: the row is emptied and the key to every sealed word destroyed.

    The account goes, links shut, an officer's coming duties fall free and show as
    gaps. Totals still agree, for the empty row stays, and the journal's chain still
    holds. Words in other rooms' rows follow as a reaction to ``person.erased``.
    Raises ``Forbidden`` unless the person herself asks.
    """
    if journal.replayed(key, "person.erased", person_id, actor=actor):
        return Person.objects.get(pk=person_id)

    person = Person.objects.select_for_update().get(pk=person_id)
    require(may_erase(actor, person), _("Only you yourself can ask to be forgotten."))
    sealing.destroy(person.pk)
    _empty(person)
    _end_all_roles(person, at)
    journal.write("person.erased", person, actor=actor, at=at, key=key)
    return person


def _empty(person: Person) -> None:
    user, person.user = person.user, None
    for name in WORDS:
        setattr(person, name, "")
    person.code, person.languages = None, {}
    person.save()
    if user is not None:
        user.delete()


def _end_all_roles(person: Person, at: datetime) -> None:
    GuestLink.objects.filter(person=person, revoked_at=None).update(
        revoked_at=clock.real_time()
    )
    FocalPoint.objects.filter(person=person).exclude(valid_to__lt=at).update(
        valid_to=at
    )
    for officer in Officer.objects.filter(person=person):
        free_from(officer, at=at)
        Assignment.objects.filter(officer=officer, relieved_at=None).update(
            relieved_at=at
        )
    Officer.objects.filter(person=person).update(gender="", unit="", home=None)
