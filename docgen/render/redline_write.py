"""Writing the matched blocks of two documents as one, with tracked changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from docgen.render.names import w
from docgen.render.ooxml import Element, remove
from docgen.render.redline_blocks import Block, Contents, Paragraph, Row, Story, Table, look
from docgen.render.redline_bring import Bring
from docgen.render.redline_plan import RowStep, Step, plan
from docgen.render.redline_runs import Stamp, runs
from docgen.render.redline_words import NotePair, Span, changes

_BLOCKS = (w("p"), w("tbl"), w("sdt"))
_NO_LOOK = (w("rPr"), w("sectPr"), w("pPrChange"))


class Writer:
    """Writes changes into the new document's own elements."""

    def __init__(self, bring: Bring, stamp: Stamp) -> None:
        self._bring = bring
        self._stamp = stamp
        self._notes: list[NotePair] = []

    def write(self, old: Story, new: Story, steps: Sequence[Step]) -> None:
        """Have the element of `new` hold the blocks of both, and mark what changed."""
        if all(self._is_unchanged(step) for step in steps):
            return
        end = _end_of(steps)
        others = _Others(new.element)
        out = others.first()
        for at, step in enumerate(steps):
            if step.new is not None:
                out += others.before(step.new.element)
            if at and _are_tables_in_touch(steps[at - 1], step):
                out.append(self._between_tables())
            out += self._at_end(old, new, step, end) if end and at >= end.at else self._step(old, new, step)
        _arrange(new.element, [*out, *others.rest()])

    def write_notes(self, old: Story, new: Story) -> None:
        """Mark what changed in the footnotes that stand for each other."""
        for one, other in self._notes:
            before, after = old.at(old.side.notes[one]), new.at(new.side.notes[other])
            self.write(before, after, plan(before, after))

    def _is_unchanged(self, step: Step) -> bool:
        """Whether the step's block is the same in both, and its lists are."""
        if step.old is None or step.new is None or step.old.item.key != step.new.item.key:
            return False
        lists = zip(step.old.element.iter(w("numId")), step.new.element.iter(w("numId")), strict=True)
        return all(self._bring.number(one.get(w("val"), "")) == other.get(w("val")) for one, other in lists)

    def _step(self, old: Story, new: Story, step: Step) -> list[Element]:
        match step.old, step.new:
            case (None, None):
                return []
            case (Block() as gone, None):
                return self._whole("del", old, gone)
            case (None, Block() as added):
                return self._whole("ins", new, added)
            case (Paragraph() as before, Paragraph() as after) if not self._is_unchanged(step):
                self._paragraph(old, new, before, after)
            case (Table(), Table() as table) if not self._is_unchanged(step):
                self._table(old, new, table, step.rows)
            case (Contents() as before, Contents() as after):
                self.write(old.at(before.inside), new.at(after.inside), step.inside)
        assert step.new is not None
        return [step.new.element]

    def _paragraph(self, old: Story, new: Story, before: Paragraph, after: Paragraph, mark: str = "") -> None:
        spans, notes = changes(before.tokens, after.tokens, (old.side, new.side))
        self._notes += notes
        # Where the mark is put in, the look of the old paragraph stands at the mark that was there before.
        was = None if mark == "ins" else (self._properties("del", old, before),)
        properties = self._marked(self._properties("ins", new, after), mark, was)
        after.element[:] = [*properties, *self._runs(spans, old)]

    def _at_end(self, old: Story, new: Story, step: Step, end: _End) -> list[Element]:
        """Write what stands at the end, where the last mark can't be tracked: those before it are, up to the pair's."""
        if step is end.pair:
            self._paragraph(old, new, end.before, end.after, end.kind)
            return [end.after.element]
        story, block = (old, step.old) if end.kind == "del" else (new, step.new)
        assert isinstance(block, Paragraph)
        if step is not end.last:
            return self._whole(end.kind, story, block)
        own = self._properties(end.kind, story, block)
        if end.kind == "del":
            properties = self._marked(deepcopy(end.look), "", (own,))
        else:
            properties = self._marked(own, "", (self._properties("del", old, end.before),))
        return [_element(w("p"), [*properties, *self._runs([(end.kind, block.tokens)], old)])]

    def _whole(self, kind: str, story: Story, block: Block) -> list[Element]:
        """Return a block of one document that is not in the other."""
        if isinstance(block, Contents):
            inside = story.at(block.inside)
            return [made for each in inside.blocks() for made in self._whole(kind, inside, each)]
        if isinstance(block, Table):
            made = self._copy(kind, story, block.element)
            for row, copied in zip(block.rows, made.findall(w("tr")), strict=True):
                made.replace(copied, self._row(kind, story, row))
            return [made]
        assert isinstance(block, Paragraph)
        properties = self._marked(self._properties(kind, story, block), kind, None)
        return [_element(w("p"), [*properties, *self._runs([(kind, block.tokens)], story)])]

    def _table(self, old: Story, new: Story, table: Table, steps: Iterable[RowStep]) -> None:
        rows: list[Element] = []
        for step in steps:
            if step.new is None:
                assert step.old is not None
                rows.append(self._row("del", old, step.old))
            elif step.old is None:
                rows.append(self._row("ins", new, step.new))
            else:
                for one, other, cell in zip(step.old.cells, step.new.cells, step.cells, strict=True):
                    self.write(old.at(one), new.at(other), cell)
                rows.append(step.new.element)
        _arrange(table.element, [child for child in table.element if child.tag != w("tr")] + rows)

    def _row(self, kind: str, story: Story, row: Row) -> Element:
        made = self._copy(kind, story, row.element)
        properties = made.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            made.insert(sum(1 for _ in made.iterchildren(w("tblPrEx"))), properties)
        properties.append(self._stamp.change(kind))
        for cell, copied in zip(row.cells, made.findall(w("tc")), strict=True):
            inside = story.at(cell)
            blocks = [each for block in inside.blocks() for each in self._whole(kind, inside, block)]
            copied[:] = [*copied.iterchildren(w("tcPr")), *blocks]
        return made

    def _between_tables(self) -> Element:
        """Return a paragraph that goes whatever is chosen: Word would make one table of two that touch."""
        spacing = etree.Element(w("spacing"))
        for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
            spacing.set(w(name), value)
        mark = _element(w("rPr"), [self._stamp.change("ins"), self._stamp.change("del")])
        return _element(w("p"), [_element(w("pPr"), [spacing, mark])])

    def _runs(self, spans: list[Span], story: Story) -> list[Element]:
        """Return the spans as runs; what was taken out is of the old `story`."""
        return runs(spans, self._stamp, lambda element: self._bring.copy(element, story.part))

    def _copy(self, kind: str, story: Story, element: Element) -> Element:
        if kind == "del":
            return self._bring.copy(element, story.part)
        made = deepcopy(element)
        made.tail = None
        return made

    def _properties(self, kind: str, story: Story, paragraph: Paragraph) -> Element:
        """Return a copy of the paragraph's properties, empty where it has none."""
        found = paragraph.element.find(w("pPr"))
        if found is None:
            return etree.Element(w("pPr"))
        made = self._copy(kind, story, found)
        if kind == "del":
            # A section's end leads to headers that the new document does not have.
            remove(made.findall(w("sectPr")))
        return made

    def _marked(self, shown: Element, mark: str, was: tuple[Element] | None) -> list[Element]:
        """Return the properties with the mark tracked and, when they were others, what they `was`; none when empty."""
        after = look(shown, str)
        before = look(was[0], str) if was else after
        if mark:
            _mark_properties(shown).insert(0, self._stamp.change(mark))
        if was and before[1] != after[1]:
            change = self._stamp.change("rPrChange")
            change.append(_element(w("rPr"), was[0].iterfind(f"{w('rPr')}/*")))
            _mark_properties(shown).append(change)
        if was and before[0] != after[0]:
            change = self._stamp.change("pPrChange")
            change.append(_element(w("pPr"), [child for child in was[0] if child.tag not in _NO_LOOK]))
            shown.append(change)
        return [shown] if len(shown) else []


