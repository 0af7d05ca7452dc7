"""A PDF written so that the same one is the same bytes, small, and with no doubt about where a stream ends."""

from __future__ import annotations

import io
import re

from pikepdf import ObjectStreamMode, Pdf

_UNCLEAR_END = b"\r\nendstream\nendobj\n"
_START = b" 0 obj\n<< "
_HEAD = re.compile(rb" 0 obj\n<< [^\r\n]*?/Length (\d+)[^\r\n]*>>\nstream\n")


def saved(pdf: Pdf) -> bytes:
    """Return the file's bytes: as PDF 1.7, the same each time. Who made it and when is told nowhere but in the file."""
    for key in ("/ID", "/DocChecksum"):  # LibreOffice's, of the time of day too; qpdf makes an identity of the content
        if key in pdf.trailer:
            del pdf.trailer[key]
    target = io.BytesIO()
    pdf.save(
        target,
        force_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return with_clear_ends(target.getvalue())


def with_clear_ends(data: bytes) -> bytes:
    """Return a file as qpdf writes it, with each stream that ends in a carriage return told from the line end after it.

    Such a stream, one in 256, is followed by a line feed, and together they look like one line end: to a validator
    its length is then wrong by one (ISO 19005-2, 6.1.7.1). The line end becomes one of two characters, and the blank
    after the first << of its object goes, so that every object stays where the table of offsets has it.
    """
    pieces = []
    done = 0
    end = data.find(_UNCLEAR_END)
    while end >= 0:
        start = data.rfind(_START, done, end)
        head = _HEAD.match(data, start) if start >= 0 else None
        if head and head.end() + int(head[1]) == end + 1:  # the end of this stream, and not something within it
            blank = start + len(_START) - 1
            pieces += [data[done:blank], data[blank + 1 : end + 1], b"\r"]
            done = end + 1
        end = data.find(_UNCLEAR_END, end + 1)
    return b"".join([*pieces, data[done:]])
