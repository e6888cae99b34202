"""The evidence bundle: proved without a database, untrue with one byte changed."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from tests.talks.paper import make_paper
from tests.talks.test_life import Draft, make_draft
from tests.world import NOON, World
from titian.cli.keeping import verify as command
from titian.exchange import proof
from titian.exchange.bundles import NothingToSeal, make_bundle
from titian.kernel import chain, seal
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.talks.commands.keeping import deliver_file
from titian.talks.models import PaperVersion
from titian.talks.signed import ChangedUnderSignature


@pytest.fixture
def draft(world: World) -> Draft:
    """Signed by all, with one line shown by a file, all of it in the chain."""
    sheet = make_paper(world)
    made = make_draft(world, sheet)
    made.sign_all()
    deliver_file(
        sheet.boats.pk,
        b"oars",
        name="foto dermaga.jpg",
        media_type="image/jpeg",
        actor=world.bruna,
        at=NOON,
    )
    chain.extend()
    return made


@pytest.fixture
def bundle(draft: Draft) -> bytes:
    return make_bundle(draft.pk, actor=draft.wati, at=NOON)


def parts_of(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(bundle: bytes) -> str:
    with pytest.raises(proof.Untrue) as why:
        proof.verify(bundle)
    return str(why.value)


def test_a_bundle_is_proved_by_itself(bundle: bytes) -> None:
    proven = proof.verify(bundle)

    assert (proven.about, proven.signatures) == ("K-012 Boats and rooms", 3)
    assert (proven.waiting, proven.seal) == (0, seal.prints()[0])
    assert proven.entries == 11


def test_it_holds_the_texts_the_evidence_and_a_readme_in_both_languages(
    bundle: bytes,
) -> None:
    parts = parts_of(bundle)

    assert parts["documents/v1-boats.txt"] == b"We lend two boats."
    assert [name for name in parts if name.startswith("evidence/line-1-")]
    words = parts["README.txt"].decode()
    assert "Boats and rooms" in words
    assert "Perahu dan kamar" in words
    assert "Their minister" in words


def test_no_part_may_differ_by_one_byte(bundle: bytes) -> None:
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        rows = archive.infolist()
    for row in rows:
        start = bundle.index(row.filename.encode(), row.header_offset) + len(
            row.filename
        )
        for at in {0, row.file_size // 2, row.file_size - 1}:
            changed = bytearray(bundle)
            changed[start + at] ^= 1
            assert row.filename in told(bytes(changed)), (row.filename, at)


def test_no_byte_between_the_parts_may_differ_either(bundle: bytes) -> None:
    for at in range(0, len(bundle), 97):
        changed = bytearray(bundle)
        changed[at] ^= 4
        assert told(bytes(changed)).count(".") >= 1


def test_a_part_changed_with_its_digest_is_caught_by_the_seal(bundle: bytes) -> None:
    parts = parts_of(bundle)
    parts["documents/v1-boats.txt"] = b"We lend ten boats."
    said = json.loads(parts[proof.MANIFEST])
    sealed = {n: c for n, c in parts.items() if n not in (proof.MANIFEST, proof.SEAL)}
    parts[proof.MANIFEST] = proof.manifest_of(
        sealed, {"about": said["about"], "made_at": said["made_at"]}
    )

    assert told(proof.pack(parts)).startswith("The seal does not fit")


def test_an_entry_that_was_changed_is_named_even_under_a_new_seal(
    bundle: bytes,
) -> None:
    parts = parts_of(bundle)
    entries = json.loads(parts[proof.JOURNAL])
    entries[1]["columns"]["verb"] = "agreement.ended"
    parts[proof.JOURNAL] = proof.written(entries)

    assert told(sealed_anew(parts)) == "Entry 2 of the journal does not hold."


def test_a_signature_on_a_text_that_is_not_there_is_named(bundle: bytes) -> None:
    parts = parts_of(bundle)
    del parts["documents/v1-boats.txt"]

    assert told(sealed_anew(parts)) == "What Legal signed is not in the bundle."


def test_a_part_that_is_missing_or_put_in_is_named(bundle: bytes) -> None:
    parts = parts_of(bundle)

    assert "“more.txt” was put into" in told(proof.pack({**parts, "more.txt": b"x"}))
    parts.pop("README.txt")
    assert told(proof.pack(parts)) == "“README.txt” is missing from the bundle."


def test_no_file_at_all_and_half_a_file_are_damaged(bundle: bytes) -> None:
    assert "damaged" in told(b"")
    assert "damaged" in told(bundle[: len(bundle) // 2])


def test_what_is_not_chained_yet_is_counted(world: World, draft: Draft) -> None:
    draft_again = make_bundle(draft.pk, actor=draft.wati, at=NOON)

    assert proof.verify(make_bundle(draft.pk, actor=draft.wati, at=NOON)).waiting == 1
    assert proof.verify(draft_again).waiting == 0


def test_its_making_is_in_the_journal(draft: Draft, bundle: bytes) -> None:
    entry = Entry.objects.get(verb="agreement.bundled")

    assert entry.facts["seal"] == proof.verify(bundle).seal


def test_a_file_that_was_changed_on_the_disk_is_not_sealed(draft: Draft) -> None:
    digest = PaperVersion.objects.get(paper=draft.paper_id).sha256
    kept = Path(settings.DOCUMENTS) / digest[:2] / digest
    content = kept.read_bytes()
    kept.write_bytes(content[:-5] + b"other")

    try:
        with pytest.raises(ChangedUnderSignature, match=r"boats\.txt"):
            make_bundle(draft.pk, actor=draft.wati, at=NOON)
    finally:
        kept.write_bytes(content)


def test_only_its_keeper_and_their_officer_make_one(world: World, draft: Draft) -> None:
    assert make_bundle(draft.pk, actor=world.marco, at=NOON)
    for actor in (world.ingrid, world.for_ingrid, world.bruna):
        with pytest.raises(Forbidden):
            make_bundle(draft.pk, actor=actor, at=NOON)


def test_an_agreement_without_a_text_has_nothing_to_seal(world: World) -> None:
    sheet = make_paper(world, "K-099")

    with pytest.raises(NothingToSeal):
        make_bundle(sheet.agreement.pk, actor=world.wati, at=NOON)


def test_the_command_says_one_sentence(
    bundle: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, changed = tmp_path / "bundle.zip", tmp_path / "changed.zip"
    whole.write_bytes(bundle)
    changed.write_bytes(bundle.replace(b"two boats", b"ten boats"))

    codes = [command([str(path)]) for path in (whole, changed, tmp_path / "none.zip")]

    said = capsys.readouterr()
    assert codes == [0, 1, 2]
    assert "are as they were sealed" in said.out
    assert "“documents/v1-boats.txt” is not what was sealed" in said.err


def sealed_anew(parts: dict[str, bytes]) -> bytes:
    """By somebody of the house who holds its key."""
    rest = {n: c for n, c in parts.items() if n not in (proof.MANIFEST, proof.SEAL)}
    manifest = proof.manifest_of(rest, {"about": "x", "made_at": "y"})
    pressed = proof.written(seal.press(manifest))
    return proof.pack({**rest, proof.MANIFEST: manifest, proof.SEAL: pressed})
