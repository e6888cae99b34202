"""What a push service carries and cannot open, and how it knows who gave it."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096
GOOD_FOR = timedelta(hours=12)


class ReadFailed(ValueError):
    """A key that is none."""


def sealed(
    words: bytes,
    public: bytes,
    secret: bytes,
    *,
    salt: bytes | None = None,
    ours: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """``words`` as only the browser with these keys opens them.

    RFC 8291 (keys) and RFC 8188 (``aes128gcm``, one record). ``salt`` and ``ours`` are
    new for each message unless a test gives the RFC's own. ``ReadFailed`` if
    ``public`` is no point of the curve, or ``secret`` has not 16 bytes.
    """
    if len(secret) != 16:
        raise ReadFailed("the shared secret has 16 bytes")
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public)
    except ValueError as problem:
        raise ReadFailed("no point of the curve") from problem
    salt = salt or os.urandom(16)
    ours = ours or ec.generate_private_key(CURVE)
    mine = point(ours)
    shared = _derived(
        ours.exchange(ec.ECDH(), theirs),
        secret,
        b"WebPush: info\x00" + public + mine,
        32,
    )
    key = _derived(shared, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(shared, salt, b"Content-Encoding: nonce\x00", 12)
    header = salt + RECORD.to_bytes(4) + len(mine).to_bytes(1) + mine
    return header + AESGCM(key).encrypt(nonce, words + b"\x02", None)


def authorisation(origin: str, private: str, subject: str, *, at: datetime) -> str:
    """The ``Authorization`` of RFC 8292: a token signed ES256, and the public key."""
    ours = private_key(private)
    expires = int((at + GOOD_FOR).timestamp())
    parts = [
        {"typ": "JWT", "alg": "ES256"},
        {"aud": origin, "exp": expires, "sub": subject},
    ]
    said = ".".join(to_base64(json.dumps(part).encode()) for part in parts)
    signature = ours.sign(said.encode(), ec.ECDSA(hashes.SHA256()))
    pair = b"".join(n.to_bytes(32) for n in decode_dss_signature(signature))
    return f"vapid t={said}.{to_base64(pair)}, k={to_base64(point(ours))}"


def private_key(written: str) -> ec.EllipticCurvePrivateKey:
    """The key behind 32 bytes in base64url, as push tools write it."""
    return ec.derive_private_key(int.from_bytes(from_base64(written)), CURVE)


def new_private_key() -> str:
    """A key for ``TITIAN_VAPID_PRIVATE``."""
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    return to_base64(number.to_bytes(32))


def public_key(written: str) -> str:
    """What the browser is told when it subscribes (``applicationServerKey``)."""
    return to_base64(point(private_key(written)))


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half, uncompressed: 65 bytes."""
    public = key.public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def to_base64(content: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64(written: str) -> bytes:
    """The bytes behind base64url, padded or not; ``ValueError`` if it is none."""
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
