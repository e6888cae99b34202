"""Words under the key of the person they are about; no key, no words."""

import hmac
import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from titian.kernel.models import Entry, SubjectKey


def house_key() -> MultiFernet:
    """The house's own key; the first of the list seals, all of them open."""
    return MultiFernet([Fernet(key) for key in settings.HOUSE_KEYS])


def marks(words: str) -> list[str]:
    """What stands for ``words`` where they are looked up: one under each house key.

    The first is kept; the others find what was kept under an older key. Nothing of
    the words can be worked out from it without the key. Empty for no words.
    """
    if not words:
        return []
    content = words.strip().casefold().encode()
    keys = [b"mark:" + key.encode() for key in settings.HOUSE_KEYS]
    return [hmac.new(key, content, sha256).hexdigest() for key in keys]


def seal(person_id: int, words: Mapping[str, object]) -> bytes:
    """``words`` (JSON) that only the person's key opens; nothing if it is destroyed."""
    key, _made = SubjectKey.objects.get_or_create(
        person_id=person_id,
        defaults={"secret": house_key().encrypt(Fernet.generate_key())},
    )
    if not key.secret:  # erased: what arrives late is not kept either
        return b""
    return _opened(key).encrypt(json.dumps(words).encode())


def unseal(entry: Entry) -> dict[str, object] | None:
    """The sealed words of ``entry``; ``None`` if there are none, or none any more."""
    if entry.about_id is None or not entry.sealed:
        return None
    return open_under(entry.about_id, bytes(entry.sealed))


def unseal_all(entries: Iterable[Entry]) -> dict[int, dict[str, object]]:
    """The sealed words of each entry by its id, empty where none are left.

    One query for all the keys.
    """
    entries = list(entries)
    about = {entry.about_id for entry in entries if entry.about_id and entry.sealed}
    keys = {
        key.person_id: _opened(key)
        for key in SubjectKey.objects.filter(person_id__in=about)
        if key.secret
    }
    return {
        entry.pk: _words(keys.get(entry.about_id or 0), bytes(entry.sealed))
        for entry in entries
    }


def _words(key: Fernet | None, sealed: bytes) -> dict[str, object]:
    if key is None or not sealed:
        return {}
    words: dict[str, object] = json.loads(key.decrypt(sealed))
    return words


def open_under(person_id: int, sealed: bytes) -> dict[str, object] | None:
    """What was sealed about the person; ``None`` once her key is destroyed."""
    key = SubjectKey.objects.filter(person_id=person_id).first()
    if key is None or not key.secret or not sealed:
        return None
    words: dict[str, object] = json.loads(_opened(key).decrypt(sealed))
    return words


def is_destroyed(person_id: int) -> bool:
    """Whether the person was erased: nothing said by or about her is kept."""
    return SubjectKey.objects.filter(person_id=person_id, secret=b"").exists()


def destroy(person_id: int) -> None:
    """Make everything sealed about the person unreadable, for good."""
    SubjectKey.objects.update_or_create(person_id=person_id, defaults={"secret": b""})


def _opened(key: SubjectKey) -> Fernet:
    return Fernet(house_key().decrypt(bytes(key.secret)))


def seal_all(person_id: int, rows: Iterable[Mapping[str, object]]) -> list[bytes]:
    """Each of ``rows`` sealed by itself, as ``seal`` would; one key is asked for."""
    seal(person_id, {})
    key = SubjectKey.objects.get(person_id=person_id)
    if not key.secret:
        return [b"" for _row in rows]
    box = _opened(key)
    return [box.encrypt(json.dumps(words).encode()) for words in rows]


def open_all(person_id: int, sealed: Iterable[bytes]) -> list[dict[str, object]]:
    """What each of ``sealed`` says; empty once the person's key is destroyed."""
    key = SubjectKey.objects.filter(person_id=person_id).first()
    box = _opened(key) if key is not None and key.secret else None
    return [_words(box, words) for words in sealed]
