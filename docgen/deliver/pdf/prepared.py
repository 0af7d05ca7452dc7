"""A document as LibreOffice is to have it: what it would read wrongly or carelessly is put in another form first."""

from __future__ import annotations

import dataclasses

from docgen.deliver.pdf.about import About
from docgen.deliver.pdf.document import LANGUAGES, Document
from docgen.deliver.pdf.word_file import ENOUGH, NotWordError, WordFile, letters, word_file

MOST_TEXT = 5_000_000
"""Bytes of a plain text: more than a thousand pages."""
MOST_CELLS = 50_000
"""Of a table of plain text: some hundred pages, made in three seconds."""


class TooLongError(Exception):
    """A plain text or table is longer than anybody reads on paper, and would keep docgen busy for long."""


def prepared(document: Document) -> tuple[Document, WordFile | None]:
    """Return what LibreOffice is to make PDF of, and what the PDF is checked against.

    A plain text is of whatever encoding, a table of plain text would have its `0150` and `01/22` taken for a number
    and a date, and a drawing may reach out.
    Raises NotWordError, TooLongError.
    """
    word: WordFile | None = None
    if document.suffix in (".txt", ".csv") and len(document.content) > MOST_TEXT:
        raise TooLongError(f"{len(document.content)} bytes")
    if document.suffix == ".txt":
        from docgen.deliver.pdf.plain_word import of_text

        document = _in_form(document, ".docx", of_text(text_of(document.content), _language(document)))
    elif document.suffix == ".csv":
        document, word = _table(document)
    elif document.suffix == ".svg":
        document = _drawing(document)
    else:
        document = _closed(document)
    return document, word_file(document.content) if document.is_word else word


def text_of(content: bytes) -> str:
    """Return a plain text: in UTF-8, or UTF-16 where it says so, and else in Windows-1252, which all bytes are."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _table(document: Document) -> tuple[Document, WordFile]:
    from docgen.deliver.pdf.table import NoTableError, as_workbook, rows

    try:
        table = rows(text_of(document.content))
    except NoTableError as error:
        raise NotWordError(str(error)) from error
    if sum(map(len, table)) > MOST_CELLS:
        raise TooLongError(f"{len(table)} rows")
    filled = [text for row in table for text in map(letters, row) if text]
    first, last = (filled[0][:ENOUGH], filled[-1][-ENOUGH:]) if filled else ("", "")
    return _in_form(document, ".xlsx", as_workbook(table)), WordFile(About(), first, last)


def _drawing(document: Document) -> Document:
    from docgen.deliver.pdf.drawing import NoDrawingError, drawing
    from docgen.deliver.pdf.paper import room
    from docgen.deliver.pdf.plain_word import of_drawing

    try:
        svg, width, height = drawing(document.content)
    except NoDrawingError as error:
        raise NotWordError(str(error)) from error
    return _in_form(document, ".docx", of_drawing(svg, *room(width, height), document.title))


def _closed(document: Document) -> Document:
    from docgen.deliver.pdf.closed import NotClosedError, closed

    try:
        content = closed(document.content)
    except NotClosedError as error:
        raise NotWordError(str(error)) from error
    return document if content is document.content else dataclasses.replace(document, content=content)


def _in_form(document: Document, suffix: str, content: bytes) -> Document:
    return dataclasses.replace(document, content=content, form=suffix)


def _language(document: Document) -> str:
    return LANGUAGES.get(document.language, document.language)
