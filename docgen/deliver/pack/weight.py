"""How much the streams of a file come to when they are unpacked: a small file can be made to fill any memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pikepdf import Dictionary, Name, Object, PdfError, Stream
from pikepdf.settings import set_qpdf_limits

from docgen.deliver.pack.graph import each, is_table

MOST = 256 << 20
"""The most bytes that one stream may hold: a page in colours at 600 points an inch is 100 MB."""
MOST_DRAWN = 16 << 20
"""The most bytes that what is drawn on one page may be written in."""
_AT_ONCE = 1 << 20
_TIGHTEST = 1032
"""Deflate makes nothing smaller than one in so many."""
_MOST_ENTRIES = 100_000
_DRAWINGS = 100_000


@contextmanager
def limits() -> Iterator[None]:
    """Keep qpdf from unpacking more than that, or lists as long as a bomb's, while this lasts."""
    before: dict[str, Any] = set_qpdf_limits(
        flate_max_memory=MOST,
        png_max_memory=MOST,
        tiff_max_memory=MOST,
        run_length_max_memory=MOST,
        dct_max_memory=MOST,
        parser_max_container_size=_MOST_ENTRIES,
        doc_max_warnings=1000,
    )
    try:
        yield
    finally:
        set_qpdf_limits(**before)


def is_too_heavy(stream: Stream, most: int = MOST) -> bool:
    """Tell whether a stream unpacks to more than `most` bytes, or can't be unpacked as it says."""
    filters = [str(name) for name in each(stream.get(Name.Filter))]
    packed = [name for name in filters if name in ("/FlateDecode", "/LZWDecode", "/RunLengthDecode")]
    if not packed or len(stream.read_raw_bytes()) * _TIGHTEST ** len(packed) <= most:
        return False
    if filters == packed == ["/FlateDecode"] * len(packed):
        return _is_more(stream.read_raw_bytes(), len(packed), most)
    if filters != packed:
        return len(packed) > 1  # a picture's own format, packed once more
    try:
        return len(stream.read_bytes()) > most
    except PdfError:
        return True


def is_too_long(contents: list[Stream]) -> bool:
    """Tell whether what is drawn on a page is written in more than a reader should have to read. Raises PdfError."""
    if any(is_too_heavy(stream, MOST_DRAWN) for stream in contents):
        return True
    return sum(len(stream.read_bytes()) for stream in contents) > MOST_DRAWN


def _is_more(data: bytes, times: int, most: int) -> bool:
    """Tell whether data that is deflated so many times over holds more than `most` bytes, without holding them."""
    pieces = iter([data])
    for _ in range(times):
        pieces = _inflated(pieces)
    length = 0
    return any((length := length + len(piece)) > most for piece in pieces)


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Give what the pieces inflate to, a little at a time; what is damaged ends it."""
    unpacker = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest:
            try:
                yield unpacker.decompress(rest, _AT_ONCE)
            except zlib.error:
                return
            rest = unpacker.unconsumed_tail


def is_endless_drawing(resources: Object | None, known: dict[tuple[int, int], int]) -> bool:
    """Tell whether drawings within drawings would draw more than any page needs: ten of ten of ten, and so on.

    `known` keeps what each came to, for pages that share them.
    """
    return any(_drawings(form, known, 0) > _DRAWINGS for form in _forms(resources))


def _forms(resources: object) -> list[Stream]:
    found = resources.get(Name.XObject) if is_table(resources) else None
    values = [value for _, value in found.items()] if isinstance(found, Dictionary) else []
    return [value for value in values if isinstance(value, Stream) and value.get(Name.Subtype) == Name.Form]


def _drawings(form: Stream, known: dict[tuple[int, int], int], depth: int) -> int:
    if form.objgen not in known:
        known[form.objgen] = _DRAWINGS + 1  # while it is counted: one that draws itself never ends
        inner = _forms(form.get(Name.Resources))
        worst = max((_drawings(one, known, depth + 1) for one in inner), default=0) if depth < 50 else _DRAWINGS + 1
        known[form.objgen] = 1 + (worst * form.read_bytes().count(b"Do") if inner else 0)
    return known[form.objgen]
