"""A party is not content with its LO: another one comes, and it is kept why."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop.commands import answering
from titian.loop.commands.thread import keep, locked
from titian.loop.models import Ask, Feedback
from titian.loop.policy import is_team
from titian.people.commands import assignments, duties
from titian.people.models import Assignment, Duty
from titian.people.policy import coordinates


@transaction.atomic
def replace_officer(
    ask_id: int,
    assignment_id: int,
    officer_id: int,
    reason: str = "",
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Let another LO accompany the party from now on, with all hours still to come.

    The complaint is answered, and keeps who left and who came; the LO reads nothing of
    it. Raises ``Forbidden`` unless the actor coordinates, ``IllegalMove`` if the ask is
    no complaint or over, ``StillOpen`` while anything is not handed over and no
    ``reason`` (sealed) lets her go, ``Engaged`` or ``Unfit`` of who cannot come.
    """
    ask = locked(ask_id)
    if journal.replayed(key, "ask.officer_replaced", ask_id, actor=actor):
        return ask

    require(coordinates(actor, ask.event), _("Only a coordinator replaces an LO."))
    given = complaint_of(ask)
    if given is None or ask.state not in {Ask.State.PASSED, Ask.State.IN_HAND}:
        raise IllegalMove("this is no complaint, or it is over")
    rows = Assignment.objects.filter(delegation=given.delegation_id)
    old = rows.select_related("officer__person").get(pk=assignment_id)
    came = _change(old, officer_id, reason.strip(), actor=actor, at=at, key=key)
    keep(
        ask,
        "ask.officer_replaced",
        actor=actor,
        at=at,
        key=key,
        left=old.pk,
        came=came.pk,
        officers=[old.officer.person_id, came.officer.person_id],
    )
    return _answer(ask, came, actor=actor, at=at, key=key)


def complaint_of(ask: Ask) -> Feedback | None:
    """What a guest said about her LO, if that is what the ask came of."""
    rows = Feedback.objects.filter(ask=ask, about=Feedback.About.OFFICER)
    return rows.select_related("delegation__party", "delegation__event").first()


def _change(
    old: Assignment,
    officer_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> Assignment:
    """The new one, asked if need be, holds the hours at once; the other leaves."""
    act = partial(_act, actor=actor, at=at, key=key)
    there = Assignment.objects.filter(
        officer=officer_id, delegation=old.delegation, relieved_at=None
    ).exclude(consent=Assignment.Consent.DECLINED)
    came = there.select_related("officer__person").first() or act(
        assignments.assign,
        officer_id,
        old.delegation_id,
        old.role,
        group=old.group,
        authority=old.authority,
        ends_at=old.ends_at,
        reason=reason,
    )
    if came.role != old.role:
        came = act(assignments.change_role, came.pk, old.role)
    held = Duty.objects.filter(
        officer=old.officer, delegation=old.delegation, ends_at__gt=at
    ).filter(withdrawn_at=None)
    for duty in list(held.values_list("pk", flat=True)):
        act(duties.stand_in, duty, officer_id, reason=reason)
    act(assignments.relieve, old.pk, reason=reason)
    return came


def _act[T](
    command: Callable[..., T],
    subject: int,
    *rest: object,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **named: object,
) -> T:
    """One of the acts that go with it, under a key of its own."""
    own = uuid5(key, f"{command.__name__}:{subject}") if key else None
    return command(subject, *rest, actor=actor, at=at, key=own, **named)


def _answer(
    ask: Ask, came: Assignment, *, actor: Actor, at: datetime, key: UUID | None
) -> Ask:
    """The complaint's answer, where the coordinator sits at the team that has it."""
    if not is_team(actor, ask):
        return ask
    along = partial(uuid5, key) if key else (lambda _what: None)
    if ask.state == Ask.State.PASSED:
        answering.accept(ask.pk, actor=actor, at=at, key=along("accept"))
    words = _("From now on %(name)s accompanies them.") % {
        "name": came.officer.person.display
    }
    return answering.answer(ask.pk, words, actor=actor, at=at, key=along("answer"))
