"""The sign by which docgen knows a pack again as it made it: nobody else's file has it, and no changed one.

A PDF says twice in its trailer what file it is (ISO 32000-1, 14.4). The second time, a pack says the digest of itself.
"""

from __future__ import annotations

import re
from hashlib import blake2b

_ID = re.compile(rb"/ID \[ ?<[0-9a-f]{32}> ?<([0-9a-f]{32})> ?\]")
_MAKER = b"docgen pack"


def sealed(data: bytes) -> bytes:
    """Return a pack with the sign in it, as long as before. Raises ValueError where a PDF has no identifiers."""
    start, end = _place(data)
    return data[:start] + _digest(data, start, end) + data[end:]


def is_ours(data: bytes) -> bool:
    """Return whether docgen made this pack, and nobody has changed it since."""
    try:
        start, end = _place(data)
    except ValueError:
        return False
    return data[start:end] == _digest(data, start, end)


def _place(data: bytes) -> tuple[int, int]:
    """Return where the second identifier stands. Raises ValueError where there is none."""
    trailer = re.match(rb"startxref\s+(\d{1,12})\s", data[data.rindex(b"startxref") :])
    found = _ID.search(data, int(trailer[1])) if trailer else None
    if found is None:
        raise ValueError("no identifier")
    return found.span(1)


def _digest(data: bytes, start: int, end: int) -> bytes:
    found = blake2b(data[:start], digest_size=(end - start) // 2, person=_MAKER)
    found.update(data[end:])
    return found.hexdigest().encode()
