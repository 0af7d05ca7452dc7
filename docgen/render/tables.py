"""Markdown tables -> Word tables with a header row that repeats and columns as wide as their text needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.render.commonmark import text_of
from docgen.render.inline import Line
from docgen.render.look import Look
from docgen.render.wordxml import BOLD, attribute, run_properties

if TYPE_CHECKING:
    from markdown_it.token import Token

_FULL = 5000
"""The whole width of the text, in fiftieths of a per cent."""

_CHARACTER = 110
"""About the width of a letter with its share of the cell's margins, in twips."""

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(frozen=True, slots=True)
class _Cell:
    children: list[Token]
    align: str
    text: str


def table(tokens: list[Token], line: Line, look: Look, left: int) -> str:
    """Return the table that `tokens` hold, its header row first, standing `left` twips in."""
    rows = _rows(tokens)
    width = max(look.text_width - left, look.text_width // 3)
    widths = column_widths([[cell.text for cell in row] for row in rows], width)
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    body = "".join(_row(row, widths, line, look, header=at == 0) for at, row in enumerate(rows))
    return f"<w:tbl>{_properties(look, left, width)}<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def spacer() -> str:
    """Return the paragraph after a table: Word joins two tables that touch, and a cell may not end with one."""
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>'
        '<w:rPr><w:sz w:val="12"/></w:rPr></w:pPr></w:p>'
    )


def column_widths(rows: list[list[str]], total: int) -> list[int]:
    """Return the width of each column, together `total`.

    Each gets room for its longest word; what is left is shared by how much text stands in them.
    """
    columns = list(zip(*rows, strict=True))
    words = [max(_longest_word(cell) for cell in column) + 2 for column in columns]
    lines = [max(len(cell) for cell in column) + 2 for column in columns]
    fits = total / _CHARACTER
    if sum(lines) <= fits:
        shares = [float(each) for each in lines]
    else:
        # Long texts count less than their length, or a short column beside a long one would be a ribbon.
        rest = max(0.0, fits - sum(words))
        more = [max(0, long - word) ** 0.7 for long, word in zip(lines, words, strict=True)]
        shares = [word + rest * each / (sum(more) or 1) for word, each in zip(words, more, strict=True)]
    widths = [int(total * share / sum(shares)) for share in shares]
    widths[-1] += total - sum(widths)
    return widths


def _longest_word(text: str) -> int:
    return min(30, max(map(len, text.split()), default=0))


def _rows(tokens: list[Token]) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    align = ""
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            align = str(token.attrs.get("style", "")).removeprefix("text-align:")
        elif token.type == "inline":
            rows[-1].append(_Cell(token.children or [], align, text_of(token.children)))
    return rows


def _properties(look: Look, left: int, width: int) -> str:
    style = f'<w:tblStyle w:val="{attribute(look.table)}"/>' if look.table else ""
    indent = f'<w:tblInd w:w="{left}" w:type="dxa"/>' if left else ""
    borders = "" if look.table else f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
    return (
        f'<w:tblPr>{style}<w:tblW w:w="{round(_FULL * width / look.text_width)}" w:type="pct"/>{indent}{borders}'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
        'w:noVBand="1"/></w:tblPr>'
    )


def _row(row: list[_Cell], widths: list[int], line: Line, look: Look, *, header: bool) -> str:
    style = look.header_cell if header else look.cell
    base = run_properties("", BOLD, ()) if header and look.bold_header else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, style, line, base)}</w:tc>'
        for cell, width in zip(row, widths, strict=True)
    )
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _paragraph(cell: _Cell, style: str, line: Line, base: str) -> str:
    named = f'<w:pStyle w:val="{attribute(style)}"/>' if style else ""
    adjusted = f'<w:jc w:val="{cell.align}"/>' if cell.align else ""
    properties = f"<w:pPr>{named}{adjusted}</w:pPr>" if named or adjusted else ""
    return f"<w:p>{properties}{line.runs(cell.children, base)}</w:p>"
