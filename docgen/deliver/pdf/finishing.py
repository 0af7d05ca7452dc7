"""From what LibreOffice exports to what archives accept and everyone can read: PDF/A-2a and PDF/UA-1 in one file."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

import pikepdf
from pikepdf import AccessMode

from docgen.deliver.pdf.about import ARCHIVE, About, Claims
from docgen.deliver.pdf.document import UnprovenError
from docgen.deliver.pdf.metadata import claims, describe
from docgen.deliver.pdf.saving import saved
from docgen.deliver.pdf.tags import faults, mend
from docgen.deliver.pdf.untold import tell
from docgen.deliver.seal import sealed

_DATE = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
"""As Word documents of docgen have it."""


def finished(pdf: bytes, about: About, *, is_text: bool = True) -> bytes:
    """Return LibreOffice's PDF with its tags mended, and with what it is and what it follows said as the standards ask.

    It claims PDF/A-2a and PDF/UA-1, or just PDF/A-2b where the document lacks what only its maker can give: a title, a
    language, alternative texts; and where it is no text, for LibreOffice does not tag all of sheets and slides.
    The same document gives the same bytes. Raises UnprovenError when it is no PDF.
    """
    try:
        with _opened(pdf) as opened:
            mended = mend(opened)
            _take_date_from_colours(opened)
            is_whole = is_text and bool(about.title and about.language) and not faults(mended) and not tell(opened)
            describe(opened, about, ARCHIVE if is_whole else Claims("2b"))
            return sealed(saved(opened))
    except pikepdf.PdfError as error:
        raise UnprovenError(str(error)) from error


@contextmanager
def _opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF from a file that is mapped into memory: of a BytesIO qpdf asks Python for each object."""
    with TemporaryFile() as file:
        file.write(pdf)
        file.flush()
        with pikepdf.open(file, access_mode=AccessMode.mmap, inherit_page_attributes=False) as opened:
            yield opened


def _take_date_from_colours(pdf: pikepdf.Pdf) -> None:
    """LibreOffice writes a colour profile with the time of day in it, and a digest of that (ICC.1 § 7.2)."""
    for intent in pdf.Root.get("/OutputIntents", ()):
        profile = intent.DestOutputProfile
        content = profile.read_bytes()
        profile.write(content[:24] + _DATE + content[36:84] + bytes(16) + content[100:])


def conformance(pdf: bytes) -> Claims:
    """Return what a PDF claims to follow. Raises pikepdf.PdfError when it is no PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return claims(opened)
