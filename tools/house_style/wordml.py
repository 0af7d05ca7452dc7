"""The small building blocks of a template, as WordprocessingML text: paragraphs, tags, tables, content controls."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Xml(str):
    """WordprocessingML, as against plain text."""

    __slots__ = ()


NOTHING = Xml("")

# Paragraphs


def run(text: str, style: str = "") -> Xml:
    """Return a run of `text` in the character style `style`."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return Xml(f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>')


TAB = Xml("<w:r><w:tab/></w:r>")
BREAK = Xml("<w:r><w:br/></w:r>")


def p(style: str, *content: str, ppr: str = "") -> Xml:
    """Return a paragraph; text in `content` becomes runs, Xml stands as it is."""
    runs = "".join(part if isinstance(part, Xml) else run(part) for part in content)
    return Xml(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{ppr}</w:pPr>{runs}</w:p>')


def markdown(name: str, style: str = "BodyText") -> Xml:
    """Return the place where the Markdown text `name` becomes paragraphs in `style`."""
    return p(style, f"{{{{p {name} }}}}")


def heading(level: int, *content: str) -> Xml:
    return p(f"Heading{level}", *content)


def fact(name: str, value: str) -> Xml:
    """Return a line of the facts: a name, and a value that begins at the tab stop."""
    return p("Fakta", run(name, "Faktanavn"), TAB, value)


def field(instruction: str, shown: str) -> Xml:
    """Return a field that Word counts itself; `shown` stands there until it has."""
    return Xml(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# Tags


def tag(statement: str, kind: str = "p") -> Xml:
    """Return a paragraph that holds one tag and is gone in the document."""
    return p("Tagg", f"{{%{kind} {statement} %}}")


def when(condition: str, *blocks: Xml, otherwise: Sequence[Xml] = ()) -> Xml:
    """Return `blocks` between tags that keep them only if `condition` holds, else `otherwise`."""
    other = [tag("else"), *otherwise] if otherwise else []
    return Xml("".join([tag(f"if {condition}"), *blocks, *other, tag("endif")]))


def each(name: str, names: str, *blocks: Xml) -> Xml:
    """Return `blocks` between tags that repeat them."""
    return Xml("".join([tag(f"for {name} in {names}"), *blocks, tag("endfor")]))


# Tables

Cell = str | Sequence[Xml]


def table(widths: Sequence[int], *rows: Xml, style: str = "DocgenTable", head: bool = True) -> Xml:
    """Return a table with columns of `widths`; with `head` its first row is a head row."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return Xml(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{0x600 + 0x20 * head:04X}" w:firstRow="{head:d}"'
        ' w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def head_row(*names: str) -> Xml:
    """Return a head row, which Word repeats on each page."""
    return _row([cell([p("Tabellhode", name)]) for name in names], "<w:cantSplit/><w:tblHeader/>")


def row(*cells: Cell, split: bool = False) -> Xml:
    """Return a row; with `split` it may go on over the page."""
    return _row(
        [cell([p("Tabelltekst", c)] if isinstance(c, str) else c) for c in cells], "" if split else "<w:cantSplit/>"
    )


def each_row(name: str, names: str, columns: int, *rows: Xml) -> Xml:
    """Return `rows` between tag rows that repeat them."""
    return Xml("".join([tag_row(f"for {name} in {names}", columns), *rows, tag_row("endfor", columns)]))


def tag_row(statement: str, columns: int) -> Xml:
    """Return a row that holds one tag and is gone in the document."""
    return _row([cell([tag(statement, "tr")], f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else "")], "")


def cell(blocks: Sequence[Xml], tcpr: str = "") -> Xml:
    return Xml(f"<w:tc>{f'<w:tcPr>{tcpr}</w:tcPr>' if tcpr else ''}{''.join(blocks)}</w:tc>")


def _row(cells: Sequence[Xml], trpr: str) -> Xml:
    return Xml(f"<w:tr>{f'<w:trPr>{trpr}</w:trPr>' if trpr else ''}{''.join(cells)}</w:tr>")


# Content controls


def control(tag_value: str, title: str, *blocks: Xml, placeholder: bool = False, kind: str = "") -> Xml:
    """Return a content control round `blocks`; as a `placeholder` its text is a prompt that typing replaces."""
    showing = "<w:showingPlcHdr/>" if placeholder else ""
    names = f"<w:alias w:val={quoteattr(title)}/><w:tag w:val={quoteattr(tag_value)}/>"
    return Xml(
        f"<w:sdt><w:sdtPr>{names}{showing}{kind}</w:sdtPr><w:sdtContent>{''.join(blocks)}</w:sdtContent></w:sdt>"
    )


def prompt(text: str) -> Xml:
    """Return the prompt of an empty content control."""
    return run(text, "PlaceholderText")
