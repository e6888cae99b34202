"""The register: numbers, versions, who may read what, and what is found."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.talks.paper import KEY
from tests.world import HOUR, NOON, World, make_person
from titian.kernel import documents
from titian.kernel.actor import Actor
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.talks.commands import filing
from titian.talks.commands.filing import File, Filing, NothingFiled
from titian.talks.models import Paper, Wording
from titian.talks.register import Sought, found

TEXT = "Kedua pihak sepakat: berths for the rowing boats"


def filed(
    world: World,
    title: str = "Berths at the pier",
    *,
    actor: Actor | None = None,
    text: str = TEXT,
    **given: Any,
) -> Paper:
    filing_of: dict[str, Any] = {
        "kind": "NV",
        "party_ids": (world.arunika.pk,),
        "secrecy": "open",
        **given,
    }
    return filing.file(
        world.event.pk,
        Filing(title=title, **filing_of),
        File(text.encode(), "note.txt", "text/plain", text=text),
        actor=actor or world.wati,
        at=NOON,
    )


def titles(world: World, words: str, actor: Actor) -> list[str]:
    rows = found(world.event, Sought(words), actor=actor)
    return [paper.title for paper in rows]


def test_numbers_run_by_kind_and_year_and_leave_no_gap_for_what_is_private(
    world: World,
) -> None:
    numbers = [
        filed(world).number,
        filed(world, secrecy="private").number,
        filed(world, kind="CIR").number,
        filed(world).number,
    ]

    assert [numbers[0], *numbers[2:]] == ["NV-001/2027", "CIR-001/2027", "NV-002/2027"]
    assert numbers[1].startswith("NV-P")


def test_a_new_version_supersedes_and_the_former_bytes_stay(world: World) -> None:
    paper = filed(world)
    newer = File(b"Berths for four", "second.txt", "text/plain")

    filing.supersede(paper.pk, newer, "Four berths", actor=world.wati, at=NOON)

    contents = [documents.content_of(one.document) for one in paper.versions.all()]
    assert contents == [TEXT.encode(), b"Berths for four"]


def test_the_same_bytes_are_no_new_version(world: World) -> None:
    paper = filed(world)
    same = File(TEXT.encode(), "other.txt", "text/plain")

    with pytest.raises(NothingFiled):
        filing.supersede(paper.pk, same, actor=world.wati, at=NOON)


def test_a_retry_files_it_once(world: World) -> None:
    for _turn in range(2):
        paper = filing.file(
            world.event.pk,
            Filing("NV", "Berths", (world.arunika.pk,)),
            File(b"x", "x.txt", "text/plain"),
            actor=world.wati,
            at=NOON,
            key=KEY,
        )

    assert list(Paper.objects.all()) == [paper]


@pytest.mark.parametrize(
    ("secrecy", "readers"),
    [
        ("open", {"ingrid", "marco", "wati"}),
        ("house", {"marco", "wati"}),
        ("private", {"wati", "bruna"}),
    ],
)
def test_each_secrecy_has_its_readers_and_no_others(
    world: World, secrecy: str, readers: set[str]
) -> None:
    filed(world, secrecy=secrecy, reader_ids=(world.bruna.person_id,))
    if secrecy != "private":
        Paper.objects.get().readers.clear()

    people = ("ingrid", "marco", "bruna", "wati", "petra", "eve")
    seeing = {name for name in people if titles(world, "", getattr(world, name))}

    assert seeing == readers
    assert not any(titles(world, "berths", one) for one in world.nobodies().values())


def test_a_guest_reads_no_draft(world: World) -> None:
    paper = filed(world, is_draft=True)
    before = titles(world, "", world.ingrid)

    filing.issue(paper.pk, actor=world.wati, at=NOON)

    assert (before, titles(world, "", world.ingrid)) == ([], [paper.title])


def test_whoever_is_of_no_named_party_files_nothing(world: World) -> None:
    for actor in (world.eve, world.bruna, world.ingrid, *world.nobodies().values()):
        with pytest.raises(Forbidden):
            filed(world, actor=actor)

    assert filed(world, actor=world.marco).filed_by_id == world.marco.person_id
    with pytest.raises(Forbidden):
        filed(world, actor=world.marco, party_ids=(world.selaya.pk,))


def test_a_coordinator_who_is_not_named_changes_no_private_document(
    world: World,
) -> None:
    paper = filed(world, actor=world.marco, secrecy="private")

    with pytest.raises(Forbidden):
        filing.withdraw(paper.pk, actor=world.wati, at=NOON)


@pytest.mark.parametrize(
    "words",
    ["berth", "ROWING boats", "kesepakatan", "sepakat", "pihaknya", "note berths NV"],
)
def test_words_are_found_in_indonesian_and_english(world: World, words: str) -> None:
    filed(world, "Berths at the pier, note")

    assert titles(world, words, world.wati) == ["Berths at the pier, note"]


@pytest.mark.parametrize(
    "words", ["oars", "berths oars", '"', "* OR", "heading:x", "NEAR(", "-", "'; --"]
)
def test_what_no_document_says_finds_nothing_and_breaks_nothing(
    world: World, words: str
) -> None:
    filed(world, "Berths at the pier")

    assert set(titles(world, words, world.wati)) <= {"Berths at the pier"}


def test_what_has_the_words_in_its_title_comes_first(world: World) -> None:
    filed(world, "Berths")
    filed(world, "Flags", text="berths")
    filed(world, "Anthems", text="no word of it")

    assert titles(world, "berths", world.wati) == ["Berths", "Flags"]


def test_order_and_count_are_the_same_with_and_without_what_is_private(
    world: World,
) -> None:
    filed(world, "Berths", text="rare")
    filed(world, "Flags", text="berths and rare")
    words = ("", "berths", "rare", "berths rare")
    before = [titles(world, one, world.marco) for one in words]

    for number in range(3):
        filed(world, f"Rare berths {number}", secrecy="private", text="rare berths")

    assert [titles(world, one, world.marco) for one in words] == before


def test_of_a_private_document_no_word_but_the_title_is_kept_to_be_searched(
    world: World,
) -> None:
    paper = filed(world, secrecy="house")
    filing.reclassify(
        paper.pk, "private", [world.bruna.person_id or 0], actor=world.wati, at=NOON
    )
    filed(world, "Second", secrecy="private")

    assert set(Wording.objects.values_list("body", flat=True)) == {""}
    assert titles(world, "rowing", world.bruna) == []
    assert titles(world, "pier", world.bruna) == ["Berths at the pier"]


def test_nobody_hears_that_a_private_document_was_filed(world: World) -> None:
    filed(world, secrecy="private")

    assert Entry.objects.get(verb="paper.filed").topics == []


def test_parties_that_merge_keep_their_documents_and_their_secrecy(
    world: World,
) -> None:
    for secrecy in ("open", "house", "private"):
        filed(world, secrecy, secrecy=secrecy, text=secrecy)

    filing.take_over(
        world.arunika.pk, world.selaya.pk, actor=world.wati, at=NOON + HOUR
    )

    assert titles(world, "", world.eve) == titles(world, "", world.ingrid) == ["open"]
    assert titles(world, "", world.marco) == ["house", "open"]
    assert len(titles(world, "", world.wati)) == 3


def test_bytes_of_two_rows_are_not_destroyed_for_one_of_them(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    papers = [filed(world), filed(world)]
    document = papers[0].versions.get().document

    with django_capture_on_commit_callbacks(execute=True):
        documents.destroy(document)

    assert documents.content_of(document) == TEXT.encode()


def test_a_reader_of_no_party_that_is_there_is_not_named(world: World) -> None:
    stranger = make_person(
        "Zed",
        world.arunika.party.__class__.objects.create(
            code="ZED", name_en="Zed", kind="company"
        ),
    )

    paper = filed(world, secrecy="private", reader_ids=(stranger.pk,))

    assert list(paper.readers.all()) == []
