"""The colours and the greys of a screen, sRGB, as ICC profiles: the same bytes each time."""

from __future__ import annotations

import struct
from functools import cache

from PIL import ImageCms

_VERSION = b"\x04\x20\x00\x00"
"""ICC.1:2004-10, the last that PDF 1.7 knows; a newer number would say the same of these colours."""
_HEAD = 128
_OF_GREY = {b"desc": b"desc", b"cprt": b"cprt", b"wtpt": b"wtpt", b"rTRC": b"kTRC"}
"""Tags of the profile for colours that one for greys has too, and what they are called there (ICC.1 § 8.5)."""


@cache
def screen() -> bytes:
    """Return the profile for RGB, without the time of day and the digest that are in it (ICC.1 § 7.2)."""
    told = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return told[:8] + _VERSION + told[12:24] + bytes(12) + told[36:84] + bytes(16) + told[100:]


@cache
def greys() -> bytes:
    """Return the profile for grey: as light as the same grey in RGB."""
    colours = screen()
    (count,) = struct.unpack_from(">I", colours, _HEAD)
    entries = (struct.unpack_from(">4sII", colours, _HEAD + 4 + 12 * number) for number in range(count))
    kept = [(_OF_GREY[name], colours[start : start + size]) for name, start, size in entries if name in _OF_GREY]
    table, body = struct.pack(">I", len(kept)), b""
    start = _HEAD + 4 + 12 * len(kept)
    for name, value in kept:
        table += struct.pack(">4sII", name, start + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    head = colours[4:16] + b"GRAY" + colours[20:_HEAD]
    return struct.pack(">I", start + len(body)) + head + table + body
