"""Files kept by their content, encrypted, outside the database."""

import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.db.models import ManyToOneRel

from titian.kernel.models import Document
from titian.kernel.sealing import house_key

LARGEST = 25 * 1024 * 1024


class TooLarge(ValueError):
    """The file is larger than the house keeps."""


class Unreadable(ValueError):
    """The kept bytes are not what was written, or the key is not the house's."""


def keep(
    content: bytes,
    *,
    name: str,
    kind: str,
    media_type: str,
    at: datetime,
    secrecy: Document.Secrecy = Document.Secrecy.HOUSE,
) -> Document:
    """The document with this content; the same file twice is one document.

    Raises ``TooLarge`` above 25 MiB. The bytes are on disk before the row exists.
    """
    if len(content) > LARGEST:
        raise TooLarge(name)
    digest = store(content)
    document, _made = Document.objects.get_or_create(
        sha256=digest,
        defaults={
            "name": name[:200],
            "kind": kind,
            "media_type": media_type,
            "size_bytes": len(content),
            "secrecy": secrecy,
            "kept_at": at,
        },
    )
    return document


def store(content: bytes) -> str:
    """Write the bytes, encrypted, where their digest leads; the digest.

    Complete or not there at all, however many write the same at once.
    """
    digest = sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{digest}.{uuid4().hex}")
        with half.open("wb") as file:
            file.write(house_key().encrypt(content))
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    return digest


def content_of(document: Document) -> bytes:
    """The bytes as they came in.

    Raises ``FileNotFoundError`` if the folder lost them, ``Unreadable`` if they were
    changed on the disk or lie under a key the house no longer has.
    """
    try:
        return house_key().decrypt(_path(document.sha256).read_bytes())
    except InvalidToken as problem:
        raise Unreadable(document.sha256) from problem


def destroy(document: Document) -> None:
    """Take the bytes away for good; the row stays and says that they were there.

    Not while a second row of the house is of these bytes: it keeps them. Once the act
    that asked for it is committed: what is rolled back destroys nothing.
    """
    if _uses(document) > 1:
        return
    path = _path(document.sha256)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def forget(document: Document) -> None:
    """Throw the bytes and the name away; the row stays where others point to it."""
    _path(document.sha256).unlink(missing_ok=True)
    document.name = ""
    document.save(update_fields=["name"])


def _uses(document: Document) -> int:
    """How many rows of the house are of these bytes."""
    found = 0
    for field in document._meta.get_fields(include_hidden=True):
        if isinstance(field, ManyToOneRel):
            rows = field.related_model._base_manager
            found += rows.filter(**{field.field.name: document}).count()
    return found


def _path(digest: str) -> Path:
    return Path(settings.DOCUMENTS) / digest[:2] / digest
