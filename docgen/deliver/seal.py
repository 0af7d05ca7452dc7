"""The seal of a PDF that docgen made: what it was made of, and whether nobody has changed it since.

It stands in the PDF's own description (XMP, which PDF/A keeps as plain text) as the identity of this very file, with a
digest of all its bytes but the digest's own. Whoever saves the file anew, signs it or comments on it breaks it. It
guards against overwriting somebody's work, not against forgery.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b, sha256
from html import unescape

_NONE = b"0" * 32

_IDENTITY = re.compile(rb"<xmpMM:InstanceID>docgen:([0-9a-f]*):([0-9a-f]{32})</xmpMM:InstanceID>")
_SOURCE = re.compile(rb"<dc:source>([^<]*)</dc:source>")


@dataclass(frozen=True, slots=True)
class Seal:
    """What a PDF tells: the input it comes from (its path without suffix), and the digest of what it was made of."""

    source: str
    made_of: str
    is_untouched: bool


def made_of(content: bytes) -> str:
    """Return the digest by which a PDF tells what it was made of."""
    return sha256(content).hexdigest()[:32]


def place(made_of: str) -> str:
    """Return what XMP gives as the identity of a file that is to be sealed (`xmpMM:InstanceID`)."""
    return f"docgen:{made_of}:{_NONE.decode()}"


def sealed(pdf: bytes) -> bytes:
    """Return a PDF that has a `place` for it with its seal there. Raises ValueError when it has none."""
    found = _IDENTITY.search(pdf)
    if found is None:
        raise ValueError("the PDF has no place for a seal")
    at = found.start(2)
    return pdf[:at] + _digest(pdf, at) + pdf[at + len(_NONE) :]


def seal(pdf: bytes) -> Seal | None:
    """Return the seal of a PDF, or None for one that docgen has not made, or that another program wrote anew."""
    found = _IDENTITY.search(pdf)
    if found is None or not pdf.startswith(b"%PDF-"):
        return None
    source = _SOURCE.search(pdf)
    return Seal(
        unescape(source[1].decode("utf-8", "replace")) if source else "",
        found[1].decode(),
        _digest(pdf, found.start(2)) == found[2],
    )


def _digest(pdf: bytes, at: int) -> bytes:
    digest = blake2b(pdf[:at], digest_size=16)
    digest.update(_NONE)
    digest.update(pdf[at + len(_NONE) :])
    return digest.hexdigest().encode()
