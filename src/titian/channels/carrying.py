"""Words to a person by the first way that takes them, each way at most once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from random import random
from types import ModuleType
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import F

from titian.channels import (
    OF_THE_CARRIER,
    PASSING,
    Address,
    Receipt,
    Trouble,
    Undelivered,
    Words,
    books,
)
from titian.channels.models import Delivery
from titian.channels.patience import pause

PATIENCE = timedelta(hours=24)
"""So long we try by ourselves; then a person must look."""
REFUSAL_HOLDS = timedelta(minutes=15)
"""So long what was refused is not offered again, unless a person says so later."""
GONE = timedelta(hours=24)
"""So long an address that does not exist is passed over."""
NO_DOUBT = timedelta(0)
FIRST_RETRY, LAST_RETRY = timedelta(seconds=20), timedelta(minutes=15)

type Fitting = Callable[[Address], Words]
"""What is said by each way: a letter has more room than a short message."""


@dataclass(frozen=True, slots=True)
class Try:
    """What became of one way: a receipt or the problem."""

    address: Address
    receipt: Receipt | None = None
    problem: Undelivered | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of words: the ways tried, in order, the last one being the one."""

    tries: Sequence[Try]

    @property
    def receipt(self) -> Receipt | None:
        """The receipt of the way that took them, if any did."""
        return next((one.receipt for one in self.tries if one.receipt), None)

    @property
    def by(self) -> str:
        """The kind of carrier that took them; empty if none did."""
        return next((one.address.kind for one in self.tries if one.receipt), "")

    @property
    def problem(self) -> Undelivered | None:
        """Why they are not delivered: what may pass before what will not."""
        if self.receipt or not self.tries:
            return None
        problems = [one.problem for one in self.tries if one.problem]
        passing = [one for one in problems if not one.permanent]
        soonest = [one for one in passing if one.after is not None]
        if soonest:
            return min(soonest, key=lambda one: one.after or timedelta.max)
        return (passing or problems)[0]


def carry(
    addresses: Sequence[Address],
    words: Words | Fitting,
    key: UUID,
    *,
    at: datetime,
    anew: bool = True,
) -> Carried:
    """Try the ways in order until one takes the words; say what happened to each.

    ``at`` is the world's time. Under the same ``key`` what an address took is not given
    to it again, whoever asks. A way that is down or refuses is passed over; one that is
    only busy is waited for, so that nobody hears a thing twice by two ways. Hold no
    transaction: a carrier may take seconds. Raises nothing that a carrier says.
    Without ``anew`` a way that failed before stays failed however long ago that was.
    """
    if (taken := _taken_before(addresses, key)) is not None:
        return Carried([taken])
    tries: list[Try] = []
    for address in addresses:
        said = words if isinstance(words, Words) else words(address)
        tries.append(_try(address, said, key, at, anew))
        problem = tries[-1].problem
        if problem is None or _is_worth_waiting_for(problem, address):
            break
    return Carried(tries)


def _taken_before(addresses: Sequence[Address], key: UUID) -> Try | None:
    """The way that took the words already, wherever it stands in the order by now."""
    if len(addresses) < 2:
        return None
    refs = {reference(key, address): address for address in addresses}
    rows = Delivery.objects.filter(ref__in=refs).order_by("pk")
    gone = next((row for row in rows if row.has_gone), None)
    return Try(refs[gone.ref], Receipt(gone.number)) if gone else None


def reference(key: UUID, address: Address) -> UUID:
    """The retry key for one address, made of the sender's."""
    return uuid5(key, f"{address.kind}:{address.to}")


def _is_worth_waiting_for(problem: Undelivered, address: Address) -> bool:
    if problem.permanent or problem.trouble == Trouble.PAUSED:
        return False
    return books.health_of(address.kind).failures < books.DOWN_AFTER


def _try(address: Address, words: Words, key: UUID, at: datetime, anew: bool) -> Try:
    try:
        carrier = _carrier(address.kind)
        delivery = _prepared(carrier, address, words, key, at, anew)
        if isinstance(delivery, Try):
            return delivery
        return Try(address, _give(carrier, address, words, delivery, at))
    except Undelivered as problem:
        return Try(address, problem=problem)


@transaction.atomic
def _prepared(
    carrier: ModuleType,
    address: Address,
    words: Words,
    key: UUID,
    at: datetime,
    anew: bool,
) -> Delivery | Try:
    """The delivery with its turn taken, or what became of it already: one commit."""
    delivery = _delivery(address, words, key, at)
    if delivery.has_gone:
        return Try(address, Receipt(delivery.number))
    try:
        _require_open(delivery, at, anew)
        _require_there(delivery, at)
        books.take_turn(address.kind, books.rate_of(address.kind, carrier.rate), at)
    except Undelivered as problem:
        return Try(address, problem=_while_patient(problem, delivery, at))
    Delivery.objects.filter(pk=delivery.pk).update(tries=F("tries") + 1)
    return delivery


