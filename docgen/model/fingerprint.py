"""The fingerprint by which docgen knows a document that it made and nobody has edited since.

It is a custom property of the document, over the names and checksums of all other parts. Word and LibreOffice write
every part anew when they save, so an edited document no longer agrees with its own fingerprint. It guards against
overwriting somebody's work, not against forgery.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

PROPERTY = "docgen avtrykk"
"""The name of the custom property; its part, docProps/custom.xml, is not in the fingerprint."""

SOURCE = "kilde"
"""The name of the custom property that holds the input, by its path without suffix."""

PART = "docProps/custom.xml"


def fingerprint(parts: Iterable[tuple[str, int]]) -> str:
    """Return the fingerprint of a package's parts, given as name and CRC-32, as 32 hex digits."""
    listed = "\n".join(f"{name} {crc:08x}" for name, crc in sorted(parts) if name != PART)
    return blake2b(listed.encode(), digest_size=16).hexdigest()
