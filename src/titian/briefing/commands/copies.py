"""What becomes of each copy: sent, delivered, read, acknowledged; or silence."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.briefing import leaders
from titian.briefing.commands.notices import SILENCE
from titian.briefing.models import Copy, Notice
from titian.briefing.policy import answers_for, may_call
from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor, Kind
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require

EVERYBODY, HOUSE_ALONE, NOBODY = "everybody", "house", "nobody"
"""Whose open pages news of a step reaches; a carrier's work is news to nobody's."""


class Outdated(IllegalMove):
    """The notice does not hold any more; its argument is a sentence."""


@transaction.atomic
def acknowledge(
    copy_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Copy:
    """Say that it is known: the person, or her officer on her word; twice is once.

    Raises ``Forbidden`` for anybody else, ``Outdated`` if a newer version has taken its
    place or it was withdrawn.
    """
    copy = _locked(copy_id)
    if journal.replayed(key, "copy.acknowledged", copy_id, actor=actor):
        return copy

    require(answers_for(actor, copy), _("Only the person herself acknowledges this."))
    if not copy.notice.is_in_force:
        raise Outdated(_outdated(copy.notice))
    if copy.acknowledged_at is not None:
        return copy
    copy.acknowledged_at = at
    copy.read_at = copy.read_at or at
    return _keep(copy, "copy.acknowledged", actor=actor, at=at, key=key)


@transaction.atomic
def read(copy_id: int, *, actor: Actor, at: datetime, key: UUID | None = None) -> Copy:
    """Note that the person has it before her eyes; only the first time counts.

    Raises ``Forbidden`` unless it is the actor's own.
    """
    copy = _locked(copy_id)
    if journal.replayed(key, "copy.read", copy_id, actor=actor):
        return copy

    require(answers_for(actor, copy), _("Only the person herself reads this."))
    if copy.read_at is not None:
        return copy
    copy.read_at = at
    to = HOUSE_ALONE if actor.kind == Kind.LINK else EVERYBODY
    return _keep(copy, "copy.read", actor=actor, at=at, key=key, to=to)


@transaction.atomic
def open_page(copy_id: int, *, at: datetime) -> Copy:
    """Her page with the copy was fetched: it has arrived, if by a machine's hand.

    A messenger that draws a picture of a link opens the page as well, so to have read
    it takes an act (``read``).
    """
    copy = _locked(copy_id)
    if copy.delivered_at is not None:
        return copy
    copy.delivered_at = at
    return _keep(copy, "copy.delivered", actor=HOUSE, at=at, key=None, to=HOUSE_ALONE)


@transaction.atomic
def note_sent(copy_id: int, channel: str, *, at: datetime, key: UUID) -> Copy:
    """A carrier has taken it."""
    copy = _locked(copy_id)
    if journal.replayed(key, "copy.sent", copy_id, actor=HOUSE):
        return copy
    copy.sent_at, copy.sent_by = at, channel[:20]
    copy.failed_at, copy.trouble = None, ""
    return _keep(copy, "copy.sent", actor=HOUSE, at=at, key=key, to=NOBODY)


@transaction.atomic
def note_failed(copy_id: int, trouble: str, *, at: datetime, key: UUID) -> Copy:
    """No way that we know leads to the person, or all of them came back."""
    copy = _locked(copy_id)
    if journal.replayed(key, "copy.failed", copy_id, actor=HOUSE):
        return copy
    copy.failed_at, copy.trouble = at, trouble[:40]
    copy.sent_at, copy.sent_by = None, ""
    return _keep(copy, "copy.failed", actor=HOUSE, at=at, key=key, to=NOBODY)


@transaction.atomic
def note_arrived(
    copy_id: int, step: str, *, at: datetime, key: UUID | None = None
) -> Copy:
    """A carrier says that it is "delivered", or "read"; what came before stays."""
    copy = _locked(copy_id)
    verb = f"copy.{step}"
    if journal.replayed(key, verb, copy_id, actor=HOUSE):
        return copy
    if step not in {"delivered", "read"} or getattr(copy, f"{step}_at"):
        return copy
    setattr(copy, f"{step}_at", at)
    return _keep(copy, verb, actor=HOUSE, at=at, key=key)


@transaction.atomic
def call_leaders(
    notice_id: int,
    step: int,
    *,
    actor: Actor = HOUSE,
    at: datetime,
    key: UUID | None = None,
) -> list[Copy]:
    """Have the next leader up called for everybody who is still silent.

    Those whose chain has ended were called for by the coordinators and are left. With
    anybody still to climb for, so long a silence again has its hour. Raises
    ``Forbidden`` for anybody but the house and a coordinator.
    """
    rows = Notice.objects.select_for_update(of=("self",)).select_related("event")
    notice = rows.get(pk=notice_id)
    if journal.replayed(key, "notice.unanswered", notice_id, actor=actor):
        return list(notice.copies.filter(called_step=step))

    require(may_call(actor, notice.event), _("Only a coordinator calls the leaders."))
    silent = list(notice.copies.silent().filter(called_step=step - 1))
    chains = leaders.chains(notice.event, [copy.person_id for copy in silent])
    climbing = [copy for copy in silent if step <= len(chains[copy.person_id]) + 1]
    if not climbing:
        return []
    for copy in climbing:
        copy.called_id = leaders.at_step(chains[copy.person_id], step)
        copy.called_at, copy.called_step = at, step
        copy.calls = [*copy.calls, [copy.called_id, at.isoformat()]]
    Copy.objects.bulk_update(climbing, ["called", "called_at", "called_step", "calls"])
    again = timedelta(minutes=notice.silence_minutes)
    goes_on = again and any(copy.called_id for copy in climbing)
    journal.write(
        "notice.unanswered",
        notice,
        actor=actor,
        at=at,
        key=key,
        owe=[(SILENCE, at + again)] if goes_on else [],
        step=step,
        silent=len(climbing),
    )
    return climbing


def _locked(copy_id: int) -> Copy:
    rows = Copy.objects.select_for_update(of=("self",))
    return rows.select_related("notice__event", "person").get(pk=copy_id)


def _outdated(notice: Notice) -> str:
    if notice.state == Notice.State.SUPERSEDED:
        return _("A newer version has taken its place. Read and acknowledge that one.")
    return _("This notice was withdrawn. Nothing is to be acknowledged.")


def _keep(
    copy: Copy,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    to: str = EVERYBODY,
) -> Copy:
    """Save the row and enter ``verb``, told to whose pages it is news."""
    copy.save()
    house = [f"event:{copy.event.pk}"]
    journal.write(
        verb,
        copy,
        actor=actor,
        at=at,
        key=key,
        topics={EVERYBODY: None, HOUSE_ALONE: house, NOBODY: ()}[to],
        notice=copy.notice_id,
        channel=copy.sent_by,
        trouble=copy.trouble,
    )
    return copy
