"""Names of files and folders that a person can read, safe on Windows, macOS, Linux and OneDrive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LIMIT_BYTES = 120
"""With the extension. OneDrive allows 400 characters for a whole path, Windows 260; eCryptfs 143 bytes for one name."""

NAMELESS = "dokument"

_AS_DASH = re.compile(r"[\\/|]+")
_AS_SPACE = re.compile(r"[:*?\"<>\s]+")
_DEVICE = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\s*(?:\.|$))", re.IGNORECASE)
_ONEDRIVE = re.compile(r"_(vti)_", re.IGNORECASE)
_DESKTOP_INI = re.compile(r"(desktop)\.(ini)$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_EDGES_FIRST = " .~-–"
_EDGES_LAST = " ."


@lru_cache(maxsize=512)
def file_name_safe(text: str, limit_bytes: int = LIMIT_BYTES, *, extension: str = "") -> str:
    """Return `text` as a file name with `extension` (`.docx`), of at most `limit_bytes` in UTF-8.

    What is forbidden somewhere becomes a space, a slash a dash: `Sak 01/22: Mål?` is `Sak 01-22 Mål`. It is never
    empty, never a path, and making it safe again gives the same. A long name is cut between words.
    """
    name = _DESKTOP_INI.sub(r"\1-\2", _ONEDRIVE.sub(r"\1", _readable(text)))
    name = _DEVICE.sub(r"\1_", name, count=1) if _DEVICE.match(name) else name
    return (_cut(name, limit_bytes - len(extension.encode())) or NAMELESS) + extension


def unique(names: Iterable[str], limit_bytes: int = LIMIT_BYTES) -> list[str]:
    """Return the names in order, with ` (2)`, ` (3)` in those that equal an earlier one but for case."""
    wanted = list(names)
    # A name that someone wanted as it is must not be taken by a numbered one that comes first.
    reserved = {same_name(name) for name in wanted}
    taken: set[str] = set()
    found = []
    for name in wanted:
        given, count = name, 1
        while same_name(given) in taken or (count > 1 and same_name(given) in reserved):
            count += 1
            given = _numbered(name, count, limit_bytes)
        taken.add(same_name(given))
        found.append(given)
    return found


def _readable(text: str) -> str:
    """Return the text in NFC without what is forbidden or can't be seen (control characters, marks of direction)."""
    text = unicodedata.normalize("NFC", text)
    text = _AS_SPACE.sub(" ", _AS_DASH.sub("-", text))
    text = "".join(character for character in text if unicodedata.category(character)[0] != "C")
    return _trimmed(" ".join(unicodedata.normalize("NFC", text).split()))


def _trimmed(name: str) -> str:
    return name.lstrip(_EDGES_FIRST).rstrip(_EDGES_LAST)


def _cut(name: str, limit: int) -> str:
    """Return the name in at most `limit` bytes, cut between words unless that loses more than half."""
    data = name.encode()
    if len(data) <= limit:
        return name
    whole = data[:limit].decode(errors="ignore")
    at_word = whole.rpartition(" ")[0] if not name[len(whole) :].startswith(" ") else whole
    return _trimmed(at_word if len(at_word.encode()) * 2 >= limit else whole)


def _numbered(name: str, count: int, limit: int) -> str:
    match = _EXTENSION.search(name)
    stem, extension = (name[: match.start()], match[0]) if match and match.start() else (name, "")
    tail = f" ({count}){extension}"
    return _cut(stem, limit - len(tail.encode())) + tail


def same_name(name: str) -> str:
    """Return what is equal for two names that one folder can't hold on Windows or macOS."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
