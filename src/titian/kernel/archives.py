"""Archives that strangers made: all that can go wrong when one is read."""

import struct
import zipfile
import zlib

DAMAGED = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What Python's own reader raises for one that is broken, locked or of no kind."""
