"""Signatures as they are entered: who says that whom signed, when, on which bytes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.people.models import Person
from titian.people.queries import speaker
from titian.talks.commands.life import NotReady, for_keeping, record
from titian.talks.models import Agreement, Signatory, Signature, said
from titian.talks.policy import may_enter_signature
from titian.talks.signed import (
    ChangedUnderSignature,
    present_version,
    require_same_bytes,
    standings,
)

NOT_YOURS = gettext_lazy(
    "This signature is for that side, its officer or the protocol desk to enter."
)
A = Agreement.State
UNSIGNED = frozenset({A.DRAFT, A.REVIEWED})
OPEN_TO = {
    Signatory.Role.APPROVER: UNSIGNED,
    Signatory.Role.SIGNER: frozenset({A.REVIEWED}),
}


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody who is to approve, sign or observe."""

    role: str
    name: str
    title: str = ""
    turn: int = 1
    is_theirs: bool = False
    person_id: int | None = None


@transaction.atomic
def name_signatory(
    agreement_id: int,
    naming: Naming,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """Put somebody on the agreement's list; an observer reads it from then on.

    Raises ``IllegalMove`` once it is signed, ``Wordless`` without a name.
    """
    if journal.replayed(key, "agreement.signatory_named", agreement_id, actor=actor):
        return Agreement.objects.get(pk=agreement_id)

    agreement = for_keeping(agreement_id, actor=actor)
    role = Signatory.Role(naming.role)
    if role != Signatory.Role.OBSERVER and agreement.state not in UNSIGNED:
        raise IllegalMove("it is signed")
    Signatory.objects.create(
        agreement=agreement,
        role=role,
        turn=max(1, naming.turn),
        delegation=agreement.delegation if naming.is_theirs else None,
        person=Person.objects.filter(pk=naming.person_id or 0).first(),
        name=said(naming.name, at_most=200),
        title=said(naming.title, at_most=200, may_be_empty=True),
    )
    return record(
        agreement, "agreement.signatory_named", actor=actor, at=at, key=key, role=role
    )


@transaction.atomic
def enter(
    signatory_id: int,
    sha256: str,
    *,
    signed_at: datetime,
    place: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """Enter that somebody signed, or approved, the file with this digest.

    The last signer's makes the agreement signed. Raises ``ChangedUnderSignature`` if
    that is not the text on file or its bytes are not what was filed, ``NotReady`` out
    of turn, ``IllegalMove`` in another state, ``NotYet`` for an hour to come.
    """
    signatory = Signatory.objects.select_related("agreement__event").get(
        pk=signatory_id
    )
    about = signatory.agreement_id
    if journal.replayed(key, "agreement.signature_entered", about, actor=actor):
        return Agreement.objects.get(pk=about)

    agreement = _locked(about)
    require(may_enter_signature(actor, signatory), str(NOT_YOURS))
    _require_open(agreement, Signatory.Role(signatory.role))
    clock.require_happened(agreement.event, signed_at)
    version = present_version(agreement)
    if version is None or version.sha256 != sha256:
        raise ChangedUnderSignature(
            _("This is not the text on file any more. Look at the newest one first.")
        )
    require_same_bytes(version)
    _require_turn(agreement, signatory)
    Signature.objects.create(
        signatory=signatory,
        version=version,
        sha256=sha256,
        signed_at=signed_at,
        place=said(place, at_most=120, may_be_empty=True),
        entered_by=speaker(actor),
        entered_at=at,
    )
    _sign_if_complete(agreement, signed_at)
    return record(
        agreement,
        "agreement.signature_entered",
        actor=actor,
        at=at,
        key=key,
        signatory=signatory.pk,
        role=signatory.role,
        signed_at=signed_at.isoformat(),
    )


@transaction.atomic
def take_back(
    signature_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """A signature was entered wrongly: it counts no more, and stays in the history.

    Only until all have signed; raises ``IllegalMove`` after that.
    """
    signature = Signature.objects.select_related("signatory").get(pk=signature_id)
    about = signature.signatory.agreement_id
    if journal.replayed(key, "agreement.signature_taken_back", about, actor=actor):
        return Agreement.objects.get(pk=about)

    agreement = for_keeping(about, actor=actor)
    if agreement.state not in UNSIGNED or signature.taken_back_at:
        raise IllegalMove("it is signed, or taken back already")
    why = said(words, at_most=300)
    signature.taken_back_at = at
    signature.save(update_fields=["taken_back_at"])
    verb = "agreement.signature_taken_back"
    facts = {"signatory": signature.signatory_id}
    return record(agreement, verb, actor=actor, at=at, key=key, words=why, **facts)


@transaction.atomic
def forget_names_of(person_id: int) -> None:
    """Empty an erased person's name on agreements; that somebody signed stays."""
    Signatory.objects.filter(person=person_id).update(name="", title="")


def _locked(agreement_id: int) -> Agreement:
    Agreement.objects.select_for_update().get(pk=agreement_id)
    return Agreement.objects.select_related("event").get(pk=agreement_id)


def _require_open(agreement: Agreement, role: Signatory.Role) -> None:
    """An observer signs nothing; others in the states that are theirs."""
    if agreement.state not in OPEN_TO.get(role, frozenset()):
        raise IllegalMove(f"no {role} while it is {agreement.state}")


def _require_turn(agreement: Agreement, signatory: Signatory) -> None:
    """Whoever comes before has signed the text that is on file now."""
    waited_for = [one for one in standings(agreement) if one.is_next]
    if signatory.pk not in {one.signatory.pk for one in waited_for}:
        names = ", ".join(one.signatory.name for one in waited_for)
        raise NotReady(
            _("It is not this turn yet: first %(names)s.") % {"names": names}
        )


def _sign_if_complete(agreement: Agreement, signed_at: datetime) -> None:
    """The last signer's name makes it signed, on the day she signed."""
    signers = [
        one
        for one in standings(agreement)
        if one.signatory.role == Signatory.Role.SIGNER
    ]
    if signers and all(one.signature for one in signers):
        agreement.move("sign")
        day = clock.local(agreement.event, signed_at).date()
        agreement.signed_on = day
