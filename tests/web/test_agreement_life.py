"""The life of an agreement on its page: text, names, signatures, force, bundle."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.talks.paper import Paper
from tests.talks.test_life import Draft, make_draft
from tests.web.leafing import file_of, page, press
from tests.web.pressing import buttons_of, seen_by
from tests.world import World
from titian.exchange import proof
from titian.talks.models import Agreement, PaperVersion, Signatory
from titian.talks.models import Paper as Document
from titian.web.desk.moments import for_input


@pytest.fixture
def draft(world: World, paper: Paper) -> Draft:
    return make_draft(world, paper)


def life_of(paper: Paper) -> str:
    return f"/agreements/{paper.agreement.pk}/life/"


def test_from_the_first_text_to_force_by_pressing_what_the_page_draws(
    world: World, paper: Paper
) -> None:
    wati, address = seen_by("wati"), life_of(paper)
    press(wati, address, "file-the-text", file=file_of(b"Two boats.", "boats.txt"))
    press(wati, address, "name-signatory", role="signer", name="The minister")
    press(wati, address, "review")
    press(wati, address, f"enter-{Signatory.objects.get().pk}", place="Denpasar")
    press(wati, address, "bring-into-force")

    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.paper_id is not None) == ("in_force", True)
    assert "The minister" in page(wati, address)


def test_a_changed_file_under_a_signature_is_refused_in_a_sentence(
    world: World, paper: Paper, draft: Draft
) -> None:
    draft.sign_all()
    Agreement.objects.update(state="reviewed")
    wati = seen_by("wati")

    answer = press(wati, life_of(paper), "file-the-text", file=file_of(b"ten", "b.txt"))

    assert answer.status_code == 422
    assert "2 signatures stand under the filed text" in answer.text
    assert PaperVersion.objects.count() == 1


def test_what_was_given_to_a_former_text_is_shown_in_red(
    world: World, paper: Paper, draft: Draft
) -> None:
    draft.enter("Legal")
    draft.newer()

    shown = page(seen_by("marco"), life_of(paper))

    assert 'id="altered"' in shown
    assert "not the text on file" in shown


def test_an_hour_to_come_and_a_wrong_turn_are_told(
    world: World, paper: Paper, draft: Draft
) -> None:
    wati, pk = seen_by("wati"), draft.signatory("Legal").pk
    later = for_input(
        world.event.clock_reads + timedelta(days=1)
        if world.event.clock_reads
        else None,
        world.event,
    )

    answer = press(wati, life_of(paper), f"enter-{pk}", signed_at=later)

    assert answer.status_code == 422
    assert "This hour is still to come." in answer.text


def test_a_bundle_is_taken_from_the_page_and_holds(
    world: World, paper: Paper, draft: Draft
) -> None:
    draft.sign_all()

    answer = press(seen_by("marco"), life_of(paper), "bundle")

    proven = proof.verify(b"".join(answer))
    assert proven.signatures == 3


def test_instalments_are_written_in_on_the_page(world: World, paper: Paper) -> None:
    press(
        seen_by("wati"),
        life_of(paper),
        "owe",
        what="Fee",
        direction="theirs",
        times=3,
        quantity="10",
        is_divided="on",
    )

    lines = paper.agreement.lines.filter(what_en__startswith="Fee").order_by("line")
    assert [str(line.quantity) for line in lines] == ["3.33", "3.33", "3.34"]


def test_the_other_side_reads_it_and_is_offered_only_its_own_signature(
    world: World, paper: Paper, draft: Draft, olav: Client
) -> None:
    draft.enter("Legal")
    Agreement.objects.update(state="reviewed")
    theirs = draft.signatory("Their minister").pk

    assert buttons_of(page(olav, life_of(paper))) == {f"enter-{theirs}"}
    assert seen_by("eve").get(life_of(paper)).status_code == 404


def test_a_text_that_is_not_for_the_reader_is_not_named(
    world: World, paper: Paper, draft: Draft, olav: Client
) -> None:
    Document.objects.update(secrecy="house")

    shown = page(olav, life_of(paper))

    assert "it is not for you to read" in shown
    assert draft.digest not in shown
