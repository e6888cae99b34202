"""How a person is reached: the ways she prefers, then the house's usual order."""

import json
from fnmatch import fnmatchcase
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings

from titian.briefing.models import Device, Preference
from titian.channels import Address
from titian.channels.books import is_on
from titian.channels.envelopes import public_key
from titian.kernel.fields import opened
from titian.people.models import Person

__all__ = [
    "PUSH",
    "USUAL",
    "addresses_of",
    "is_on",
    "is_trusted",
    "mark_of",
    "order_of",
    "push_key",
    "ways_of",
]

PUSH = "push"
USUAL = (PUSH, "email", "whatsapp", "sms")
BY_TELEPHONE = frozenset({"whatsapp", "sms"})


def addresses_of(person: Person, first: str = "") -> list[Address]:
    """Her addresses by the channels that are switched on, the preferred ones first.

    ``first`` is a channel that goes before them. Of several phones the one that was
    told last comes first.
    """
    kinds = dict.fromkeys([first, *order_of(person)])
    return [
        Address(kind, to)
        for kind in kinds
        if kind in USUAL and is_on(kind)
        for to in _known(person, kind)
        if to
    ]


def order_of(person: Person) -> list[str]:
    """Every channel, in the order in which she wants to be reached.

    Push goes before what she did not name: a phone is told only because she asked.
    """
    row = Preference.objects.filter(person=person).first()
    wanted = [kind for kind in (row.channels if row else []) if kind in USUAL]
    return [*wanted, *(kind for kind in USUAL if kind not in wanted)]


def ways_of(person: Person) -> list[str]:
    """What she may prefer: the channels that are on; push once a phone is told."""
    kinds = [kind for kind in order_of(person) if is_on(kind)]
    return [kind for kind in kinds if kind != PUSH or _known(person, PUSH)]


def push_key() -> str:
    """What a browser is told when it subscribes; empty while push is off.

    From a demo nothing leaves, so there no browser is asked.
    """
    if not is_on(PUSH) or settings.CHANNELS.get(PUSH) != "titian.channels.push":
        return ""
    try:
        return public_key(settings.VAPID["private"])
    except ValueError:  # no key: ``titian doctor`` says so
        return ""


def is_trusted(endpoint: str) -> bool:
    """Whether it leads to a push service the house knows, and nowhere else."""
    parts = urlsplit(endpoint)
    origin = f"{parts.scheme}://{parts.netloc}"
    return any(fnmatchcase(origin, one) for one in settings.PUSH_SERVICES)


def mark_of(endpoint: str) -> str:
    """By what a subscription is found again; the browser reckons the same."""
    return sha256(endpoint.encode()).hexdigest()


def _known(person: Person, kind: str) -> list[str]:
    if kind != PUSH:
        return [opened(person.phone if kind in BY_TELEPHONE else person.email)]
    rows = Device.objects.in_use().filter(person=person, made_with=push_key())
    newest = sorted(rows, key=lambda one: one.used_at or one.made_at, reverse=True)
    return [json.dumps(one.address) for one in newest]
