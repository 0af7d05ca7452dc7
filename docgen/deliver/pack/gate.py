"""What can be taken into a pack, and what can't: everything that comes in is someone else's file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

from pikepdf import AccessMode, Pdf

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
    source = Source(part, data := _bytes(part.data), _mapped(data))
    if len(source.pdf.pages) > MOST_PAGES:
        raise UnusableError(Fault.TOO_MANY_PAGES)
    return source


def _mapped(data: bytes) -> Pdf:
    """Open a file from a copy that is mapped into memory: of a BytesIO qpdf asks Python for each object."""
    with TemporaryFile() as file:
        file.write(data)
        file.flush()
        return Pdf.open(file, access_mode=AccessMode.mmap_only, inherit_page_attributes=False)


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
