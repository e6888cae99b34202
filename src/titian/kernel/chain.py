"""The journal's chain of digests: made after the commit, true after an erasure."""

import json
from hashlib import sha256

from django.db import transaction

from titian.kernel.models import ChainLink, Entry

BATCH = 2000


class ChainBroken(ValueError):
    """An entry was changed, taken out or put in after it was chained."""


def digest_of(entry: Entry, previous: str) -> str:
    """SHA-256 over the previous digest and every column, sealed words as ciphertext."""
    columns = {f.attname: f.value_to_string(entry) for f in Entry._meta.concrete_fields}
    return sha256((previous + json.dumps(columns, sort_keys=True)).encode()).hexdigest()


@transaction.atomic
def extend() -> int:
    """Chain what was committed since the last call; how many. One worker does it."""
    last = ChainLink.objects.select_for_update().order_by("position").last()
    position, digest = (last.position, last.digest) if last else (0, "")
    links: list[ChainLink] = []
    for entry in Entry.objects.filter(link=None).order_by("pk")[:BATCH]:
        digest = digest_of(entry, digest)
        position += 1
        links.append(ChainLink(position=position, entry=entry, digest=digest))
    ChainLink.objects.bulk_create(links)
    return len(links)


def verify() -> int:
    """Recompute the chain; how many entries still wait. ``ChainBroken`` if false."""
    digest = ""
    links = ChainLink.objects.select_related("entry").order_by("position")
    for position, link in enumerate(links.iterator(chunk_size=BATCH), start=1):
        digest = digest_of(link.entry, digest)
        if (link.position, link.digest) != (position, digest):
            raise ChainBroken(f"broken at {position}")
    return Entry.objects.filter(link=None).count()
