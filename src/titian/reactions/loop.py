"""What follows when the loop moves."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from titian.channels import email
from titian.kernel.models import Consequence
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.people.models import Assignment, Person, Seat


def tell_the_team(owed: Consequence) -> None:
    """A matter has come: the owning team's people hear of it."""
    ask = Ask.objects.select_related("owner").get(pk=owed.entry.subject_id)
    seated = Seat.objects.filter(event=ask.event, team=ask.owner).values("person")
    _tell(Person.objects.filter(pk__in=seated), ask, _("A request for you"), owed)


def tell_the_asking_side(owed: Consequence) -> None:
    """No answer stops at the officer: the guest hears of it too."""
    ask = Ask.objects.get(pk=owed.entry.subject_id)
    held = Assignment.objects.filter(delegation=ask.asked_by, relieved_at=None)
    officers = held.exclude(consent=Assignment.Consent.DECLINED)
    people = Person.objects.filter(officers__in=officers.values("officer"))
    _tell(
        people | Person.objects.filter(pk=ask.said_by_id), ask, _("Your request"), owed
    )


def forget_words(owed: Consequence) -> None:
    """A person was erased: what she said is emptied here too."""
    asks.forget_words_of(owed.entry.subject_id, at=owed.entry.said_at)


def _tell(people: QuerySet[Person], ask: Ask, subject: str, owed: Consequence) -> None:
    for person in people.exclude(email="").distinct().order_by("pk"):
        words = f"{ask.code} {ask}: {ask.get_state_display()}"
        email.send(person.email, f"{subject} {ask.code}", words, key=owed.key)
