"""Whose words these are, and on which matter."""

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from titian.channels import email
from titian.channels.books import digest_of
from titian.channels.models import Delivery
from titian.intake.message import Message
from titian.intake.models import Incoming
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.fields import opened
from titian.kernel.numbers import international
from titian.kernel.sealing import marks
from titian.loop.models import Ask
from titian.people.models import Delegation, Person

CODE = re.compile(r"\bA-\d{4,}\b")
ABOUT = re.compile(r"loop\.ask:(\d+)")
TAPPED = re.compile(r"ask:(\d{1,18}):")


def people_at(channel: str, address: str) -> list[Person]:
    """Everybody on file with this address: of several, nobody knows who wrote."""
    if channel == "email":
        return list(Person.objects.filter(email_mark__in=marks(address)))
    number = international(address)
    return list(Person.objects.filter(phone_mark__in=marks(number)))


def matter_of(message: Message, actor: Actor) -> Ask | None:
    """The ask it answers, if the sender may see it: by reference, then by its code."""
    for ask_id in _referred(message):
        if ask := _visible(actor).filter(pk=ask_id).first():
            return ask
    codes = CODE.findall(f"{message.subject}\n{message.words}")
    if codes:
        coded = _visible(actor).filter(code__in=codes)
        return coded.order_by("-pk").first()
    return _last_told(message.channel, actor) if message.is_bare else None


def _last_told(channel: str, actor: Actor) -> Ask | None:
    """The ask of which she was told last by this channel, if that was of an ask."""
    person = Person.objects.get(pk=actor.person_id or 0)
    digest = digest_of(channel, opened(person.phone))
    told = Delivery.objects.filter(kind=channel, digest=digest).exclude(sent_at=None)
    last = told.order_by("-sent_at", "-pk").values_list("about", flat=True).first()
    found = ABOUT.fullmatch(last or "")
    return _visible(actor).filter(pk=found[1]).first() if found else None


def is_answer_to_us(message: Message) -> bool:
    """Whether it bears the number of a letter of ours to this very address."""
    numbers = message.answers if message.channel == "email" else ()
    return any(email.key_of(one, message.sender) for one in numbers)


def delegation_of(person: Person) -> Delegation | None:
    """The delegation for which the person speaks, at the event that is nearest."""
    theirs = Q(members__person=person) | Q(focal_points__person=person)
    rows = Delegation.objects.filter(theirs, party=person.party_id)
    held = rows.exclude(status=Delegation.Status.WITHDRAWN).distinct()
    open_ones = [
        one
        for one in held.select_related("event", "party").order_by("event__starts_on")
        if one.event.ends_on is None
        or one.event.ends_on >= clock.local(one.event, clock.time_at(one.event)).date()
    ]
    return open_ones[0] if open_ones else None


def _visible(actor: Actor) -> QuerySet[Ask]:
    return Ask.objects.visible_to(actor).select_related("event", "asked_by__party")


def _referred(message: Message) -> Iterable[int]:
    """The asks that the messages before it were about, the nearest first."""
    if tapped := TAPPED.match(message.choice):
        yield int(tapped[1])
    for number in message.answers:
        key = None
        if message.channel == "email":
            key = email.key_of(number, message.sender)
        known = Q(ref=key) if key else Q(number=number, kind=message.channel)
        about = Delivery.objects.filter(known).values_list("about", flat=True).first()
        if found := ABOUT.fullmatch(about or ""):
            yield int(found[1])
        earlier = Incoming.objects.filter(channel=message.channel, number=number)
        if ask_id := earlier.values_list("ask", flat=True).first():
            yield ask_id