@dataclass(frozen=True, slots=True)
class _End:
    """Paragraphs of one side after the last pair, which is at `at`; `look` is how the new one of the pair looks."""

    at: int
    pair: Step
    last: Step
    kind: str
    before: Paragraph
    after: Paragraph
    look: Element


def _end_of(steps: Sequence[Step]) -> _End | None:
    """Return the end of a story whose last paragraphs were all taken out, or all put in."""
    at = max((at for at, step in enumerate(steps) if step.old is not None and step.new is not None), default=-1)
    tail = steps[at + 1 :]
    if at < 0 or not tail:
        return None
    pair = steps[at]
    if not isinstance(pair.old, Paragraph) or not isinstance(pair.new, Paragraph):
        return None
    for kind, blocks in (("del", [step.old for step in tail]), ("ins", [step.new for step in tail])):
        if all(isinstance(block, Paragraph) for block in blocks):
            look = deepcopy(pair.new.element.find(w("pPr")))
            return _End(at, pair, tail[-1], kind, pair.old, pair.new, _element(w("pPr"), []) if look is None else look)
    return None


def _are_tables_in_touch(earlier: Step, step: Step) -> bool:
    return isinstance(earlier.old, Table) and earlier.new is None and isinstance(step.new, Table) and step.old is None


def _element(tag: str, children: Iterable[Element]) -> Element:
    made = etree.Element(tag)
    made.extend(list(children))
    return made


def _arrange(parent: Element, children: Sequence[Element]) -> None:
    """Have `parent` hold these children. Those that are there stay where they are: lxml is slow to move a big table."""
    wanted = set(children)
    for child in list(parent):
        if child not in wanted:
            parent.remove(child)
    here = parent[0] if len(parent) else None
    for child in children:
        if child is here:
            here = child.getnext()
        elif here is not None:
            here.addprevious(child)
        else:
            parent.append(child)


def _mark_properties(properties: Element) -> Element:
    """Return the w:rPr of the paragraph mark, made when it is missing."""
    found = properties.find(w("rPr"))
    if found is None:
        found = etree.Element(w("rPr"))
        after = [child for child in properties if child.tag in (w("sectPr"), w("pPrChange"))]
        properties.insert(properties.index(after[0]) if after else len(properties), found)
    return found


class _Others:
    """The children of a story that are no blocks, such as a bookmark or the section's properties."""

    def __init__(self, element: Element) -> None:
        self._children = list(element)
        self._at = 0

    def first(self) -> list[Element]:
        """Return those that must stand before every block."""
        return self._until(lambda child: child.tag in _BLOCKS)

    def before(self, block: Element) -> list[Element]:
        return self._until(lambda child: child is block)

    def rest(self) -> list[Element]:
        return self._until(lambda _child: False)

    def _until(self, stop: Callable[[Element], bool]) -> list[Element]:
        found = []
        while self._at < len(self._children) and not stop(self._children[self._at]):
            child = self._children[self._at]
            self._at += 1
            if child.tag not in _BLOCKS:
                found.append(child)
        return found
