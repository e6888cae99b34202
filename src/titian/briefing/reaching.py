"""How a person is reached: the ways she prefers, then the house's usual order."""

from titian.briefing.models import Preference
from titian.channels import Address
from titian.channels.books import is_on
from titian.kernel.fields import opened
from titian.people.models import Person

__all__ = ["USUAL", "addresses_of", "is_on", "order_of"]

USUAL = ("email", "whatsapp", "sms")
BY_TELEPHONE = frozenset({"whatsapp", "sms"})


def addresses_of(person: Person, first: str = "") -> list[Address]:
    """Her addresses by the channels that are switched on, the preferred ones first.

    ``first`` is a channel that goes before them.
    """
    known = {"email": opened(person.email), "phone": opened(person.phone)}
    ways = [
        Address(kind, known["phone" if kind in BY_TELEPHONE else "email"])
        for kind in dict.fromkeys([first, *order_of(person)])
        if kind in USUAL and is_on(kind)
    ]
    return [way for way in ways if way.to]


def order_of(person: Person) -> list[str]:
    """Every channel, in the order in which she wants to be reached."""
    row = Preference.objects.filter(person=person).first()
    wanted = [kind for kind in (row.channels if row else []) if kind in USUAL]
    return [*wanted, *(kind for kind in USUAL if kind not in wanted)]
