"""A table of plain text (.csv) as a workbook in which every cell is the text that it was, ready for paper."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

_SEPARATORS = ";\t,|"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_MADE = datetime(2000, 1, 1)
_NARROWEST, _WIDEST, _UPRIGHT = 6, 60, 95
"""Letters: of a column, and across a portrait page."""
_WRAPPED, _BOLD = Alignment(vertical="top", wrap_text=True), Font(bold=True)
_LINES = Border(Side("hair"), Side("hair"), Side("hair"), Side("hair"))
_LONGEST = 32_767
"""Letters that a cell may hold."""


class NoTableError(Exception):
    """The text is no table."""


def rows(text: str) -> list[list[str]]:
    """Return the rows of a table whose cells are told apart by `;`, tab, `,` or `|`. Raises NoTableError."""
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        separator, text = told[1], text[told.end() :]
    else:
        first = text.partition("\n")[0]
        separator = max(_SEPARATORS, key=first.count)
    try:
        found = list(csv.reader(io.StringIO(_CONTROL.sub("", text), newline=""), delimiter=separator))
    except csv.Error as error:
        raise NoTableError(str(error)) from error
    if any(len(cell) > _LONGEST for row in found for cell in row):
        raise NoTableError("a cell is too long")
    return found


def as_workbook(table: list[list[str]]) -> bytes:
    """Return the rows as a workbook, the first one as headings on each page."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row, cells in enumerate(table, 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cell.value, cell.data_type, cell.number_format = value, "s", "@"  # a text, whatever it looks like
            cell.alignment, cell.border = _WRAPPED, _LINES
            if row == 1:
                cell.font = _BOLD
    widths = [_width(column) for column in _columns(table)]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "portrait" if sum(widths) <= _UPRIGHT else "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if len(table) > 1:
        sheet.print_title_rows = "1:1"
    book.properties.created = book.properties.modified = _MADE
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _columns(table: list[list[str]]) -> list[list[str]]:
    count = max(map(len, table), default=0)
    return [[row[at] for row in table if at < len(row)] for at in range(count)]


def _width(cells: list[str]) -> int:
    longest = max(len(line) for cell in cells for line in (cell.splitlines() or [""]))
    return min(_WIDEST, max(_NARROWEST, longest + 2))
