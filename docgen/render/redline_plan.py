"""What changed between two documents: paragraphs, tables, rows and cells, in order and matched."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from docgen.render.ooxml import Element, w
from docgen.render.redline_align import Item, Match, align, words_of
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
    rows: list[Row]


@dataclass(slots=True)
class Row:
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
        steps = [step for token in found if (step := field_step(token)) and token.key[0] != "field"]  # type: ignore[index]
        style, looks = self._looks(element.find(w("pPr")))
        key = (looks, tuple([token.key for token in found if token.key is not None]))
        text = "".join([token.text for token in found])
        item = Item(key, "p", words_of(text), style)
        return Paragraph(element, item, found, sum(steps))

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
        merged = next(element.iter(w("vMerge")), None) is not None
        # A cell that spans rows would lose its beginning with a row that goes.
        kind = ("tbl", columns, tuple(row.item.kind for row in rows) if merged else None)
        return Table(element, Item(key, kind, words), rows)

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


@dataclass(slots=True)
class Step:
    """A block of the old document, of the new one, or both; `inside` tells what changed in a table or contents."""

    old: Block | None
    new: Block | None
    rows: list[RowStep] = field(default_factory=list)
    inside: list[Step] = field(default_factory=list)

    @property
    def same(self) -> bool:
        return self.old is not None and self.new is not None and self.old.item.key == self.new.item.key


@dataclass(slots=True)
class RowStep:
    old: Row | None
    new: Row | None
    cells: list[list[Step]] = field(default_factory=list)


def plan(old: Story, new: Story) -> list[Step]:
    """Return the blocks of both stories, matched."""
    before, after = old.blocks(), new.blocks()
    matches = _with_paired_end(before, after, _matches(before, after))
    matches = _with_tables_apart(before, after, matches)
    return [
        _step(old, new, before[i] if i is not None else None, after[j] if j is not None else None) for i, j in matches
    ]


def _step(old: Story, new: Story, before: Block | None, after: Block | None) -> Step:
    step = Step(before, after)
    if isinstance(before, Contents) and isinstance(after, Contents):
        step.inside = plan(old.at(before.inside), new.at(after.inside))
    elif isinstance(before, Table) and isinstance(after, Table):
        step.rows = _rows(old, new, before.rows, after.rows)
    return step


def _rows(old: Story, new: Story, before: Sequence[Row], after: Sequence[Row]) -> list[RowStep]:
    steps = []
    for i, j in align([row.item for row in before], [row.item for row in after]):
        step = RowStep(before[i] if i is not None else None, after[j] if j is not None else None)
        if step.old and step.new:
            cells = zip(step.old.cells, step.new.cells, strict=True)
            step.cells = [plan(old.at(one), new.at(other)) for one, other in cells]
        steps.append(step)
    return steps


def _matches(before: Sequence[Block], after: Sequence[Block]) -> list[Match]:
    """Align the blocks so that the ends of a field over several paragraphs stay in paragraphs that are matched."""
    left, right = _turns(before), _turns(after)
    if [step for _at, step in left] != [step for _at, step in right]:
        # A field on one side only: its paragraphs are taken out or put in whole.
        return align(
            [_alone(block, "old") for block in before],
            [_alone(block, "new") for block in after],
        )
    out: list[Match] = []
    i = j = 0
    for (a, _), (b, _) in [*zip(left, right, strict=True), ((len(before), 0), (len(after), 0))]:
        part = align([block.item for block in before[i:a]], [block.item for block in after[j:b]])
        out += [(x + i if x is not None else None, y + j if y is not None else None) for x, y in part]
        if a < len(before):
            out.append((a, b))
        i, j = a + 1, b + 1
    return out


def _turns(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return where fields over several paragraphs begin and end."""
    return [(at, block.field) for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.field]


def _alone(block: Block, side: str) -> Item:
    if isinstance(block, Paragraph) and block.field:
        return Item((side, block.item.key), side, block.item.words)
    return block.item


def _with_paired_end(before: Sequence[Block], after: Sequence[Block], matches: list[Match]) -> list[Match]:
    """Match the last paragraphs where both would be changed: the end of a story can't be taken out or put in."""
    if not before or not after or not _may_end_together(before[-1], after[-1]):
        return matches
    end = (len(before) - 1, len(after) - 1)
    tail = _tail(matches)
    if not tail:
        return matches
    if all(isinstance(before[i] if i is not None else after[j or 0], Paragraph) for i, j in tail) and not (
        (end[0], None) in tail and (None, end[1]) in tail
    ):
        # The writer moves the marks of these paragraphs by one.
        return matches
    broken = [(i, j) for i, j in matches if (i == end[0]) != (j == end[1]) and i is not None and j is not None]
    if any(_turns([before[i], after[j]]) for i, j in broken):
        return matches
    kept: list[Match] = []
    for i, j in matches:
        if (i, j) in broken:
            kept.append((None, j) if i == end[0] else (i, None))
        elif i != end[0] and j != end[1]:
            kept.append((i, j))
    return [*kept, end]


def _with_tables_apart(before: Sequence[Block], after: Sequence[Block], matches: list[Match]) -> list[Match]:
    """Take the empty paragraph after a replaced table apart too, so that it stands between the old table and the new.

    Word would make one table of two that touch.
    """
    out = list(matches)
    for at in range(len(matches) - 3):
        (i, none), (other_none, j), (x, y) = matches[at : at + 3]
        if i is None or j is None or x is None or y is None or none is not None or other_none is not None:
            continue
        apart = isinstance(before[i], Table) and isinstance(after[j], Table)
        if apart and all(isinstance(each, Paragraph) and not each.tokens for each in (before[x], after[y])):
            out[at : at + 3] = [(i, None), (x, None), (None, j), (None, y)]
            return [*out[: at + 4], *_with_tables_apart(before, after, out[at + 4 :])]
    return out


def _may_end_together(last: Block, end: Block) -> bool:
    return isinstance(last, Paragraph) and isinstance(end, Paragraph) and last.field == end.field


def _tail(matches: Sequence[Match]) -> list[Match]:
    """Return what stands after the last pair."""
    paired = [at for at, (i, j) in enumerate(matches) if i is not None and j is not None]
    return list(matches[paired[-1] + 1 if paired else 0 :])
