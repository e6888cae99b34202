"""Whether a webhook is from whom it says: compared in constant time."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

DRIFT = timedelta(minutes=5)
"""So far a gateway's clock may be from ours; older is a replay."""


def signed(secret: str, content: bytes) -> str:
    """The signature as providers write it: ``sha256=`` and 64 hexadecimal digits."""
    return f"sha256={hmac.new(secret.encode(), content, sha256).hexdigest()}"


def is_signed(secret: str, content: bytes, signature: str) -> bool:
    """Whether whoever holds the secret signed these very bytes; never without one."""
    mine = signed(secret, content).encode()
    return bool(secret) and hmac.compare_digest(mine, signature.strip().encode())


def is_signed_at(
    secret: str, content: bytes, signature: str, stamp: str, *, at: datetime
) -> bool:
    """The same for bytes with the second at which they were signed before them."""
    if not stamp.isdecimal() or len(stamp) > 12:
        return False
    away = abs(at.timestamp() - int(stamp))
    whole = stamp.encode() + b"." + content
    return away <= DRIFT.total_seconds() and is_signed(secret, whole, signature)
