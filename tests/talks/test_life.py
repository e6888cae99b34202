"""The life of an agreement: reviewed, signed in turn, in force, followed, ended."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from tests.talks.paper import Paper as Sheet
from tests.talks.paper import make_paper, verbs
from tests.world import HOUR, NOON, World
from titian.kernel.actor import Actor
from titian.kernel.clock import NotYet
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.talks.commands import drafting, filing, life, signing
from titian.talks.commands.filing import File, Filing
from titian.talks.commands.life import NotReady
from titian.talks.commands.signing import Naming
from titian.talks.models import Agreement, PaperVersion, Signatory, Signature
from titian.talks.signed import ChangedUnderSignature, is_altered, standings

NAMES = (
    ("approver", "Legal", False, 1),
    ("signer", "The minister", False, 2),
    ("signer", "Their minister", True, 1),
    ("observer", "The bank", False, 1),
)


@dataclass(frozen=True)
class Draft:
    """An agreement whose text is filed and whose signatories are named."""

    pk: int
    paper_id: int
    wati: Actor

    @property
    def agreement(self) -> Agreement:
        return Agreement.objects.get(pk=self.pk)

    @property
    def digest(self) -> str:
        last = PaperVersion.objects.filter(paper=self.paper_id).last()
        return last.sha256 if last else ""

    def signatory(self, name: str) -> Signatory:
        return Signatory.objects.get(agreement=self.pk, name=name)

    def enter(self, name: str, actor: Actor | None = None) -> None:
        signing.enter(
            self.signatory(name).pk,
            self.digest,
            signed_at=NOON,
            place="Denpasar",
            actor=actor or self.wati,
            at=NOON,
        )

    def newer(self, text: bytes = b"changed") -> None:
        brought = File(text, "b.txt", "text/plain")
        filing.supersede(self.paper_id, brought, actor=self.wati, at=NOON)

    def sign_all(self) -> None:
        self.enter("Legal")
        life.review(self.pk, actor=self.wati, at=NOON)
        self.enter("Their minister")
        self.enter("The minister")


def make_draft(world: World, sheet: Sheet) -> Draft:
    said: dict[str, Any] = {"actor": world.wati, "at": NOON}
    document = filing.file(
        world.event.pk,
        Filing("AGR", "Boats and rooms", (world.arunika.pk,), secrecy="open"),
        File(b"We lend two boats.", "boats.txt", "text/plain", "We lend two boats."),
        **said,
    )
    life.put_on_file(sheet.agreement.pk, document.pk, **said)
    for role, name, is_theirs, turn in NAMES:
        naming = Naming(role, name, turn=turn, is_theirs=is_theirs)
        signing.name_signatory(sheet.agreement.pk, naming, **said)
    return Draft(sheet.agreement.pk, document.pk, world.wati)


@pytest.fixture
def draft(world: World, paper: Sheet) -> Draft:
    return make_draft(world, paper)


def test_it_goes_from_draft_to_force_in_the_order_of_its_signers(draft: Draft) -> None:
    draft.sign_all()
    life.bring_into_force(draft.pk, actor=draft.wati, at=NOON)

    agreement = draft.agreement
    assert (agreement.state, agreement.signed_on) == ("in_force", NOON.date())
    assert [one.signature is not None for one in standings(agreement)] == [
        *(True, True, True),
        False,
    ]


def test_it_is_in_force_from_and_until_the_day_of_its_place(
    world: World, draft: Draft
) -> None:
    world.event.zone = "Asia/Makassar"
    world.event.save()
    draft.sign_all()
    Agreement.objects.update(valid_from=None)
    after_midnight = NOON + 6 * HOUR  # two in the morning there

    life.bring_into_force(draft.pk, actor=draft.wati, at=after_midnight)
    life.end(draft.pk, "All is done", actor=draft.wati, at=after_midnight)

    tomorrow = NOON.date() + timedelta(days=1)
    assert draft.agreement.valid_from == draft.agreement.valid_to == tomorrow


def test_a_text_that_arrives_twice_is_one_version(world: World, paper: Sheet) -> None:
    file_text = partial(drafting.file_text, paper.agreement.pk, actor=world.wati)
    for number in (1, 2):
        brought = File(b"text %d" % number, "a.txt", "text/plain")
        for _time in range(2):
            file_text(brought, at=NOON, key=UUID(int=number))

    assert list(PaperVersion.objects.values_list("number", flat=True)) == [1, 2]


def test_nothing_is_reviewed_before_its_approver_has_approved(draft: Draft) -> None:
    with pytest.raises(NotReady, match=r"Still to approve: Legal\."):
        life.review(draft.pk, actor=draft.wati, at=NOON)


def test_nobody_signs_out_of_turn(draft: Draft) -> None:
    draft.enter("Legal")
    life.review(draft.pk, actor=draft.wati, at=NOON)

    with pytest.raises(NotReady, match="first Their minister"):
        draft.enter("The minister")


def test_an_observer_and_whoever_has_signed_already_sign_nothing(draft: Draft) -> None:
    draft.enter("Legal")
    life.review(draft.pk, actor=draft.wati, at=NOON)
    draft.enter("Their minister")

    with pytest.raises(IllegalMove):
        draft.enter("The bank")
    with pytest.raises(NotReady):
        draft.enter("Their minister")


def test_a_changed_file_under_a_signature_is_refused(draft: Draft) -> None:
    draft.enter("Legal")
    life.review(draft.pk, actor=draft.wati, at=NOON)
    draft.enter("Their minister")

    with pytest.raises(ChangedUnderSignature, match="1 signature stands under"):
        draft.newer()
    with pytest.raises(ChangedUnderSignature):
        filing.withdraw(draft.paper_id, actor=draft.wati, at=NOON)


def test_a_newer_text_makes_what_was_reviewed_a_draft_and_shows_what_was_approved(
    draft: Draft,
) -> None:
    draft.enter("Legal")
    life.review(draft.pk, actor=draft.wati, at=NOON)

    draft.newer()

    assert draft.agreement.state == "draft"
    assert is_altered(draft.agreement)
    with pytest.raises(NotReady):
        life.review(draft.pk, actor=draft.wati, at=NOON)


def test_a_signature_on_a_former_digest_is_refused(draft: Draft) -> None:
    former = draft.digest
    draft.newer()

    with pytest.raises(ChangedUnderSignature):
        signing.enter(
            draft.signatory("Legal").pk,
            former,
            signed_at=NOON,
            actor=draft.wati,
            at=NOON,
        )


def test_a_signature_of_an_hour_to_come_is_refused(draft: Draft) -> None:
    with pytest.raises(NotYet):
        signing.enter(
            draft.signatory("Legal").pk,
            draft.digest,
            signed_at=NOON + HOUR,
            actor=draft.wati,
            at=NOON,
        )


def test_each_side_enters_its_own_and_nobody_the_other_ones(
    world: World, draft: Draft
) -> None:
    draft.enter("Legal")
    life.review(draft.pk, actor=draft.wati, at=NOON)

    for actor in (world.eve, world.bruna, *world.nobodies().values()):
        with pytest.raises(Forbidden):
            draft.enter("Their minister", actor)
    draft.enter("Their minister", world.for_ingrid)
    with pytest.raises(Forbidden):
        draft.enter("The minister", world.for_ingrid)

    given = Signature.objects.get(signatory__name="Their minister")
    assert given.entered_by_id == world.ingrid.person_id


def test_only_its_keeper_takes_it_through_its_life(world: World, draft: Draft) -> None:
    for actor in (world.marco, world.ingrid, world.bruna, world.eve):
        with pytest.raises(Forbidden):
            life.end(draft.pk, "no", actor=actor, at=NOON)


def test_a_signature_entered_wrongly_is_taken_back_until_all_have_signed(
    draft: Draft,
) -> None:
    draft.enter("Legal")
    life.review(draft.pk, actor=draft.wati, at=NOON)
    draft.enter("Their minister")
    wrong = Signature.objects.get(signatory__name="Their minister")

    signing.take_back(wrong.pk, "It was her deputy", actor=draft.wati, at=NOON)
    draft.enter("Their minister")
    draft.enter("The minister")

    last = Signature.objects.latest("pk")
    with pytest.raises(IllegalMove):
        signing.take_back(last.pk, "no", actor=draft.wati, at=NOON)


def test_what_follows_takes_its_place_only_once_it_is_in_force(
    world: World, draft: Draft
) -> None:
    draft.sign_all()
    life.bring_into_force(draft.pk, actor=draft.wati, at=NOON)
    made = life.follow(
        draft.pk, "K-013", "More boats", "renewed", actor=draft.wati, at=NOON
    )
    Agreement.objects.filter(pk=made.pk).update(state="signed")
    before = draft.agreement.state

    life.bring_into_force(made.pk, actor=draft.wati, at=NOON)

    assert (before, draft.agreement.state) == ("in_force", "renewed")
    assert verbs()[-2:] == ["agreement.renewed", "agreement.in_force"]


def test_an_erased_person_s_name_goes_and_the_signature_stays(
    world: World, draft: Draft
) -> None:
    draft.enter("Legal")
    Signatory.objects.filter(name="Legal").update(person=world.petra.person_id)

    signing.forget_names_of(world.petra.person_id or 0)

    assert Signature.objects.get().signatory.name == ""
    assert Signature.objects.get().sha256 == draft.digest


def test_whoever_is_named_reads_the_agreement(world: World) -> None:
    sheet = make_paper(world, "K-077")
    seen = Agreement.objects.visible_to(world.petra).filter(pk=sheet.agreement.pk)
    before = seen.exists()
    naming = Naming("observer", "Petra", person_id=world.petra.person_id)

    signing.name_signatory(sheet.agreement.pk, naming, actor=world.wati, at=NOON)

    assert (before, seen.exists()) == (False, True)
