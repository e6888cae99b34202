"""Words to people by the ways they have, in the language of each."""

from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn

from django.db.models import QuerySet
from django.utils.translation import override

from titian.channels import Address, Undelivered, Words
from titian.channels.books import is_on
from titian.channels.carrying import carry
from titian.kernel import clock
from titian.kernel.fields import opened
from titian.kernel.models import Consequence
from titian.people.models import Person

type Message = Callable[[], tuple[str, str]]
"""Subject and words, in the language that is active when it is called."""

USUAL = ("email", "whatsapp", "sms")
"""The order of the ways where nobody has said another."""


def tell(
    people: QuerySet[Person],
    message: Message,
    owed: Consequence,
    *,
    about: str = "",
    first: str = "",
) -> None:
    """Tell each but the doer, once, by the first of her ways that takes the words.

    ``about`` is what an answer would be about; ``first`` the way by which the matter
    came. Raises ``Undelivered`` at the end if somebody could not be told: those who
    were are not told again.
    """
    failed: list[Undelivered] = []
    for person in people.exclude(pk=owed.entry.actor_person_id or 0).order_by("pk"):
        ways = ways_of(person, first)
        if not ways:
            continue
        with override(language_of(person)):
            subject, text = message()
        words = Words(text, subject, about=about)
        told = carry(ways, words, owed.key, at=clock.real_time())
        if told.problem is not None:
            failed.append(told.problem)
    if failed:
        _give_up_or_wait(failed)


def ways_of(person: Person, first: str = "") -> list[Address]:
    """How the person is reached by what is switched on: ``first``, then as usual."""
    by_mail, by_phone = opened(person.email), opened(person.phone)
    known = {"email": by_mail, "whatsapp": by_phone, "sms": by_phone}
    order = dict.fromkeys([first, *USUAL])
    return [
        Address(kind, known[kind]) for kind in order if known.get(kind) and is_on(kind)
    ]


def language_of(person: Person) -> str:
    """Indonesian for who speaks it, or whose languages nobody knows; else English."""
    return "id" if "id" in person.languages or not person.languages else "en"


def _give_up_or_wait(failed: list[Undelivered]) -> NoReturn:
    """What will not pass counts as an attempt; what may pass is waited for."""
    lasting = [one for one in failed if one.permanent or one.after is None]
    raise (lasting or sorted(failed, key=lambda one: one.after or timedelta(0)))[0]
