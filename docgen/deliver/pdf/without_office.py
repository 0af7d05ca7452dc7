"""The second converter, for a machine without LibreOffice: a PDF to read, which claims nothing and says what it is.

rdocx lays the pages out by itself: same text, nearly the same pages, no tags. Not for the archive.
"""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import rdocx

from docgen.deliver.pdf.about import NO_OFFICE, About, Claims
from docgen.deliver.pdf.document import UnprovenError
from docgen.deliver.pdf.metadata import PRODUCER, describe
from docgen.deliver.pdf.saving import saved
from docgen.deliver.seal import sealed

PANIC = "PanicException"
"""What a fault of rdocx is raised as: it is written in Rust, and its exception is no Exception."""


def converted(content: bytes, about: About) -> bytes:
    """Return a .docx as PDF, marked in its properties as made without LibreOffice. Raises UnprovenError."""
    try:
        document = rdocx.Document.from_bytes(content)
        document.update_layout_backed_fields()  # the table of contents gets its pages
        pdf = document.to_pdf()
    except BaseException as error:
        if isinstance(error, (rdocx.RdocxError, ValueError)) or type(error).__name__ == PANIC:
            raise UnprovenError(str(error)) from error
        raise
    marked = dataclasses.replace(about, keywords=", ".join(filter(None, (about.keywords, NO_OFFICE))))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        describe(opened, marked, Claims(), producer=f"{PRODUCER}, rdocx")
        return sealed(saved(opened))
