"""What can be taken into a pack, and what can't: everything that comes in is someone else's file."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from pikepdf import Pdf

from docgen.deliver.pack.parts import Fault, Note, Part

MOST_BYTES = 500 << 20
MOST_PAGES = 3000


class UnusableError(Exception):
    """A part can't be taken in. Its first argument is the Fault."""

    @property
    def fault(self) -> Fault:
        return Fault(self.args[0])


@dataclass(slots=True)
class Source:
    """A part that is open, and what is to be said of it."""

    part: Part
    data: bytes
    pdf: Pdf
    notes: set[Note] = field(default_factory=set)


def opened(part: Part) -> Source:
    """Open a part and see that it has no more pages than a pack can hold. Raises UnusableError, PdfError."""
    source = Source(part, data := _bytes(part.data), Pdf.open(io.BytesIO(data), inherit_page_attributes=False))
    if len(source.pdf.pages) > MOST_PAGES:
        raise UnusableError(Fault.TOO_MANY_PAGES)
    return source


def _bytes(data: bytes | Path | Fault) -> bytes:
    if isinstance(data, Fault):
        raise UnusableError(data)
    if isinstance(data, Path):
        try:
            if data.stat().st_size > MOST_BYTES:
                raise UnusableError(Fault.TOO_LARGE)
            return data.read_bytes()
        except OSError as error:
            raise UnusableError(Fault.GONE) from error
    if len(data) > MOST_BYTES:
        raise UnusableError(Fault.TOO_LARGE)
    return data
