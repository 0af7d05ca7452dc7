"""A table as an Excel workbook in which every text is a text: none is ever taken for a formula, a date or a number."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from zlib import crc32

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from docgen.model.fingerprint import PART, PROPERTY, fingerprint

Cell = str | int | date
"""A text, a whole number or a day. The empty text is an empty cell."""

_MADE = datetime(2000, 1, 1)
"""When every workbook says it was made: a real time would make the bytes differ each time."""
_OLDEST = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_TYPES = "[Content_Types].xml"
_PLACEHOLDER = "0" * 32
_WIDEST, _NARROWEST = 60, 8
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TOP = Alignment(vertical="top", wrap_text=True)
_HEADER = Font(bold=True, color="FFFFFF"), PatternFill("solid", start_color="1F3864")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name and a row of headings; every row has as many cells as there are headings."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def workbook(sheet: Sheet) -> bytes:
    """Return the table as a workbook for the screen and for paper; the same table gives the same bytes.

    It carries the fingerprint of its parts, as a document does, so that one which a person has edited is known.
    """
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet.name
    for at, row in enumerate((sheet.header, *sheet.rows), 1):
        for place, value in enumerate(row, 1):
            _fill(page, at, place, value)
    _lay_out(page, sheet)
    book.properties.title, book.properties.creator = sheet.name, "docgen"
    book.properties.created = _MADE
    mark = StringProperty(name=PROPERTY, value=_PLACEHOLDER)
    book.custom_doc_props.append(mark)  # type: ignore[attr-defined]  # the stubs lack it
    saved = io.BytesIO()
    book.save(saved)
    book.properties.modified = _MADE  # saving sets it to now
    return _settled(saved, tostring(book.properties.to_tree()))


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    """Set the column widths, the headings that stay in view and on paper, the filter, and how it is printed."""
    for at, heading in enumerate(sheet.header):
        longest = max((len(_shown(row[at])) for row in sheet.rows), default=0)
        # A filter's button takes the room of three letters.
        width = min(max(longest, len(heading) + 3, _NARROWEST) + 1, _WIDEST)
        page.column_dimensions[get_column_letter(at + 1)].width = width
        page.cell(1, at + 1).font, page.cell(1, at + 1).fill = _HEADER
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(sheet.rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    assert page.oddFooter is not None  # the stubs leave it open; openpyxl always has one
    page.oddFooter.right.text = "&P / &N"


def _fill(page: Worksheet, row: int, column: int, value: Cell) -> None:
    if value == "":
        return
    cell = page.cell(row, column)
    cell.alignment = _TOP
    if isinstance(value, str):
        cell.value = _ESCAPED.sub("_x005F_", value)  # Excel reads _x0041_ as the letter A
        # The type keeps a text from being read as a formula, an error or a date; the apostrophe of quotePrefix keeps
        # it from becoming one when somebody edits the cell, and the format keeps 01/22 from becoming a date then.
        cell.data_type, cell.quotePrefix, cell.number_format = "s", True, "@"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "dd.mm.yyyy"
    else:
        cell.value = value


def _shown(value: Cell) -> str:
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value)


def _settled(saved: io.BytesIO, core: bytes) -> bytes:
    """Return the workbook with sorted members of a fixed date, and the fingerprint that it is known by."""
    with zipfile.ZipFile(saved) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[_CORE] = core
    parts[PART] = _custom(fingerprint((name, crc32(data)) for name, data in parts.items()))
    settled = io.BytesIO()
    with zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != _TYPES, name)):
            package.writestr(zipfile.ZipInfo(name, _OLDEST), parts[name], zipfile.ZIP_DEFLATED)
    return settled.getvalue()


def _custom(mark: str) -> bytes:
    """Return the custom properties, written as in docgen's documents so that the fingerprint is read alike."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{PROPERTY}">'
        f"<vt:lpwstr>{mark}</vt:lpwstr></property></Properties>"
    ).encode()
