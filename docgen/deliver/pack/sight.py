"""What a reader sees of a page, by PDFium: where it is empty, whether it has text, and where a text stands."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # importing it makes PDFium ready, once a process

from docgen.deliver.pack.geometry import Box, Sheet

BLANK = 0x81
"""The grey of the bitmap before the page is drawn: what still is exactly so has nothing on it, not even white."""


class UnseenError(Exception):
    """PDFium can't show a file or a page of it."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The grey of a strip across a page as it is seen, a pixel a point, its rows from the top."""

    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """The text of a page, and by it what stands where."""

    text: str
    _page: ctypes.c_void_p

    def boxes(self, start: int, end: int) -> list[Box]:
        """Return where the letters from `start` to `end` stand, a box a line, in the page's own units."""
        found = []
        for number in range(pdfium.FPDFText_CountRects(self._page, start, end - start)):
            left, top, right, bottom = (ctypes.c_double() for _ in range(4))
            pdfium.FPDFText_GetRect(self._page, number, left, top, right, bottom)
            found.append((left.value, bottom.value, right.value, top.value))
        return found

    def marks(self, start: int, end: int) -> list[int]:
        """Return the numbers of the marked content that the letters stand in, each once, in their order."""
        found: dict[int, None] = {}
        for letter in range(start, end):
            drawn = pdfium.FPDFText_GetTextObject(self._page, letter)
            number = pdfium.FPDFPageObj_GetMarkedContentID(drawn) if drawn else -1
            if number >= 0:
                found[number] = None
        return list(found)


class Sight:
    """A file as PDFium sees it."""

    def __init__(self, document: object) -> None:
        self._document = document

    @contextmanager
    def page(self, position: int) -> Iterator[PageSight]:
        """Look at a page. Raises UnseenError."""
        page = pdfium.FPDF_LoadPage(self._document, position)
        if not page:
            raise UnseenError
        try:
            yield PageSight(page)
        finally:
            pdfium.FPDF_ClosePage(page)


class PageSight:
    """A page as PDFium sees it."""

    def __init__(self, page: object) -> None:
        self._page = page

    def strip(self, sheet: Sheet, from_top: float, height: int) -> Strip:
        """Return what is seen of the page from so many points below its top, so many points high."""
        wide, high = max(1, round(sheet.width)), max(1, round(sheet.height))
        bitmap = pdfium.FPDFBitmap_CreateEx(wide, height, pdfium.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            raise UnseenError
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, height, 0xFF000000 | BLANK * 0x010101)
            drawn = pdfium.FPDF_GRAYSCALE | pdfium.FPDF_ANNOT
            pdfium.FPDF_RenderPageBitmap(bitmap, self._page, 0, -round(from_top), wide, high, 0, drawn)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        return Strip(tuple(data[row * stride : row * stride + wide] for row in range(height)))

    def has_text(self) -> bool:
        """Tell whether the page has letters, and not only pictures of them."""
        with self.letters() as letters:
            return bool(letters.text.strip())

    @contextmanager
    def letters(self) -> Iterator[Letters]:
        """Read the page's text."""
        page = pdfium.FPDFText_LoadPage(self._page)
        if not page:
            raise UnseenError
        try:
            count = pdfium.FPDFText_CountChars(page)
            yield Letters("".join(chr(pdfium.FPDFText_GetUnicode(page, number)) for number in range(count)), page)
        finally:
            pdfium.FPDFText_ClosePage(page)


@contextmanager
def seen(data: bytes) -> Iterator[Sight]:
    """Open a file to look at. Raises UnseenError."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise UnseenError
    try:
        yield Sight(document)
    finally:
        pdfium.FPDF_CloseDocument(document)
