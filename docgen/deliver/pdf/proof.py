"""Whether a PDF is what it should be: it opens in another program than wrote it, has pages, and holds the text.

PDFium, which Chrome shows PDF with, reads a page in a millisecond or two; pypdf takes twenty.
"""

from __future__ import annotations

import threading
from functools import cache

from pypdfium2 import PdfDocument, PdfiumError  # type: ignore[import-untyped]

from docgen.deliver.pdf.document import UnprovenError
from docgen.deliver.pdf.word_file import letters

_ONE_AT_A_TIME = threading.Lock()  # PDFium is not made for threads

_NEAR = 3
"""Pages at each end that the first and the last words are looked for on; a page may be blank."""


def prove(pdf: bytes, first: str = "", last: str = "") -> int:
    """Return how many pages a PDF has, when all is well; raise UnprovenError otherwise.

    `first` and `last` are as `letters` gives them, and not looked for when empty.
    """
    with _ONE_AT_A_TIME:
        try:
            document = PdfDocument(pdf)
        except PdfiumError as error:
            raise UnprovenError(str(error)) from error
        try:
            pages = len(document)
            if not pages:
                raise UnprovenError("no pages")
            text = cache(lambda number: _text(document, number))
            ends = range(min(pages, _NEAR)), range(pages - 1, max(-1, pages - 1 - _NEAR), -1)
            for wanted, places in zip((first, last), ends, strict=True):
                if not any(wanted in text(page) for page in places):
                    raise UnprovenError(f"{wanted} is missing")
        except PdfiumError as error:
            raise UnprovenError(str(error)) from error
        finally:
            document.close()
    return pages


def _text(document: PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return letters(text.get_text_bounded())
        finally:
            text.close()
    finally:
        page.close()
