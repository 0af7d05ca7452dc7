"""The page that says which parts are not in the pack, and why: a small tagged PDF, taken in as any other part."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf

from docgen.deliver.pack.font import font, shown, width, written
from docgen.deliver.pack.geometry import numbers
from docgen.deliver.pack.parts import Missing, PackInfo

_WIDE, _HIGH = 595.28, 841.89
_LEFT, _TOP, _FOOT = 70.0, 770.0, 70.0
_LONGEST = 300
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading, a paragraph or an item of the list."""

    kind: str
    lines: tuple[str, ...]
    size: float
    above: float
    """Points of air above it."""

    @property
    def height(self) -> float:
        return self.above + len(self.lines) * self.size * 1.35


def listing(missing: Sequence[Missing], info: PackInfo) -> bytes:
    """Return a PDF that lists the parts which are missing, with a heading and a sentence before them."""
    words = info.words
    blocks = [_block("H1", words.missing, 20, 0), _block("P", words.missing_lead, 11, 10)]
    blocks += [_block("LI", f"{_named(one)}: {words.faults[one.fault]}.", 11, 5) for one in missing]
    pdf = Pdf.new()
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    root.K = top
    letters = font(pdf)
    for page_blocks in _pages(blocks):
        _page(pdf, top, page_blocks, letters)
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _named(one: Missing) -> str:
    return " – ".join((*one.under, one.title))[:_LONGEST]


def _block(kind: str, text: str, size: float, above: float) -> _Block:
    room = _WIDE - 2 * _LEFT - (14 if kind == "LI" else 0)
    return _Block(kind, tuple(_lines(written(text), size, room)), size, above)


def _lines(text: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for whole in text.split():
        word = whole
        while width(word, size) > room:  # a name without a space in it
            fits = max(1, next(count for count in range(len(word), 0, -1) if width(word[:count], size) <= room))
            yield from [line] if line else []
            yield word[:fits]
            line, word = "", word[fits:]
        if line and width(f"{line} {word}", size) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line


def _pages(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    page: list[_Block] = []
    left = _TOP - _FOOT
    for block in blocks:
        if page and block.height > left:
            yield page
            page, left = [], _TOP - _FOOT
        page.append(block)
        left -= block.height
    yield page


def _page(pdf: Pdf, top: Object, blocks: Sequence[_Block], letters: Object) -> None:
    page = pdf.add_blank_page(page_size=(_WIDE, _HIGH)).obj
    page.Resources = Dictionary(Font=Dictionary(F1=letters))
    drawn, base, mark = [], _TOP, 0
    items: Object | None = None
    for block in blocks:
        base -= block.above
        if block.kind == "LI" and items is None:
            items = _element(pdf, top, "L", page)
        if block.kind == "LI" and items is not None:
            item = _element(pdf, items, "LI", page)
            _element(pdf, item, "Lbl", page, mark)
            drawn.append(_text("Lbl", mark, [_BULLET], _LEFT, base, block.size))
            mark += 1
            _element(pdf, _element(pdf, item, "LBody", page), "P", page, mark)
        else:
            _element(pdf, top, block.kind, page, mark)
        left = _LEFT + (14 if block.kind == "LI" else 0)
        drawn.append(_text("P" if block.kind == "LI" else block.kind, mark, block.lines, left, base, block.size))
        mark += 1
        base -= len(block.lines) * block.size * 1.35
    page.Contents = pdf.make_stream(b"".join(drawn))


def _element(pdf: Pdf, parent: Object, kind: str, page: Object, mark: int | None = None) -> Object:
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, Pg=page))
    element.K = Array() if mark is None else mark
    parent.K.append(element)
    return element


def _text(kind: str, mark: int, lines: Sequence[str], left: float, top: float, size: float) -> bytes:
    """Return lines of text, the first below `top`, as one piece of marked content."""
    step = size * 1.35
    drawn = b"".join(
        b"BT /F1 %s Tf %s Td %s Tj ET\n" % (numbers(size), numbers(left, top - size - number * step), shown(line + " "))
        for number, line in enumerate(lines)
    )
    return b"/%s <</MCID %d>> BDC\n%sEMC\n" % (kind.encode(), mark, drawn)