def _while_patient(
    problem: Undelivered, delivery: Delivery, at: datetime
) -> Undelivered:
    """The problem with its hour; after a day of trying, without one."""
    if problem.after is None or at - delivery.first_at <= PATIENCE:
        return problem
    return Undelivered(problem.trouble, problem.detail)


def _carrier(kind: str) -> ModuleType:
    if not books.is_on(kind):
        raise Undelivered(Trouble.OFF)
    return import_module(settings.CHANNELS[kind])


def _delivery(address: Address, words: Words, key: UUID, at: datetime) -> Delivery:
    delivery, _made = Delivery.objects.get_or_create(
        ref=reference(key, address),
        defaults={
            "key": key,
            "kind": address.kind,
            "digest": books.digest_of(address.kind, address.to),
            "about": words.about,
            "first_at": at,
            "changed_at": at,
        },
    )
    return delivery


def _require_open(delivery: Delivery, at: datetime, anew: bool) -> None:
    """A refusal holds for a while; then a person's second try goes out again.

    What came back is not waited for, whatever was the matter there: its words are lost.
    """
    if delivery.state != Delivery.State.FAILED:
        return
    if not anew or at - delivery.changed_at < REFUSAL_HOLDS:
        trouble = Trouble(delivery.trouble or Trouble.REFUSED)
        came_back = Trouble.REFUSED if trouble in PASSING else trouble
        raise Undelivered(came_back, delivery.detail)
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.FAILED).update(
        state=Delivery.State.WAITING, changed_at=at
    )


def _require_there(delivery: Delivery, at: datetime) -> None:
    """What came back from an address yesterday is not followed by more today."""
    if delivery.tries:
        return
    theirs = Delivery.objects.filter(digest=delivery.digest, changed_at__gt=at - GONE)
    last = theirs.exclude(state=Delivery.State.WAITING).order_by("-changed_at").first()
    if last is None or last.trouble != Trouble.NO_SUCH_ADDRESS:
        return
    mine = Delivery.objects.filter(pk=delivery.pk)
    failed = {"state": Delivery.State.FAILED, "changed_at": last.changed_at}
    mine.update(**failed, trouble=last.trouble, detail=last.detail)
    raise Undelivered(Trouble.NO_SUCH_ADDRESS, last.detail)


def _give(
    carrier: ModuleType,
    address: Address,
    words: Words,
    delivery: Delivery,
    at: datetime,
) -> Receipt:
    try:
        receipt: Receipt = carrier.send(address.to, words, delivery.ref)
    except Undelivered as problem:
        noted = _noted(problem, delivery, at, getattr(carrier, "doubt", NO_DOUBT))
        raise _while_patient(noted, delivery, at) from problem
    _taken(delivery, receipt, at)
    return receipt


@transaction.atomic
def _taken(delivery: Delivery, receipt: Receipt, at: datetime) -> None:
    """The carrier has it: number, state and health in one commit.

    What the carrier has told of it meanwhile (arrived, read) is newer and stays.
    """
    mine = Delivery.objects.filter(pk=delivery.pk)
    waiting = mine.filter(state=Delivery.State.WAITING)
    kept = {"number": receipt.number, "sent_at": at}
    sent = {"state": Delivery.State.SENT, "trouble": "", "detail": ""}
    if not waiting.update(**kept, **sent, changed_at=at):
        mine.update(**kept)
    books.note_success(delivery.kind, at)


@transaction.atomic
def _noted(
    problem: Undelivered, delivery: Delivery, at: datetime, doubt: timedelta
) -> Undelivered:
    """Write the failure down; say when it is worth another try, unless never.

    A carrier that gave no answer may have sent: for its ``doubt`` it is waited for,
    since only what it tells meanwhile keeps a second try from being a second message.
    """
    if problem.trouble in OF_THE_CARRIER:
        books.note_failure(delivery.kind, problem, at)
    noted = {"trouble": problem.trouble, "detail": problem.detail[:300]}
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING)
    if problem.permanent:
        mine.update(state=Delivery.State.FAILED, changed_at=at, **noted)
        return problem
    mine.update(**noted)
    wait = problem.after or pause(
        delivery.tries + 1, random(), first=FIRST_RETRY, longest=LAST_RETRY
    )
    if problem.trouble == Trouble.NO_ANSWER:
        wait = max(wait, doubt)
    return Undelivered(problem.trouble, problem.detail, after=wait)
