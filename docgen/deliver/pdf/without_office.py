"""The second converter, for a machine without LibreOffice: a PDF to read, which claims nothing and says what it is.

rdocx lays the pages out by itself: same text, nearly the same pages, no tags. Not for the archive.
"""

from __future__ import annotations

import dataclasses
import io

import pikepdf

from docgen.deliver.pdf.metadata import NO_OFFICE, PRODUCER, About, Claims, describe
from docgen.deliver.pdf.writing import written

PANIC = "PanicException"
"""What a fault of rdocx is raised as: it is written in Rust, and its exception is no Exception."""


class NotMadeError(Exception):
    """The second converter does not manage this document."""


def converted(content: bytes, about: About) -> bytes:
    """Return a .docx as PDF, marked in its properties as made without LibreOffice. Raises NotMadeError."""
    # Slow to load, and most machines do without it.
    import rdocx

    try:
        document = rdocx.Document.from_bytes(content)
        document.update_layout_backed_fields()  # the table of contents gets its pages
        pdf = document.to_pdf()
    except BaseException as error:
        if isinstance(error, (rdocx.RdocxError, ValueError)) or type(error).__name__ == PANIC:
            raise NotMadeError(str(error)) from error
        raise
    marked = dataclasses.replace(about, keywords=", ".join(filter(None, (about.keywords, NO_OFFICE))))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        describe(opened, marked, Claims(), producer=f"{PRODUCER}, rdocx")
        return written(opened)


def is_without_office(pdf: bytes) -> bool:
    """Tell whether a PDF was made by the second converter. Raises pikepdf.PdfError when it is no PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return NO_OFFICE in str(opened.docinfo.get("/Keywords", ""))
