"""What a document consists of: paragraphs, tables and a table of contents, each with what makes two of them equal."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from lxml import etree

from docgen.render.names import w
from docgen.render.ooxml import Element
from docgen.render.redline_align import Item, words_of
from docgen.render.redline_side import Side, shape
from docgen.render.redline_tokens import Token, field_step, tokens

NumberOf = Callable[[str], Hashable]
"""Gives what stands for a list in a comparison."""

_NO_LOOK = {w("rPr"), w("sectPr"), w("pPrChange")}
_SPAN = (w("gridSpan"), w("vMerge"), w("hMerge"))


@dataclass(slots=True)
class Block:
    """What stands in a body, a cell or a footnote."""

    element: Element
    item: Item


@dataclass(slots=True)
class Paragraph(Block):
    """A paragraph; `field` tells that a field begins (1) or ends (-1) in it that goes on over others."""

    tokens: list[Token]
    field: int = 0


@dataclass(slots=True)
class Table(Block):
    """A table; one with another number of columns can't be the same, whatever stands in it."""

    rows: list[Row]


@dataclass(slots=True)
class Row:
    """A row of a table, which may be paired with one whose cells span as many columns and rows."""

    element: Element
    cells: list[Element]
    item: Item


@dataclass(slots=True)
class Contents(Block):
    """A table of contents in its frame."""

    @property
    def inside(self) -> Element:
        return _inside(self.element)


@dataclass(frozen=True, slots=True)
class Story:
    """What holds blocks, as the body, a cell or a footnote, in a part of one side."""

    side: Side
    part: str
    element: Element

    def at(self, element: Element) -> Story:
        return Story(self.side, self.part, element)

    def blocks(self) -> list[Block]:
        """Return the blocks; other children are none, and stay where they are."""
        found: list[Block] = []
        for child in self.element:
            if child.tag == w("p"):
                found.append(self._paragraph(child))
            elif child.tag == w("tbl"):
                found.append(self._table(child))
            elif child.tag == w("sdt"):
                found.append(self._contents(child))
        return found

    def _paragraph(self, element: Element) -> Paragraph:
        found = tokens(element, self.side, self.part)
        style, looks = self._looks(element.find(w("pPr")))
        key = (looks, tuple([token.key for token in found if token.key is not None]))
        text = "".join([token.text for token in found])
        item = Item(key, "p", words_of(text), style)
        return Paragraph(element, item, found, sum(map(field_step, found)))

    def _looks(self, properties: Element | None) -> tuple[Hashable, Hashable]:
        """Return the style and list of a paragraph, and all of its look."""
        if properties is None:
            return ("", None), look(None, str)
        # Few looks are used again and again: what looks the same is read once.
        written = etree.tostring(properties)
        if written not in self.side.looks:
            style = (style_of(properties), list_look(properties, self.side))
            self.side.looks[written] = style, look(properties, self.side.list_look)
        return self.side.looks[written]

    def _table(self, element: Element) -> Table:
        rows = [self._row(row) for row in element.findall(w("tr"))]
        columns = max((sum(_width(cell) for cell in row.cells) for row in rows), default=0)
        key = tuple(row.item.key for row in rows)
        words = tuple(word for row in rows for word in row.item.words)
        return Table(element, Item(key, ("tbl", columns), words), rows)

    def _row(self, element: Element) -> Row:
        cells = element.findall(w("tc"))
        inside = [[block.item for block in self.at(cell).blocks()] for cell in cells]
        key = tuple(tuple((item.kind, item.key) for item in cell) for cell in inside)
        words = tuple(word for cell in inside for item in cell for word in item.words)
        kind = tuple(
            tuple(shape(each) for each in cell.iterfind(w("tcPr") + "/*") if each.tag in _SPAN) for cell in cells
        )
        return Row(element, cells, Item(key, ("tr", kind), words))

    def _contents(self, element: Element) -> Contents:
        inside = [block.item for block in self.at(_inside(element)).blocks()]
        return Contents(element, Item(tuple(item.key for item in inside), "sdt", ("innhold",)))


def _inside(frame: Element) -> Element:
    """Return what holds the blocks of a content control."""
    found = frame.find(w("sdtContent"))
    return found if found is not None else etree.SubElement(frame, w("sdtContent"))


def _width(cell: Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return int(span.get(w("val"), "1")) if span is not None else 1


def style_of(properties: Element | None) -> str:
    style = properties.find(w("pStyle")) if properties is not None else None
    return style.get(w("val"), "") if style is not None else ""


def list_look(properties: Element | None, side: Side) -> Hashable:
    number = properties.find(w("numPr")) if properties is not None else None
    if number is None:
        return None
    level, num = _place(number)
    return level, side.list_look(num)


def look(properties: Element | None, number_of: NumberOf) -> tuple[Hashable, Hashable]:
    """Return how a paragraph looks, and how its mark does; lists by what `number_of` gives for them."""
    if properties is None:
        return (), None
    return tuple(_looks(properties, number_of)), mark_look(properties)


def _looks(properties: Element, number_of: NumberOf) -> Iterator[Hashable]:
    for child in properties.iterchildren("*"):
        if child.tag == w("numPr"):
            level, num = _place(child)
            yield "list", level, number_of(num)
        elif child.tag not in _NO_LOOK:
            yield shape(child)


def mark_look(properties: Element | None) -> Hashable:
    mark = properties.find(w("rPr")) if properties is not None else None
    return frozenset(shape(each) for each in mark.iterchildren("*")) if mark is not None and len(mark) else None


def list_place(paragraph: Element) -> tuple[str, str] | None:
    """Return level and list that a paragraph names itself, None when it does not."""
    number = paragraph.find(f"{w('pPr')}/{w('numPr')}")
    return _place(number) if number is not None else None


def _place(number: Element) -> tuple[str, str]:
    """Return level and list of a w:numPr, empty where it names none."""
    found = [number.find(w(name)) for name in ("ilvl", "numId")]
    level, num = [each.get(w("val"), "") if each is not None else "" for each in found]
    return level, num
