"""Putting a docx together: the bytes of untouched parts are deflated once and used again for every document."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

Deflate = Callable[[bytes], bytes]
Seal = Callable[[Iterable[tuple[str, int]]], tuple[str, bytes]]
"""Takes name and CRC-32 of every other part, and gives name and bytes of the part that holds them sealed."""

FIRST = "[Content_Types].xml"
"""The member that stands first in a docx; the others follow by name, and the made ones at the end."""

_SMALL = 4096
"""Bytes of a part that is remembered."""

CENTRAL_HEAD = struct.Struct("<4s6H3I5H2I")
LOCAL_HEAD = struct.Struct("<4s5H3I2H")
END = struct.Struct("<4s4H2IH")
UTF8_NAME = 0x800
NEW_YEAR_1980 = 33
"""1 January 1980, the first day that zip knows, in zip's own coding: the same input makes the same bytes."""


def zlib_deflate(raw: bytes, level: int = 6) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(raw) + packer.flush()


def fast_deflate() -> tuple[Deflate, Callable[[bytes], int]]:
    """Return the deflater and CRC of isal, seven times faster than zlib's for two per cent more bytes; else zlib's."""
    try:
        from isal import isal_zlib
    except ImportError:
        return partial(zlib_deflate, level=1), zlib.crc32
    compress = isal_zlib.compress
    return (lambda raw: compress(raw, 1, -15)), isal_zlib.crc32


@dataclass(frozen=True, slots=True)
class Member:
    """A deflated part: `head` and `body` as they stand in the zip, `entry` its line in the list of contents."""

    head: bytes
    body: bytes
    entry: tuple[object, ...]
    name: bytes

    @property
    def size(self) -> int:
        return len(self.head) + len(self.body)

    @property
    def checksum(self) -> tuple[str, int]:
        """Name and CRC-32, as a fingerprint takes them."""
        return self.name.decode(), int.from_bytes(self.head[14:18], "little")

    def listed(self, offset: int) -> bytes:
        """Return the line of the list of contents, for a member that begins at `offset`."""
        return CENTRAL_HEAD.pack(*self.entry, offset) + self.name


def member(name: str, raw: bytes, deflate: Deflate, crc32: Callable[[bytes], int]) -> Member:
    body, crc, title = deflate(raw), crc32(raw), name.encode()
    flags = 0 if title.isascii() else UTF8_NAME
    fields = (20, flags, 8, 0, NEW_YEAR_1980, crc, len(body), len(raw), len(title), 0)
    head = LOCAL_HEAD.pack(b"PK\3\4", *fields) + title
    return Member(head, body, (b"PK\1\2", 20, *fields, 0, 0, 0, 0), title)


@lru_cache(maxsize=256)
def small_member(name: str, raw: bytes, deflate: Deflate, crc32: Callable[[bytes], int]) -> Member:
    """Return the member of a small part, such as a footer: those are the same in document after document."""
    return member(name, raw, deflate, crc32)


Members = Mapping[str, Member]


def small(parts: Mapping[str, bytes]) -> Members:
    """Return the parts deflated as small as zlib can: for those that are used again and again."""
    return {name: member(name, raw, zlib_deflate, zlib.crc32) for name, raw in parts.items()}


class Package:
    """The parts of a template that stay as they are, ready to be joined with the made ones."""

    def __init__(self, members: Members) -> None:
        self._members = {name: members[name] for name in sorted(members, key=lambda name: (name != FIRST, name))}
        self._blob, self._list = _joined(self._members.values())
        self._checksums = [one.checksum for one in self._members.values()]

    def __reduce__(self) -> tuple[type[Package], tuple[Members]]:
        """Leave out of a pickle what can be joined again."""
        return Package, (self._members,)

    def joined(
        self, made: Mapping[str, bytes], deflate: Deflate, crc32: Callable[[bytes], int], seal: Seal | None = None
    ) -> bytes:
        """Return the whole docx; a made part stands in for the untouched one of the same name.

        `seal` makes one more part, the last, from the checksums of all the others.
        """
        blob, listed, count = self._blob, self._list, len(self._members)
        checksums = self._checksums
        if not self._members.keys().isdisjoint(made):
            kept = {name: kept for name, kept in self._members.items() if name not in made}
            if FIRST in made:
                kept = {FIRST: member(FIRST, made[FIRST], deflate, crc32), **kept}
                made = {name: raw for name, raw in made.items() if name != FIRST}
            blob, listed = _joined(kept.values())
            count, checksums = len(kept), [one.checksum for one in kept.values()]
        chunks: list[bytes] = [blob]
        lines, offset = [listed], len(blob)
        new = [(small_member if len(raw) < _SMALL else member)(name, raw, deflate, crc32) for name, raw in made.items()]
        if seal:
            new.append(member(*seal([*checksums, *(one.checksum for one in new)]), deflate, crc32))
        for one in new:
            chunks += (one.head, one.body)
            lines.append(one.listed(offset))
            offset += one.size
        contents = b"".join(lines)
        count += len(new)
        chunks += (contents, END.pack(b"PK\5\6", 0, 0, count, count, len(contents), offset, 0))
        return b"".join(chunks)


def _joined(members: Iterable[Member]) -> tuple[bytes, bytes]:
    chunks: list[bytes] = []
    lines, offset = [], 0
    for one in members:
        lines.append(one.listed(offset))
        chunks += (one.head, one.body)
        offset += one.size
    return b"".join(chunks), b"".join(lines)
