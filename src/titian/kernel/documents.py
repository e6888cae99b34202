"""Files kept by their content, encrypted, outside the database."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from titian.kernel.models import Document
from titian.kernel.sealing import house_key

LARGEST = 25 * 1024 * 1024


class TooLarge(ValueError):
    """The file is larger than the house keeps."""


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
    digest = sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        half.write_bytes(house_key().encrypt(content))
        half.replace(path)
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


def content_of(document: Document) -> bytes:
    """The bytes as they came in; ``FileNotFoundError`` if the folder lost them."""
    return house_key().decrypt(_path(document.sha256).read_bytes())


def _path(digest: str) -> Path:
    return Path(settings.DOCUMENTS) / digest[:2] / digest
