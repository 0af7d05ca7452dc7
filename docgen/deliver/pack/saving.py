"""A PDF written so that the same pack is the same bytes, small, and with no doubt about where a stream ends."""

from __future__ import annotations

import io
import re
import zlib
from bisect import bisect_left
from itertools import accumulate

from pikepdf import ObjectStreamMode, Pdf

_END = b"\nendstream\nendobj\n"
_CLEAR_END = b"\r" + _END
_XREF = re.compile(rb"\d+ 0 obj\n<<(.*?)>>\nstream\n", re.DOTALL)
_WIDTHS = re.compile(rb"/W \[ (\d+) (\d+) (\d+) \]")
_DROPPED = re.compile(rb"/(Length \d+|Filter /FlateDecode|DecodeParms << [^>]* >>|W \[[^\]]*\]|Type /XRef)")
_IN_FILE = 1

Row = tuple[int, int, int]
"""Of an object: where it is (0 nowhere, 1 in the file, 2 in an object stream), its offset or stream, its generation."""


def saved(pdf: Pdf) -> bytes:
    """Return the file's bytes: as PDF 1.7, the same each time."""
    target = io.BytesIO()
    pdf.save(
        target,
        force_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return with_clear_ends(target.getvalue())


def with_clear_ends(data: bytes) -> bytes:
    """Return a file as qpdf writes it, with each stream that ends in a carriage return told from the line end after it.

    Such a stream, one in 256, is followed by a line feed, and together they look like one line end: to a validator
    its length is then wrong by one (ISO 19005-2, 6.1.7.1). The line end becomes one of two characters, and the table of
    offsets is written anew, for a stream in which qpdf packs objects, or that table itself, can end so too.
    """
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    head = _XREF.match(data, start)
    if head is None:
        return data
    rows = _rows(data, head)
    offsets = sorted(offset for kind, offset, _ in rows if kind == _IN_FILE)
    ends = [end for end in (*offsets[1:], len(data)) if _is_unclear(data, end)]
    if not ends:
        return data
    places = [data.rindex(_END, 0, end) for end in ends if end <= start]
    pieces = [data[here:there] for here, there in zip([0, *places], [*places, start], strict=True)]
    moved = [
        (kind, where + bisect_left(places, where) if kind == _IN_FILE else where, last) for kind, where, last in rows
    ]
    body = b"\r".join(pieces)
    return body + _table(head, moved, len(body))


def _is_unclear(data: bytes, end: int) -> bool:
    place = data.rfind(_END, max(0, end - 64), end)
    return place > 0 and data[place - 1 : place] == b"\r"


def _rows(data: bytes, head: re.Match[bytes]) -> list[Row]:
    widths = _WIDTHS.search(head[1])
    assert widths is not None  # qpdf writes them
    first, second, _ = sizes = [int(width) for width in widths.groups()]
    step = 1 + sum(sizes)  # each row says first that it is told as the difference from the one above
    packed = zlib.decompressobj().decompress(data[head.end() :])
    columns = [bytes(value & 0xFF for value in accumulate(packed[place::step])) for place in range(1, step)]
    fields = columns[:first], columns[first : first + second], columns[first + second :]
    return list(zip(*(_whole(field, len(columns[0])) for field in fields), strict=True))


def _whole(columns: list[bytes], rows: int) -> list[int]:
    """Return the number of each row, whose bytes stand in the columns, the highest first."""
    if not columns:
        return [0] * rows
    return [int.from_bytes(row, "big") for row in zip(*columns, strict=True)]


def _table(head: re.Match[bytes], rows: list[Row], start: int) -> bytes:
    """Return the table of offsets as a stream, and the end of the file."""
    second, third = (max(1, (max(row[place] for row in rows).bit_length() + 7) // 8) for place in (1, 2))
    width = 1 + second + third
    rows_of_bytes = b"".join(
        b"\x02%c%b%b" % (kind, where.to_bytes(second, "big"), last.to_bytes(third, "big")) for kind, where, last in rows
    )
    above = bytes(width + 1) + rows_of_bytes
    lines = bytearray((one - other) & 0xFF for one, other in zip(rows_of_bytes, above, strict=False))
    lines[:: width + 1] = b"\x02" * len(rows)
    packed = zlib.compress(lines, 9)
    number = head[0].split(b" ", 1)[0]
    kept = _DROPPED.sub(b"", head[1]).strip()
    shape = b"/W [ 1 %d %d ] /DecodeParms << /Columns %d /Predictor 12 >>" % (second, third, width)
    told = b"<< /Type /XRef /Length %d /Filter /FlateDecode %s %s >>" % (len(packed), shape, kept)
    end = _CLEAR_END if packed.endswith(b"\r") else _END
    return b"%s 0 obj\n%s\nstream\n%s%s\nstartxref\n%d\n%%%%EOF\n" % (number, told, packed, end, start)
