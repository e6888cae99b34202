"""Giving people accounts."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE, Actor
from titian.people.models import Person


@transaction.atomic
def give_account(
    person_id: int,
    username: str,
    password: str | None,
    *,
    actor: Actor = HOUSE,
    at: datetime | None = None,
) -> User:
    """An account for the person, or a new password for the one there is.

    The account holds no address: who signs in by one is found by the person's mark.
    Without a password nobody can sign in with it: the demo's door does that. Only the
    operator's own command line reaches this; no page does.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    user = person.user or User(username=username)
    user.username = username
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    person.user = user
    person.save(update_fields=["user", "search"])
    moment = at or clock.real_time()
    journal.write("account.given", person, actor=actor, at=moment)
    return user
