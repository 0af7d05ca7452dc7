"""All that a PDF holds, however it is packed: for a proof that something is not in it."""

from __future__ import annotations

import io

from pikepdf import Array, Dictionary, Object, Pdf, PdfError, Stream, String

from tests.pack.reading import texts


def everything_in(data: bytes) -> str:
    """Return the text of the pages, every string and every stream of a PDF, and the file as it is, as one text."""
    found = [data.decode("latin-1"), *texts(data)]
    with Pdf.open(io.BytesIO(data)) as pdf:
        for thing in [*pdf.objects, pdf.trailer]:
            _strings(thing, found)
            if isinstance(thing, Stream):
                try:
                    unpacked = thing.read_bytes()
                except PdfError:
                    unpacked = thing.read_raw_bytes()
                found += [unpacked.decode("utf-8", "replace"), unpacked.decode("utf-16-be", "replace")]
    return "\n".join(found)


def _strings(thing: object, found: list[str]) -> None:
    """Add the strings and names of a thing, those in what it holds too; what it refers to is another thing."""
    if isinstance(thing, String):
        found.append(str(thing))
    elif isinstance(thing, Array):
        for inner in thing.as_list():
            _within(inner, found)
    elif isinstance(thing, Dictionary | Stream):
        for key, inner in thing.items():
            found.append(key)
            _within(inner, found)


def _within(inner: object, found: list[str]) -> None:
    if not isinstance(inner, Object) or not inner.is_indirect:
        _strings(inner, found)
