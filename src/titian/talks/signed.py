"""What has been signed, on which bytes; and what that forbids."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from titian.kernel import documents
from titian.talks.models import Agreement, Paper, PaperVersion, Signatory, Signature


class ChangedUnderSignature(ValueError):
    """The text that somebody signed is not the text that is filed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One signatory, and the signature on the text that is filed now, if any."""

    signatory: Signatory
    signature: Signature | None
    former: tuple[Signature, ...]
    is_next: bool


def present_version(agreement: Agreement) -> PaperVersion | None:
    """The text that is filed now for the agreement."""
    if agreement.paper_id is None:
        return None
    rows = PaperVersion.objects.filter(paper=agreement.paper_id)
    return rows.select_related("document").order_by("number").last()


def standings(agreement: Agreement) -> list[Standing]:
    """Approvers, then signers in their turn, then observers; who is next of them."""
    rows = agreement.signatories.select_related("delegation__party", "person")
    order = {role: place for place, role in enumerate(Signatory.Role.values)}
    named = sorted(rows, key=lambda one: (order[one.role], one.turn, one.pk))
    digest = version.sha256 if (version := present_version(agreement)) else ""
    given: dict[int, list[Signature]] = {}
    for one in Signature.objects.filter(
        signatory__agreement=agreement, taken_back_at=None
    ).select_related("entered_by", "version"):
        given.setdefault(one.signatory_id, []).append(one)
    present = {
        pk: signature
        for pk, signatures in given.items()
        for signature in signatures
        if signature.sha256 == digest
    }
    turn = _turn(named, present)
    return [
        Standing(
            one,
            present.get(one.pk),
            tuple(s for s in given.get(one.pk, ()) if s.sha256 != digest),
            is_next=one.pk not in present and (order[one.role], one.turn) == turn,
        )
        for one in named
    ]


def is_altered(agreement: Agreement) -> bool:
    """Whether somebody signed a text that is not the one filed now."""
    return any(one.former for one in standings(agreement))


def require_unsigned(paper: Paper) -> None:
    """Raise ``ChangedUnderSignature`` if anybody has signed the text that is filed."""
    count = Signature.objects.filter(
        version__paper=paper,
        taken_back_at=None,
        signatory__role=Signatory.Role.SIGNER,
        signatory__agreement__state__in=[
            state for state in Agreement.State if state != Agreement.State.DRAFT
        ],
    ).count()
    if count:
        raise ChangedUnderSignature(
            ngettext(
                "%(n)s signature stands under the filed text, so it is not changed. "
                "Draw up an amendment, or take the signature back first.",
                "%(n)s signatures stand under the filed text, so it is not changed. "
                "Draw up an amendment, or take the signatures back first.",
                count,
            )
            % {"n": count}
        )


def require_same_bytes(version: PaperVersion) -> bytes:
    """The bytes of the version; ``ChangedUnderSignature`` if they are not as filed."""
    try:
        return documents.content_of(version.document)
    except (FileNotFoundError, documents.Unreadable) as problem:
        raise ChangedUnderSignature(
            _("The file “%(name)s” on the disk is not the one that was filed.")
            % {"name": version.name}
        ) from problem


def _turn(
    named: list[Signatory], present: dict[int, Signature]
) -> tuple[int, int] | None:
    order = {role: place for place, role in enumerate(Signatory.Role.values)}
    waiting = [
        (order[one.role], one.turn)
        for one in named
        if one.role != Signatory.Role.OBSERVER and one.pk not in present
    ]
    return min(waiting, default=None)
