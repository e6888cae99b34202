"""What is done to a notice: compose, revise, send, withdraw."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.briefing.audience import recipients, require_rule
from titian.briefing.models import Copy, Notice
from titian.briefing.policy import may_compose, may_revise
from titian.briefing.wording import Unsaid, Wording, whole
from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.bilingual import in_both
from titian.kernel.journal import Each
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event, Priority
from titian.kernel.policy import require
from titian.people.queries import speaker
from titian.places.models import Closure

DELIVER = "titian.reactions.briefing.deliver_copy"
SILENCE = "titian.briefing.timers.nobody_answered"


class Nobody(ValueError):
    """The rule means nobody: nothing to send. Its argument is a sentence."""


class AlreadyRevised(IllegalMove):
    """A newer version is being written or was sent; its argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Composed:
    """All that makes a version: its words, its rule, and how long silence may last."""

    words: Wording
    audience: Mapping[str, Any]
    silence_minutes: int = 10
    kind: str = Notice.Kind.CHANGE
    closure_id: int | None = None
    is_exercise: bool = False


@transaction.atomic
def compose(
    event_id: int,
    composed: Composed,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Notice:
    """Write a draft; nobody is told yet.

    Raises ``Forbidden`` unless the actor coordinates, ``Unsaid`` without title, news or
    reason, ``BadRule`` for what is no rule.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event_id)
    if entry := journal.replayed(key, "notice.composed", None, actor=actor):
        return Notice.objects.get(pk=entry.subject_id)

    require(may_compose(actor, event), _("Only a coordinator writes notices."))
    notice = Notice(event=event, code=next_code(event), composed_at=at)
    _write(notice, composed, actor)
    return _keep(notice, "notice.composed", actor=actor, at=at, key=key)


@transaction.atomic
def revise(
    notice_id: int,
    composed: Composed,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Notice:
    """Change a draft; of what was sent, begin the next version as a draft.

    Raises ``AlreadyRevised`` if the next version has begun, ``IllegalMove`` if it was
    withdrawn, and what ``compose`` raises.
    """
    notice = _locked(notice_id)
    if entry := journal.replayed(key, "notice.revised", None, actor=actor):
        return Notice.objects.get(pk=entry.subject_id)

    require(may_revise(actor, notice), _("Only a coordinator writes notices."))
    if notice.state != Notice.State.DRAFT:
        notice = _next_version(notice, at)
    _write(notice, composed, actor)
    return _keep(notice, "notice.revised", actor=actor, at=at, key=key)


@transaction.atomic
def send(
    notice_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Notice:
    """Freeze whom the rule means now, with a copy for each, and let the copies go.

    The version before is replaced; whoever had it gets this one as well. Raises
    ``Nobody`` if it would reach nobody, ``IllegalMove`` if it was sent or withdrawn.
    """
    notice = _locked(notice_id)
    if journal.replayed(key, "notice.sent", notice_id, actor=actor):
        return notice

    require(may_compose(actor, notice.event), _("Only a coordinator sends notices."))
    notice.move("send")
    copies = _freeze(notice, at)
    if notice.replaces_id is not None:
        replace(_locked(notice.replaces_id), actor=actor, at=at)
    notice.sent_at, notice.sent_by = at, speaker(actor)
    return let_go(notice, copies, "notice.sent", actor=actor, at=at, key=key)


def let_go(
    notice: Notice,
    copies: list[int],
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    priority: Priority = Priority.LAST,
) -> Notice:
    """Keep what was sent: each copy is owed by itself, and silence has its hour."""
    silence = timedelta(minutes=notice.silence_minutes)
    timers = [(SILENCE, at + silence)] if silence else []
    return _keep(
        notice,
        verb,
        actor=actor,
        at=at,
        key=key,
        owe=[Each(DELIVER, at, copies, priority), *timers],
        copies=len(copies),
    )


@transaction.atomic
def withdraw(
    notice_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Notice:
    """Say that it does not hold, and why; whoever was sent it hears so.

    Raises ``Unsaid`` without a reason, ``IllegalMove`` if it is replaced already.
    """
    notice = _locked(notice_id)
    if journal.replayed(key, "notice.withdrawn", notice_id, actor=actor):
        return notice

    require(
        may_compose(actor, notice.event), _("Only a coordinator withdraws notices.")
    )
    if not words.strip():
        raise Unsaid(_("Say why it does not hold."))
    was_sent = notice.state == Notice.State.SENT
    notice.move("withdraw")
    notice.ended_at, notice.ended_words = at, words.strip()[:300]
    told = list(notice.copies.exclude(sent_at=None).values_list("pk", flat=True))
    owe = [Each(DELIVER, at, told)] if was_sent else []
    return _keep(notice, "notice.withdrawn", actor=actor, at=at, key=key, owe=owe)


def _locked(notice_id: int) -> Notice:
    rows = Notice.objects.select_for_update(of=("self",)).select_related("event")
    return rows.get(pk=notice_id)


def next_code(event: Event) -> str:
    """N-0001 and on; asked while the event is held."""
    versions = Notice.objects.filter(event=event).order_by("-code")
    last = versions.values_list("code", flat=True).first() or "N-0000"
    return f"N-{int(last.partition('-')[2]) + 1:04d}"


def _next_version(notice: Notice, at: datetime) -> Notice:
    if Notice.objects.filter(replaces=notice).exists():
        raise AlreadyRevised(_("A newer version has been begun already."))
    if notice.state != Notice.State.SENT:
        raise IllegalMove(f"cannot revise what is {notice.state}")
    return Notice(
        event=notice.event,
        code=notice.code,
        version=notice.version + 1,
        replaces=notice,
        composed_at=at,
    )


def _write(notice: Notice, composed: Composed, actor: Actor) -> None:
    """Everything the author says; whose it is was decided before."""
    require_rule(composed.audience)
    for name, words in asdict(whole(composed.words)).items():
        setattr(notice, name, words)
    notice.audience = dict(composed.audience)
    notice.silence_minutes = composed.silence_minutes
    notice.kind, notice.is_exercise = composed.kind, composed.is_exercise
    notice.closure = _closure(notice, composed.closure_id)
    notice.composed_by = speaker(actor)


def _closure(notice: Notice, closure_id: int | None) -> Closure | None:
    if closure_id is None:
        return None
    return Closure.objects.get(pk=closure_id, event=notice.event)


def _freeze(notice: Notice, at: datetime) -> list[int]:
    """A copy for everybody the rule means, and for whoever had the version before."""
    meant = {
        one.person.pk: one.why for one in recipients(notice.event, notice.audience)
    }
    had = in_both(lambda: _("had the version before"))
    if notice.replaces_id is not None:
        before = Copy.objects.filter(notice=notice.replaces_id)
        for person in before.values_list("person", flat=True):
            meant.setdefault(person, [had])
    if not meant:
        raise Nobody(_("This rule means nobody at the moment. Change who is meant."))
    copies = Copy.objects.bulk_create(
        Copy(notice=notice, person_id=person, why=list(why), queued_at=at)
        for person, why in meant.items()
    )
    return [copy.pk for copy in copies]


def replace(old: Notice, *, actor: Actor, at: datetime) -> None:
    """A newer version has taken its place: every copy of the old one says so."""
    old.move("supersede")
    old.ended_at = at
    old.save()
    journal.write("notice.superseded", old, actor=actor, at=at)


def _keep(
    notice: Notice,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    owe: Sequence[journal.Owe] = (),
    copies: int | None = None,
) -> Notice:
    """Save the row and enter ``verb``; the words lie under their author's key."""
    notice.save()
    journal.write(
        verb,
        notice,
        actor=actor,
        at=at,
        key=key,
        about=notice.composed_by_id,
        sealed={"title": notice.title_en or notice.title_id},
        owe=owe,
        version=notice.version,
        state=notice.state,
        copies=copies,
    )
    return notice
