"""An officer and a delegation: asked, agreed, introduced, relieved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.people.commands.engaged import Engaged, Span, require_free
from titian.people.commands.hours import free_from
from titian.people.commands.leaving import LONGEST_REASON, require_handed_over
from titian.people.models import Assignment, Delegation, Member, Officer
from titian.people.policy import coordinates, is_the_officer, may_introduce

__all__ = [
    "AlreadyAsked",
    "Engaged",
    "Reasonless",
    "agree",
    "agree_to_all",
    "ask_again",
    "assign",
    "change_role",
    "decline",
    "introduce",
    "relieve",
]


class AlreadyAsked(IllegalMove):
    """There is a present assignment of the pair; its argument says what to do."""


class Reasonless(ValueError):
    """A refusal or an override came without its reason, or with far too long a one."""


@transaction.atomic
def assign(
    officer_id: int,
    delegation_id: int,
    role: str = Assignment.Role.PRIMARY,
    *,
    group: str = "",
    authority: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    hours: Iterable[Span] | None = None,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Assignment:
    """Ask an officer to accompany a delegation; she answers herself.

    ``group`` is the sub-group she is for, such as the spouse; without one it is the
    whole delegation.

    ``hours`` are those in which she shall be with the delegation, where a plan knows
    them; else the whole span counts. An officer who is with another delegation in
    these hours is refused as ``Engaged``, with a sentence that names it, unless the
    coordinator gives a ``reason`` (sealed). Raises ``Forbidden`` unless the actor
    coordinates, ``AlreadyAsked`` if the pair has a present assignment.
    """
    if entry := journal.replayed(key, "officer.assigned", None, actor=actor):
        return Assignment.objects.get(pk=entry.subject_id)

    officer = Officer.objects.select_related("person", "event").get(pk=officer_id)
    delegation = Delegation.objects.get(pk=delegation_id, event=officer.event)
    _require_coordinator(actor, delegation)
    _require_no_present(officer, delegation)
    wanted = Assignment(
        officer=officer,
        delegation=delegation,
        role=Assignment.Role(role),
        group=Member.Group(group) if group else "",
        authority=authority,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    if not reason:
        require_free(wanted, hours)
    wanted.save()
    sealed = {"override": reason[:LONGEST_REASON]} if reason else None
    return _enter(wanted, "officer.assigned", sealed, actor=actor, at=at, key=key)


@transaction.atomic
def agree(
    assignment_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Assignment:
    """The officer says yes; from now on the guest sees her name.

    Raises ``Forbidden`` for anybody but the officer herself, ``IllegalMove`` unless
    she is asked.
    """
    if journal.replayed(key, "officer.agreed", assignment_id, actor=actor):
        return Assignment.objects.get(pk=assignment_id)

    assignment = _for_her_word(assignment_id, actor=actor)
    _move(assignment, "agree")
    return _enter(assignment, "officer.agreed", actor=actor, at=at, key=key)


@transaction.atomic
def agree_to_all(
    officer_id: int,
    assignment_ids: Sequence[int],
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Officer:
    """The officer says yes to all that she was shown at once, and to nothing else.

    What was answered or ended meanwhile stays as it is. Raises ``Forbidden`` for
    anybody but the officer herself, ``Assignment.DoesNotExist`` for another's.
    """
    officer = Officer.objects.select_related("person", "event").get(pk=officer_id)
    if journal.replayed(key, "officer.agreed_to_all", officer_id, actor=actor):
        return officer

    require(is_the_officer(actor, officer), _("Only the LO herself answers this."))
    rows = Assignment.objects.filter(officer=officer, pk__in=assignment_ids)
    shown = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    if len(shown) != len(set(assignment_ids)):
        raise Assignment.DoesNotExist
    asked = rows.filter(consent=Assignment.Consent.ASKED, relieved_at=None)
    agreed = [one.pk for one in asked.order_by("pk")]
    for pk in agreed:
        agree(pk, actor=actor, at=at)
    journal.write(
        "officer.agreed_to_all", officer, actor=actor, at=at, key=key, agreed=agreed
    )
    return officer


@transaction.atomic
def decline(
    assignment_id: int,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Assignment:
    """The officer says no, and why; her coming duties with them become gaps.

    The reason is sealed as hers. Raises ``Forbidden`` for anybody but the officer
    herself, ``Reasonless``, ``IllegalMove`` if she has declined or been relieved,
    ``StillOpen`` if the guests are hers and the relief has not accepted what is open.
    """
    if journal.replayed(key, "officer.declined", assignment_id, actor=actor):
        return Assignment.objects.get(pk=assignment_id)

    assignment = _for_her_word(assignment_id, actor=actor)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Reasonless(_("Say in a few words why you cannot."))
    if assignment.consent == Assignment.Consent.AGREED:
        require_handed_over(assignment.officer, assignment.delegation, at=at)
    _move(assignment, "decline")
    freed = free_from(assignment.officer, assignment.delegation, at=at)
    words = {"reason": reason.strip()}
    return _enter(
        assignment, "officer.declined", words, actor=actor, at=at, key=key, freed=freed
    )


@transaction.atomic
def ask_again(
    assignment_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Assignment:
    """Ask once more an officer who declined.

    Raises ``Forbidden`` unless the actor coordinates, ``IllegalMove`` unless declined.
    """
    if journal.replayed(key, "officer.asked_again", assignment_id, actor=actor):
        return Assignment.objects.get(pk=assignment_id)

    assignment = _locked(assignment_id)
    _require_coordinator(actor, assignment.delegation)
    _move(assignment, "ask_again")
    return _enter(assignment, "officer.asked_again", actor=actor, at=at, key=key)


@transaction.atomic
def introduce(
    assignment_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Assignment:
    """Write down when officer and guest first met.

    Raises ``Forbidden`` unless the actor is the officer or coordinates,
    ``IllegalMove`` unless the officer agreed.
    """
    if journal.replayed(key, "officer.introduced", assignment_id, actor=actor):
        return Assignment.objects.get(pk=assignment_id)

    assignment = _locked(assignment_id)
    require(
        may_introduce(actor, assignment),
        _("Only the LO herself or a coordinator introduces her."),
    )
    if assignment.consent != Assignment.Consent.AGREED:
        raise IllegalMove(_("The LO has not agreed yet."))
    if assignment.introduced_at is None:
        assignment.introduced_at = at
        assignment.save(update_fields=["introduced_at"])
    return _enter(assignment, "officer.introduced", actor=actor, at=at, key=key)


@transaction.atomic
def relieve(
    assignment_id: int,
    *,
    reason: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Assignment:
    """End an officer's assignment; her coming duties with them become gaps.

    Raises ``Forbidden`` unless the actor coordinates, ``IllegalMove`` if it ended,
    ``StillOpen`` while she has anything that no relief has accepted. With a ``reason``
    (sealed) the coordinator lets her go all the same: she is ill.
    """
    if journal.replayed(key, "officer.relieved", assignment_id, actor=actor):
        return Assignment.objects.get(pk=assignment_id)

    assignment = _locked(assignment_id)
    _require_coordinator(actor, assignment.delegation)
    forced = require_handed_over(
        assignment.officer, assignment.delegation, at=at, reason=reason
    )
    assignment.relieved_at = at
    assignment.save(update_fields=["relieved_at"])
    freed = free_from(assignment.officer, assignment.delegation, at=at)
    sealed = {"override": reason.strip()[:LONGEST_REASON]} if forced else None
    return _enter(
        assignment, "officer.relieved", sealed, actor=actor, at=at, key=key, freed=freed
    )


@transaction.atomic
def change_role(
    assignment_id: int,
    role: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Assignment:
    """She is with them in another role: a relief becomes the primary.

    Raises ``Forbidden`` unless the actor coordinates, ``IllegalMove`` if it ended.
    """
    if journal.replayed(key, "officer.role_changed", assignment_id, actor=actor):
        return Assignment.objects.get(pk=assignment_id)

    assignment = _locked(assignment_id)
    _require_coordinator(actor, assignment.delegation)
    before, assignment.role = assignment.role, Assignment.Role(role)
    assignment.save(update_fields=["role"])
    return _enter(
        assignment, "officer.role_changed", actor=actor, at=at, key=key, before=before
    )


def _locked(assignment_id: int) -> Assignment:
    """The present assignment, locked; ``IllegalMove`` if it ended."""
    rows = Assignment.objects.select_related("officer__person", "delegation__event")
    assignment = rows.select_for_update(of=("self",)).get(pk=assignment_id)
    if assignment.relieved_at is not None:
        raise IllegalMove(_("This assignment has ended."))
    return assignment


def _for_her_word(assignment_id: int, *, actor: Actor) -> Assignment:
    assignment = _locked(assignment_id)
    require(
        is_the_officer(actor, assignment.officer),
        _("Only the LO herself answers this."),
    )
    return assignment


def _move(assignment: Assignment, name: str) -> None:
    assignment.consent = Assignment.machine.after(assignment.consent, name)
    assignment.save(update_fields=["consent"])


def _require_coordinator(actor: Actor, delegation: Delegation) -> None:
    require(
        coordinates(actor, delegation.event),
        _("Only a coordinator decides who accompanies whom."),
    )


def _require_no_present(officer: Officer, delegation: Delegation) -> None:
    there = Assignment.objects.filter(
        officer=officer, delegation=delegation, relieved_at=None
    ).first()
    if there is None:
        return
    if there.consent == Assignment.Consent.DECLINED:
        raise AlreadyAsked(_("This LO declined. Ask again instead."))
    raise AlreadyAsked(_("This LO is already asked for this delegation."))


def _enter(
    assignment: Assignment,
    verb: str,
    sealed: Mapping[str, object] | None = None,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    **facts: Any,
) -> Assignment:
    journal.write(
        verb,
        assignment,
        actor=actor,
        at=at,
        key=key,
        about=assignment.officer.person_id if sealed else None,
        sealed=sealed,
        officer=assignment.officer_id,
        role=assignment.role,
        **facts,
    )
    return assignment
