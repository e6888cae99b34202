"""Files that a provider keeps for us until we fetch them."""

from datetime import timedelta
from hashlib import sha256
from random import random
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from titian.channels import Trouble, Undelivered, wire
from titian.channels.patience import pause
from titian.channels.whatsapp import authorisation, error_of, undelivered
from titian.intake.message import Paper
from titian.intake.models import Incoming
from titian.intake.papers import keep_paper
from titian.kernel import clock, journal
from titian.kernel.actor import FEED
from titian.kernel.models import Consequence

PATIENCE = timedelta(hours=24)
FIRST, LONGEST = timedelta(minutes=1), timedelta(minutes=15)


def fetch(owed: Consequence) -> None:
    """Fetch what is still with the provider, each file once; what is gone is counted.

    Holds no transaction while it asks. Raises ``Undelivered`` while the provider is
    away: for a day that costs no attempt.
    """
    rows = Incoming.objects.select_related("event", "ask")
    incoming = rows.get(pk=owed.entry.subject_id)
    while incoming.media:
        number, name, media_type, _digest = incoming.media[0]
        try:
            content = _fetched(number)
        except Undelivered as problem:
            raise _later(problem, incoming, owed) from problem
        if content is None:
            incoming.left_out += 1
        else:
            paper = Paper(name, media_type, content)
            keep_paper(incoming, paper, clock.real_time())
        incoming.media = incoming.media[1:]
        _enter(incoming, uuid5(owed.key, number))


@transaction.atomic
def _enter(incoming: Incoming, key: UUID) -> None:
    """One file less is outside: whoever reads the ask sees what is here by now."""
    incoming.save(update_fields=["media", "left_out"])
    journal.write(
        "incoming.fetched",
        incoming,
        actor=FEED,
        at=clock.time_at(incoming.event),
        key=key,
        topics=incoming.ask.topics if incoming.ask else (),
        left=len(incoming.media),
    )


def _fetched(number: str) -> bytes | None:
    """The bytes, or ``None`` if the provider keeps them no more."""
    where = wire.ask(f"{settings.WHATSAPP['api']}/{number}", headers=authorisation())
    if where.status in {400, 404, 410}:
        return None
    if where.status >= 300:
        raise undelivered(error_of(where), where.status)
    got = wire.ask(str(where.json.get("url", "")), headers=authorisation())
    if got.status in {404, 410}:
        return None
    if got.status >= 300:
        raise Undelivered(Trouble.NO_ANSWER, got.detail)
    said = str(where.json.get("sha256", ""))
    if len(said) == 64 and said != sha256(got.body).hexdigest():
        raise Undelivered(Trouble.NO_ANSWER, "the file is not the one that was sent")
    return got.body


def _later(problem: Undelivered, incoming: Incoming, owed: Consequence) -> Undelivered:
    if clock.real_time() - incoming.came_at > PATIENCE:
        return Undelivered(problem.trouble, problem.detail)
    wait = pause(owed.attempts + 1, random(), first=FIRST, longest=LONGEST)
    return Undelivered(problem.trouble, problem.detail, after=problem.after or wait)
