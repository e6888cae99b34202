"""A sealed bundle is proved by itself: no database, no settings, no network.

The archive is written in one way only, so that one changed byte anywhere is seen: in a
part, in the manifest, in the seal, or in the archive between them.
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from titian.kernel.archives import DAMAGED

MANIFEST, SEAL = "manifest.json", "seal.json"
JOURNAL, SIGNATURES = "journal.json", "signatures.json"
NEEDED = (MANIFEST, SEAL, JOURNAL, SIGNATURES)
FORMAT = "titian-bundle-1"
LARGEST = 500 * 1024 * 1024
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class Untrue(ValueError):
    """The bundle is not what was sealed; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What a bundle that holds says of itself."""

    about: str
    made_at: str
    parts: int
    signatures: int
    entries: int
    waiting: int
    seal: str


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The archive of these parts: stored as they are, by name, without any hour."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts):
            header = zipfile.ZipInfo(name, FIRST_DAY)
            header.create_system, header.external_attr = 3, 0o644 << 16
            archive.writestr(header, parts[name])
    return written.getvalue()


def manifest_of(parts: Mapping[str, bytes], said: Mapping[str, object]) -> bytes:
    """The list of all parts with their digests, and what is ``said`` of the whole."""
    rows = {name: sha256(parts[name]).hexdigest() for name in sorted(parts)}
    return written({"format": FORMAT, **said, "parts": rows})


def written(value: object) -> bytes:
    """JSON as a person reads it and as two machines write it alike."""
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).encode()


def verify(content: bytes) -> Proven:
    """What the bundle says, once every byte of it is proved; else ``Untrue``."""
    parts = _opened(content)
    for name in NEEDED:
        if name not in parts:
            raise Untrue(f"“{name}” is missing from the bundle.")
    manifest = _read(parts, MANIFEST)
    seal = _proved_seal(parts)
    _prove_parts(parts, manifest)
    entries = _read(parts, JOURNAL)
    waiting = _prove_journal(entries)
    signatures = _read(parts, SIGNATURES)
    _prove_signatures(signatures, manifest)
    if pack(parts) != content:
        raise Untrue("Each part is as sealed, but the archive round them was changed.")
    return Proven(
        str(manifest["about"]),
        str(manifest["made_at"]),
        len(parts),
        len(signatures),
        len(entries),
        waiting,
        seal,
    )


def _opened(content: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    name = ""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for row in archive.infolist():
                name = row.filename
                if row.compress_type != zipfile.ZIP_STORED or row.file_size > LARGEST:
                    raise Untrue(f"“{name}” is not stored as a bundle stores it.")
                if name in parts:
                    raise Untrue(f"“{name}” is in the bundle twice.")
                parts[name] = archive.read(row)
    except Untrue:
        raise
    except DAMAGED as damage:
        what = f"“{name}” is not what was sealed" if name else "The bundle is damaged"
        raise Untrue(f"{what}: it cannot be read whole.") from damage
    return parts


def _read(parts: Mapping[str, bytes], name: str) -> Any:
    try:
        return json.loads(parts[name])
    except ValueError as damage:
        raise Untrue(f"“{name}” is not what was sealed: it is no JSON.") from damage


def _proved_seal(parts: Mapping[str, bytes]) -> str:
    seal = _read(parts, SEAL)
    try:
        public = bytes.fromhex(seal["public"])
        signature = bytes.fromhex(seal["signature"])
        Ed25519PublicKey.from_public_bytes(public).verify(signature, parts[MANIFEST])
    except InvalidSignature:
        raise Untrue(
            f"The seal does not fit: “{MANIFEST}” or “{SEAL}” was changed."
        ) from None
    except (ValueError, TypeError, KeyError) as damage:
        raise Untrue(f"“{SEAL}” is not a seal.") from damage
    digest = sha256(public).hexdigest()[:16]
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def _prove_parts(parts: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    listed: dict[str, str] = manifest["parts"]
    for name in sorted({*listed, *parts} - {MANIFEST, SEAL}):
        if name not in parts:
            raise Untrue(f"“{name}” is missing from the bundle.")
        if name not in listed:
            raise Untrue(f"“{name}” was put into the bundle after it was sealed.")
        if sha256(parts[name]).hexdigest() != listed[name]:
            raise Untrue(f"“{name}” is not what was sealed: its bytes were changed.")


def _prove_journal(entries: list[dict[str, Any]]) -> int:
    """Each entry against its own digest, neighbours against each other."""
    waiting = 0
    before: dict[str, Any] = {"position": -1, "digest": ""}
    for entry in entries:
        if entry["digest"] is None:
            waiting += 1
            continue
        said = json.dumps(entry["columns"], sort_keys=True)
        digest = sha256((entry["previous"] + said).encode()).hexdigest()
        follows = entry["position"] == before["position"] + 1
        is_linked = not follows or entry["previous"] == before["digest"]
        if digest != entry["digest"] or not is_linked:
            raise Untrue(f"Entry {entry['position']} of the journal does not hold.")
        before = entry
    return waiting


def _prove_signatures(
    signatures: list[dict[str, Any]], manifest: Mapping[str, Any]
) -> None:
    digests = set(manifest["parts"].values())
    for one in signatures:
        if one["sha256"] not in digests:
            raise Untrue(f"What {one['name']} signed is not in the bundle.")
