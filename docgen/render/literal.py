"""Data printed literally: whatever it holds, it comes out as text that a reader sees, never as XML or a tag."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TROUBLE = frozenset(b'&<>"\xef') | frozenset(range(32))
_HARMLESS = bytes(byte for byte in range(256) if byte not in _TROUBLE)
"""All bytes of UTF-8 but those of `&<>"`, control characters, and the first byte of U+FFFE and U+FFFF."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold. The readers have taken it out of inputs; this is for data that came another way."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_IN_A_RUN = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
    "\f": '</w:t><w:br w:type="page"/><w:t xml:space="preserve">',
}
_RUN_ENTITIES = _ENTITIES | str.maketrans(_IN_A_RUN)


def is_plain(values: Iterable[str]) -> bool:
    """Tell whether all values may stand in XML as they are. Raises TypeError for a value that is not text.

    One look at all values together: nearly every document's data is plain, and this is far cheaper than escaping each.
    """
    try:
        return not "".join(values).encode().translate(None, _HARMLESS)
    except UnicodeEncodeError:
        return False


_QUIET = re.compile('[^&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]*+')
"""A value that comes out as it is; most do, and one look is cheaper than replacing nothing."""


def _legal(value: str) -> str:
    return _FORBIDDEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def as_text(value: str) -> str:
    """Return the value for an XML element that holds text."""
    return value if _QUIET.fullmatch(value) else _legal(value).translate(_ENTITIES)


def as_attribute(value: str) -> str:
    """Return the value for an XML attribute, on one line."""
    line = " ".join(value.split())
    return line if _QUIET.fullmatch(line) else " ".join(_legal(value).split()).translate(_ENTITIES)


def in_run(value: str) -> str:
    """Return the value for a `w:t`; its line breaks, tabs and page breaks become Word's own."""
    return value if _QUIET.fullmatch(value) else _legal(value).translate(_RUN_ENTITIES)
