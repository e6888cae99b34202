"""The evidence bundle of an agreement: texts, signatures and entries under a seal."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from titian.exchange import proof
from titian.exchange.bundle_words import readme
from titian.kernel import documents, journal, seal
from titian.kernel.actor import Actor
from titian.kernel.models import ChainLink, Entry
from titian.kernel.policy import require
from titian.people.policy import accompanies
from titian.talks.models import (
    Agreement,
    Deliverable,
    Evidence,
    Paper,
    PaperVersion,
    Signature,
)
from titian.talks.policy import may_keep_agreement
from titian.talks.signed import ChangedUnderSignature, require_same_bytes


class NothingToSeal(ValueError):
    """No text is on file for the agreement."""


@transaction.atomic
def make_bundle(
    agreement_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> bytes:
    """The bundle as it stands at ``at``; that it was made is in the journal.

    Raises ``Forbidden`` but for its keeper and the officer of the other side,
    ``NothingToSeal`` without a text, ``ChangedUnderSignature`` if a file on the disk is
    not the one that was filed.
    """
    agreement = (
        Agreement.objects.visible_to(actor)
        .select_related("event", "delegation__party", "paper")
        .get(pk=agreement_id)
    )
    require(
        may_keep_agreement(actor, agreement)
        or (actor.on_word_of is None and accompanies(actor, agreement.delegation)),
        _("Only the protocol desk, a coordinator or their officer may do this."),
    )
    paper = Paper.objects.visible_to(actor).filter(pk=agreement.paper_id or 0).first()
    if paper is None:
        raise NothingToSeal(_("There is no text on file yet: file the draft first."))
    parts = dict(_parts(agreement, paper, at))
    said = {"about": f"{agreement.code} {agreement.title_en}", "made_at": _hour(at)}
    manifest = proof.manifest_of(parts, said)
    if not journal.replayed(key, "agreement.bundled", agreement_id, actor=actor):
        journal.write(
            "agreement.bundled",
            agreement,
            actor=actor,
            at=at,
            key=key,
            manifest=sha256(manifest).hexdigest(),
            seal=seal.prints()[0],
        )
    pressed = proof.written(seal.press(manifest))
    return proof.pack({**parts, proof.MANIFEST: manifest, proof.SEAL: pressed})


def _parts(
    agreement: Agreement, paper: Paper, at: datetime
) -> Iterator[tuple[str, bytes]]:
    texts = list(paper.versions.select_related("document").order_by("number"))
    names = {text.pk: f"documents/v{text.number}-{_safe(text.name)}" for text in texts}
    for text in texts:
        yield names[text.pk], require_same_bytes(text)
    yield from _evidence(agreement)
    signatures = [_signature(one, names) for one in _signatures(agreement)]
    entries = list(_entries(agreement, paper))
    yield proof.SIGNATURES, proof.written(signatures)
    yield proof.JOURNAL, proof.written(entries)
    yield "agreement.json", proof.written(_facts(agreement, paper, texts))
    words = readme(agreement, paper, texts, signatures, len(entries), at)
    yield "README.txt", words.encode()


def _evidence(agreement: Agreement) -> Iterator[tuple[str, bytes]]:
    rows = Evidence.objects.filter(deliverable__agreement=agreement)
    for one in rows.exclude(document=None).select_related("document", "deliverable"):
        assert one.document is not None
        name = f"evidence/line-{one.deliverable.line}-{one.pk}-{_safe(one.name)}"
        try:
            yield name, documents.content_of(one.document)
        except (FileNotFoundError, documents.Unreadable) as problem:
            raise ChangedUnderSignature(
                _("The file “%(name)s” on the disk is not the one that was filed.")
                % {"name": one.name}
            ) from problem


def _signatures(agreement: Agreement) -> Iterator[Signature]:
    rows = Signature.objects.filter(signatory__agreement=agreement)
    yield from rows.select_related("signatory__delegation__party", "entered_by")


def _signature(one: Signature, names: dict[int, str]) -> dict[str, Any]:
    who = one.signatory
    return {
        "role": who.role,
        "turn": who.turn,
        "side": who.delegation.name if who.delegation else "host",
        "name": who.name,
        "title": who.title,
        "signed_at": _hour(one.signed_at),
        "place": one.place,
        "file": names.get(one.version_id, ""),
        "sha256": one.sha256,
        "entered_by": one.entered_by.display,
        "entered_at": _hour(one.entered_at),
        "taken_back_at": _hour(one.taken_back_at) if one.taken_back_at else None,
    }


def _entries(agreement: Agreement, paper: Paper) -> Iterator[dict[str, Any]]:
    lines = agreement.lines.values("pk")
    about = (
        Q(subject_kind=Agreement._meta.label_lower, subject_id=agreement.pk)
        | Q(subject_kind=Deliverable._meta.label_lower, subject_id__in=lines)
        | Q(subject_kind=Paper._meta.label_lower, subject_id=paper.pk)
    )
    entries = list(Entry.objects.filter(about).select_related("link").order_by("pk"))
    places = [entry.link.position for entry in entries if hasattr(entry, "link")]
    before = dict(
        ChainLink.objects.filter(position__in=[at - 1 for at in places]).values_list(
            "position", "digest"
        )
    )
    for entry in entries:
        link = getattr(entry, "link", None)
        yield {
            "position": link.position if link else None,
            "previous": before.get(link.position - 1, "") if link else None,
            "digest": link.digest if link else None,
            "columns": {
                field.attname: field.value_to_string(entry)
                for field in Entry._meta.concrete_fields
            },
        }


def _facts(
    agreement: Agreement, paper: Paper, texts: list[PaperVersion]
) -> dict[str, Any]:
    return {
        "event": agreement.event.code,
        "code": agreement.code,
        "number": paper.number,
        "kind": agreement.kind,
        "title": {"en": agreement.title_en, "id": agreement.title_id},
        "with": agreement.delegation.name,
        "state": agreement.state,
        "signed_on": str(agreement.signed_on or ""),
        "valid_from": str(agreement.valid_from or ""),
        "valid_to": str(agreement.valid_to or ""),
        "basis": agreement.basis,
        "texts": [
            {"number": one.number, "name": one.name, "sha256": one.sha256}
            for one in texts
        ],
        "lines": [
            {
                "line": line.line,
                "clause": line.clause_en,
                "direction": line.direction,
                "what": line.what_en,
                "due_at": _hour(line.due_at),
                "state": line.state,
            }
            for line in agreement.lines.order_by("line")
        ],
    }


def _safe(name: str) -> str:
    """A name every system unpacks: plain letters, no folders."""
    plain = name.encode("ascii", "ignore").decode() or "file"
    return get_valid_filename(plain.replace("/", "_").lstrip(".") or "file")[-80:]


def _hour(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
