"""Finding the look of a template, once, when it is compiled."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from docgen.render.look import Look, Opened
from docgen.render.names import (
    CONTENT_TYPES,
    DOCUMENT,
    FOOTNOTES,
    NUMBERING,
    RELS,
    TYPES,
    R,
    W,
    relationships_name,
    target_name,
    w,
)
from docgen.render.numbering import Numbering
from docgen.render.ooxml import Element, parsed, written
from docgen.render.styles import StyleBook, number
from docgen.render.wordxml import CODE, LINK, NOTE

_HERE = "docgen-adds-here"
_A4_TEXT = 9071
"""The width of text on A4 with margins of 2.5 cm, in twips."""

_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{id}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
    for kind, id, tag in (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"))
)
_NO_FOOTNOTES = f'<w:footnotes xmlns:w="{W}" xmlns:r="{R}">{_SEPARATORS}</w:footnotes>'.encode()
_NO_RELATIONSHIPS = f'<Relationships xmlns="{RELS}"/>'.encode()


def look(parts: Mapping[str, bytes]) -> Look:
    """Return the look of a template, given its parts by name."""
    book = StyleBook(parts.get("word/styles.xml"))
    numbering = Numbering(parts.get(NUMBERING), book)
    bullets, numbers = numbering.levels("bullet"), numbering.levels("number")
    notes = parsed(parts.get(FOOTNOTES, _NO_FOOTNOTES))
    types = parsed(parts[CONTENT_TYPES])
    document = parsed(parts[DOCUMENT]) if DOCUMENT in parts else None
    table = book.find("table", "Docgen Table", "Docgen-tabell", "Table Grid")
    linked = _linked(parts)
    return Look(
        styles={name: style.id for name in _NAMES if (style := book.paragraph(name))},
        body=_id(book, "body text"),
        characters=_characters(book),
        table=table.id if table else "",
        cell=_id(book, "Tabelltekst", "Table Text", "body text"),
        header_cell=_id(book, "Tabellhode", "Table Heading", "Tabelltekst", "Table Text", "body text"),
        bold_header=not book.bold_first_row(table),
        bullets=bullets,
        numbers=numbers,
        text_width=_text_width(document),
        numbering=_opened(numbering.root, numbering.num_position),
        next_num=numbering.next_num,
        footnotes=_opened(notes),
        next_footnote=max([0, *(number(note.get(w("id"))) for note in notes)]) + 1,
        content_types=_opened(types),
        relationships=_relationships(parts),
        missing=frozenset({NUMBERING, FOOTNOTES} - linked),
        extensions=frozenset(e.get("Extension", "").lower() for e in types.iterfind(f"{{{TYPES}}}Default")),
        next_drawing=_next_drawing(parts),
    )


_HEADINGS = tuple(f"heading {level}" for level in range(1, 7))
_CONTINUES = ("list continue", "list continue 2", "list continue 3")
_CODE_BLOCK = ("html preformatted", "macro text", "plain text")
_NAMES = (*_HEADINGS, *_CONTINUES, *_CODE_BLOCK, "quote", "footnote text", "list paragraph")


def _id(book: StyleBook, *names: str) -> str:
    found = book.paragraph(*names)
    return found.id if found else ""


def _characters(book: StyleBook) -> tuple[tuple[int, str], ...]:
    names = {LINK: "hyperlink", CODE: "html code", NOTE: "footnote reference"}
    return tuple((kind, style.id) for kind, name in names.items() if (style := book.find("character", name)))


def _linked(parts: Mapping[str, bytes]) -> set[str]:
    """Return the parts that the document's relationships lead to."""
    rels = parsed(parts.get(relationships_name(DOCUMENT), _NO_RELATIONSHIPS))
    return {target_name(DOCUMENT, e.get("Target", "")) for e in rels if e.get("TargetMode") != "External"}


def _relationships(parts: Mapping[str, bytes]) -> dict[str, Opened]:
    owners = [name for name in parts if name.startswith("word/") and "/_rels/" not in name and name.endswith(".xml")]
    return {
        name: _opened(parsed(parts.get(relationships_name(name), _NO_RELATIONSHIPS)))
        for name in {DOCUMENT, FOOTNOTES, *owners}
    }


def _opened(root: Element, position: int | None = None) -> Opened:
    root.insert(len(root) if position is None else position, etree.Comment(_HERE))
    head, _, tail = written(root).decode().partition(f"<!--{_HERE}-->")
    return Opened(head, tail)


def _text_width(document: Element | None) -> int:
    """Return the width of the text of the last section, in twips."""
    section = None if document is None else document.find(f"{w('body')}/{w('sectPr')}")
    size = None if section is None else section.find(w("pgSz"))
    margins = None if section is None else section.find(w("pgMar"))
    if size is None or margins is None:
        return _A4_TEXT
    width = number(size.get(w("w"))) - number(margins.get(w("left"))) - number(margins.get(w("right")))
    return width if width > 1000 else _A4_TEXT


def _next_drawing(parts: Mapping[str, bytes]) -> int:
    """Return a number above those of the drawings that the template has."""
    ids = [0]
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and b"docPr" in data:
            ids += [number(e.get("id")) for e in parsed(data).iter("{*}docPr")]
    # Far above: a loop in the template may repeat its drawings, and the engine then numbers the copies.
    return max(ids) + 1001
