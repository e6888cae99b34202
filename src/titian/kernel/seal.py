"""The house's own seal on what leaves it: an Ed25519 signature under the house's key.

It says that this house made a thing, never that a person signed one.
"""

from base64 import urlsafe_b64decode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"titian seal"


def press(content: bytes) -> dict[str, str]:
    """The seal on ``content``: the house's public key and the signature, in hex."""
    key = _key(settings.HOUSE_KEYS[0])
    public = key.public_key().public_bytes_raw()
    return {"public": public.hex(), "signature": key.sign(content).hex()}


def prints() -> list[str]:
    """By what each seal of this house is known, the present one first."""
    keys = (_key(secret).public_key() for secret in settings.HOUSE_KEYS)
    return [print_of(key.public_bytes_raw()) for key in keys]


def print_of(public: bytes) -> str:
    """Sixteen signs that two people can compare on the telephone.

    >>> print_of(b"titian")
    '43ec a4d1 a6ab 6076'
    """
    digest = sha256(public).hexdigest()[:16]
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def _key(secret: str) -> Ed25519PrivateKey:
    seed = HKDF(SHA256(), length=32, salt=None, info=PURPOSE)
    return Ed25519PrivateKey.from_private_bytes(seed.derive(urlsafe_b64decode(secret)))
