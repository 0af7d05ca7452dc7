"""A PDF as bytes that PDF/A accepts: small, the same each time, and with no stream that ends in a trap."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from itertools import combinations

import pikepdf
from pikepdf import Dictionary, Name, ObjectStreamMode, Stream, StreamDecodeLevel

TRAP = b"\r\nendstream"
"""A stream whose last byte is CR, and the line end after it: nobody can tell which of them is content."""

_EITHER = ("/MarkInfo", "/ViewerPreferences", "/OpenAction", "/OutputIntents", "/Names", "/Lang")
"""Values of the catalogue that may as well be objects of their own; each choice numbers all others anew."""


def written(pdf: pikepdf.Pdf) -> bytes:
    """Return the PDF as bytes, its objects packed together. The same PDF gives the same bytes.

    The last byte of a deflated stream is a checksum's, so one stream in 256 ends in CR, and its length is not what a
    validator measures (ISO 19005-2 § 6.1.7.1). To such a stream of the PDF a byte is added. Those that hold the
    packed objects are made only here: the objects are numbered in other ways until none of them ends so.
    """
    for one in pdf.objects:
        if isinstance(one, Stream):
            _encode(one)
    for key in ("/ID", "/DocChecksum"):  # LibreOffice's, of the time of day too; qpdf makes an identity of the content
        if key in pdf.trailer:
            del pdf.trailer[key]
    content = b""
    for _ in _numberings(pdf):
        content = _saved(pdf)
        if TRAP not in content:
            break
    return content


def _encode(stream: Stream) -> None:
    """Deflate a stream that is not, and let none end in CR: a line end more, which those who inflate never come to.

    Another encoding would be undone by qpdf, which encodes anew all but what is plainly deflated.
    """
    if stream.get("/Type") == Name.Metadata:
        return  # plain, for programs that look for it in any file
    if stream.get("/Filter") != Name.FlateDecode:
        try:
            content = stream.read_bytes()
        except pikepdf.PdfError:
            return  # a picture in a format of its own, or a broken stream: it stays as it is
        stream.write(zlib.compress(content, 9), filter=Name.FlateDecode)
    raw = stream.read_raw_bytes()
    if raw.endswith(b"\r"):
        parameters = stream.get("/DecodeParms")
        kept = parameters if isinstance(parameters, Dictionary) else None
        stream.write(raw + b"\n", filter=Name.FlateDecode, decode_parms=kept)


def _numberings(pdf: pikepdf.Pdf) -> Iterator[None]:
    """Change how the objects are numbered, and nothing else; the first time not at all."""
    root = pdf.Root
    inline = {key: root[key] for key in _EITHER if key in root and not root[key].is_indirect}
    for count in range(len(inline) + 1):
        for chosen in combinations(inline, count):
            for key, value in inline.items():
                root[key] = pdf.make_indirect(value) if key in chosen else value
            yield


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(
        target,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return target.getvalue()
