"""Photographs without what a camera and a program wrote in them: where and when they were taken, by whom, with what."""

from __future__ import annotations

_START, _SCAN = b"\xff\xd8", 0xDA
_COLOUR_PROFILE = b"ICC_PROFILE\0"
_JFIF, _ICC, _ADOBE, _COMMENT = 0xE0, 0xE2, 0xEE, 0xFE
_ALONE = (0x01, *range(0xD0, 0xD8))
"""Markers that nothing follows."""


def without_metadata(data: bytes) -> bytes:
    """Return a JPEG file with nothing beside its picture but how its colours are meant (ITU-T T.81, B.1.1.4).

    One that is not built as it should be comes back as it was.
    """
    if not data.startswith(_START):
        return data
    kept, at = [_START], len(_START)
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        end = at + 2 + (0 if kind in _ALONE else int.from_bytes(data[at + 2 : at + 4], "big"))
        if kind == _SCAN:
            return b"".join([*kept, data[at:]])
        if _is_of_the_picture(kind, data[at + 4 : end]):
            kept.append(data[at:end])
        at = end
    return data


def _is_of_the_picture(kind: int, content: bytes) -> bool:
    if kind == _ICC:
        return content.startswith(_COLOUR_PROFILE)
    return kind in (_JFIF, _ADOBE) or not (0xE0 <= kind <= 0xEF or kind == _COMMENT)
