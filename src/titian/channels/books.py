"""The books every carrier shares: its health, its turn, whose window is open."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from random import random

from django.conf import settings
from django.db.models import F
from django.utils.module_loading import import_string

from titian.channels import Health, Rate, Trouble, Undelivered
from titian.channels.models import Carrier, Heard
from titian.channels.patience import booked, next_turn, pause

DOWN_AFTER = 3
"""So many failures in a row, and the carrier is left alone for a while."""
WINDOW = timedelta(hours=24)


def digest_of(kind: str, address: str) -> str:
    """What stands in the books for an address: told from no other by nobody else."""
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, f"{kind}:{address}".encode(), sha256).hexdigest()


def rate_of(kind: str, usual: Rate) -> Rate:
    """The carrier's rate: its own, or what the operator agreed with the provider."""
    a_second = settings.CHANNEL_RATES.get(kind)
    return usual if not a_second else Rate(a_second, max(usual.at_once, int(a_second)))


def health_of(kind: str) -> Health:
    """How the carrier has been; one never used has a clean sheet."""
    row = Carrier.objects.filter(kind=kind).first()
    if row is None:
        return Health(kind)
    return Health(
        kind,
        row.last_success_at,
        row.last_failure_at,
        row.failures,
        row.paused_until,
        row.trouble,
        row.detail,
    )


def take_turn(kind: str, rate: Rate, at: datetime) -> None:
    """Take the next turn, or ``Undelivered`` with how long to wait for one."""
    while True:
        row, _made = Carrier.objects.get_or_create(kind=kind)
        if row.paused_until is not None and row.paused_until > at:
            raise Undelivered(Trouble.PAUSED, after=row.paused_until - at)
        turn = next_turn(row.free_at, rate, at)
        if turn > at:
            raise Undelivered(Trouble.TOO_FAST, after=turn - at)
        mine = Carrier.objects.filter(kind=kind, free_at=row.free_at)
        if mine.update(free_at=booked(row.free_at, rate, at)):
            return


def note_success(kind: str, at: datetime) -> None:
    """It took something: it is well."""
    Carrier.objects.filter(kind=kind).update(
        failures=0, last_success_at=at, paused_until=None, trouble="", detail=""
    )


def note_failure(kind: str, problem: Undelivered, at: datetime) -> None:
    """It failed; from the third time in a row it is left alone for a while."""
    row = Carrier.objects.filter(kind=kind)
    row.update(
        failures=F("failures") + 1,
        last_failure_at=at,
        trouble=problem.trouble,
        detail=problem.detail[:300],
    )
    failures = row.values_list("failures", flat=True).get()
    wait = pause(failures, random()) if failures >= DOWN_AFTER else timedelta(0)
    until = at + max(wait, problem.after or wait)
    if until > at:
        row.update(paused_until=until)


def note_heard(kind: str, address: str, at: datetime) -> None:
    """The address wrote to us: for a day it may be answered in any words."""
    heard, made = Heard.objects.get_or_create(
        kind=kind, digest=digest_of(kind, address), defaults={"at": at}
    )
    if not made:
        Heard.objects.filter(pk=heard.pk, at__lt=at).update(at=at)


def is_window_open(kind: str, address: str, at: datetime) -> bool:
    """Whether the address wrote to us within the last 24 hours."""
    return Heard.objects.filter(
        kind=kind, digest=digest_of(kind, address), at__gt=at - WINDOW
    ).exists()


def is_on(kind: str) -> bool:
    """Whether the operator has switched the channel on."""
    path = settings.CHANNELS.get(kind)
    return bool(path) and bool(import_string(f"{path}.is_on")())
