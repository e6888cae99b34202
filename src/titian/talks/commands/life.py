"""The life of an agreement: drawn up, reviewed, in force, followed, ended."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.people.queries import speaker
from titian.talks.models import Agreement, Paper, Signatory, said
from titian.talks.policy import may_keep_agreement
from titian.talks.signed import present_version, require_same_bytes, standings

NOT_YOURS = gettext_lazy(
    "Only the protocol desk or a coordinator may do this to an agreement."
)
FOLLOWING = {"amended": "amend", "renewed": "renew"}


class NotReady(ValueError):
    """Something is still missing before the step; the sentence says what."""


@transaction.atomic
def put_on_file(
    agreement_id: int,
    paper_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """Say which document of the register is the agreement's text, while it is a draft.

    Raises ``IllegalMove`` later than that, ``Forbidden`` but for its keeper.
    """
    if journal.replayed(key, "agreement.put_on_file", agreement_id, actor=actor):
        return Agreement.objects.get(pk=agreement_id)

    agreement = for_keeping(agreement_id, actor=actor)
    if agreement.paper_id and agreement.state != Agreement.State.DRAFT:
        raise IllegalMove("its text is on file")
    seen = Paper.objects.visible_to(actor).filter(event=agreement.event)
    agreement.paper = seen.get(pk=paper_id)
    return record(agreement, "agreement.put_on_file", actor=actor, at=at, key=key)


@transaction.atomic
def review(
    agreement_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Agreement:
    """Every approver has approved the text on file: it is ready to be signed.

    Raises ``NotReady`` with the names that are missing, or without a text.
    """
    if journal.replayed(key, "agreement.reviewed", agreement_id, actor=actor):
        return Agreement.objects.get(pk=agreement_id)

    agreement = for_keeping(agreement_id, actor=actor)
    agreement.move("review")
    if present_version(agreement) is None:
        raise NotReady(_("There is no text on file yet: file the draft first."))
    named = standings(agreement)
    if not any(one.signatory.role == Signatory.Role.SIGNER for one in named):
        raise NotReady(_("Nobody is named to sign it yet."))
    missing = [
        one.signatory.name
        for one in named
        if one.signatory.role == Signatory.Role.APPROVER and one.signature is None
    ]
    if missing:
        raise NotReady(
            _("Still to approve: %(names)s.") % {"names": ", ".join(missing)}
        )
    return record(agreement, "agreement.reviewed", actor=actor, at=at, key=key)


@transaction.atomic
def send_back(
    agreement_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """It is a draft again, and why. Not while a signature stands under it."""
    if journal.replayed(key, "agreement.sent_back", agreement_id, actor=actor):
        return Agreement.objects.get(pk=agreement_id)

    agreement = for_keeping(agreement_id, actor=actor)
    agreement.move("send_back")
    given = (one for one in standings(agreement) if one.signature)
    if any(one.signatory.role == Signatory.Role.SIGNER for one in given):
        raise NotReady(_("A signature stands under it. Take it back first."))
    why = said(words, at_most=300)
    return record(
        agreement, "agreement.sent_back", actor=actor, at=at, key=key, words=why
    )


@transaction.atomic
def bring_into_force(
    agreement_id: int,
    on: date | None = None,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """From ``on`` it binds both; what it amends or renews is so from then on.

    Raises ``ChangedUnderSignature`` if the file is not the one that was signed.
    """
    if journal.replayed(key, "agreement.in_force", agreement_id, actor=actor):
        return Agreement.objects.get(pk=agreement_id)

    agreement = for_keeping(agreement_id, actor=actor)
    agreement.move("bring_into_force")
    if version := present_version(agreement):
        require_same_bytes(version)
    today = clock.local(agreement.event, at).date()
    agreement.valid_from = on or agreement.valid_from or today
    if agreement.follows is not None:
        _give_way(agreement, actor=actor, at=at)
    return record(agreement, "agreement.in_force", actor=actor, at=at, key=key)


@transaction.atomic
def follow(
    agreement_id: int,
    code: str,
    title: str,
    follows_as: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """Draw up what amends or renews an agreement in force, as a draft of its own.

    The one in force stays so, with all that is owed under it, until the new one is.
    """
    if entry := journal.replayed(key, "agreement.drawn_up", None, actor=actor):
        return Agreement.objects.get(pk=entry.subject_id)

    before = for_keeping(agreement_id, actor=actor)
    before.machine.after(before.state, FOLLOWING[follows_as])
    code = said(code, at_most=20)
    if before.event.agreements.filter(code=code).exists():
        raise NotReady(_("There is an agreement %(code)s already.") % {"code": code})
    made = Agreement.objects.create(
        event=before.event,
        delegation=before.delegation,
        code=code,
        kind=before.kind,
        title_en=said(title, at_most=200),
        title_id=said(title, at_most=200),
        follows=before,
        follows_as=follows_as,
        basis=before.basis,
    )
    return record(made, "agreement.drawn_up", actor=actor, at=at, key=key)


@transaction.atomic
def end(
    agreement_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Agreement:
    """It binds no more, and why. Lines still owed stay on the page as they stand."""
    if journal.replayed(key, "agreement.ended", agreement_id, actor=actor):
        return Agreement.objects.get(pk=agreement_id)

    agreement = for_keeping(agreement_id, actor=actor)
    agreement.move("end")
    agreement.ended_words = said(words, at_most=300)
    agreement.valid_to = clock.local(agreement.event, at).date()
    return record(
        agreement, "agreement.ended", actor=actor, at=at, key=key, words=words
    )


def send_back_changed(paper: Paper, *, actor: Actor, at: datetime) -> None:
    """What was reviewed in another text is a draft again; in the same transaction."""
    for agreement in paper.agreements.filter(state=Agreement.State.REVIEWED):
        agreement.move("send_back")
        record(agreement, "agreement.sent_back", actor=actor, at=at, key=None)


def for_keeping(agreement_id: int, *, actor: Actor) -> Agreement:
    """The agreement, locked, for who keeps it; ``Forbidden`` for anybody else."""
    rows = Agreement.objects.select_for_update(of=("self",))
    agreement = rows.select_related("event", "delegation", "follows").get(
        pk=agreement_id
    )
    require(may_keep_agreement(actor, agreement), str(NOT_YOURS))
    return agreement


def record(
    agreement: Agreement,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    words: str = "",
    **facts: int | str,
) -> Agreement:
    """Save the row and enter ``verb`` with the digest of the text on file."""
    agreement.save()
    version = present_version(agreement)
    journal.write(
        verb,
        agreement,
        actor=actor,
        at=at,
        key=key,
        about=speaker(actor).pk if words else None,
        sealed={"words": words} if words else None,
        state=agreement.state,
        sha256=version.sha256 if version else "",
        said=facts,
    )
    return agreement


def _give_way(agreement: Agreement, *, actor: Actor, at: datetime) -> None:
    """What is followed is amended or renewed at the moment its follower binds."""
    assert agreement.follows_id is not None
    before = for_keeping(agreement.follows_id, actor=actor)
    before.move(FOLLOWING[agreement.follows_as])
    verb = f"agreement.{agreement.follows_as}"
    record(before, verb, actor=actor, at=at, key=None, by=agreement.pk)
