"""The bookmarks of a part, and those of the pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pikepdf import Array, Dictionary, Matrix, Name, Object, Pdf, String

from docgen.deliver.pack.graph import is_table
from docgen.deliver.pack.targets import Target, Targets

_MOST, _DEEPEST = 2000, 8


@dataclass(slots=True)
class Bookmark:
    """A line of the outline: of a part, leading to a Target in it, or of the pack, leading to a PDF destination."""

    title: str
    target: Target | Array | None
    inner: list[Bookmark] = field(default_factory=list)
    is_open: bool = False

    @property
    def lines(self) -> int:
        """How many lines of the outline are seen below it, when it is unfolded."""
        return sum(1 + (mark.lines if mark.is_open else 0) for mark in self.inner)


def bookmarks_of(pdf: Pdf) -> list[Bookmark]:
    """Return a part's own bookmarks: those that lead to a page of it, and those that hold such."""
    targets, seen = Targets(pdf), set[object]()
    root = pdf.Root.get(Name.Outlines)
    return _below(root, targets, seen, 0) if is_table(root) else []


def _below(node: Object, targets: Targets, seen: set[object], depth: int) -> list[Bookmark]:
    found = []
    item = node.get(Name.First)
    while is_table(item) and item.objgen not in seen and len(seen) < _MOST and depth < _DEEPEST:
        seen.add(item.objgen)
        title = item.get(Name.Title)
        mark = Bookmark(str(title).strip() if isinstance(title, String) else "", targets.of(item))
        mark.inner = _below(item, targets, seen, depth + 1)
        if mark.title and (mark.target or mark.inner):
            found.append(mark)
        item = item.get(Name.Next)
    return found


def led_to(marks: Sequence[Bookmark], pages: list[Object], changes: Mapping[int, Matrix]) -> list[Bookmark]:
    """Return a part's bookmarks as they lead to the pages that it has become, some of them made smaller."""
    return [
        Bookmark(
            mark.title,
            mark.target.destination(pages, changes) if isinstance(mark.target, Target) else None,
            led_to(mark.inner, pages, changes),
        )
        for mark in marks
    ]


def place(outline: list[Bookmark], under: Sequence[str], mark: Bookmark) -> None:
    """Put a bookmark below those named, which lead to the first that is put below them."""
    for name in under:
        if not outline or outline[-1].title != name:
            outline.append(Bookmark(name, mark.target, is_open=True))
        outline = outline[-1].inner
    outline.append(mark)


def write(pack: Pdf, outline: Sequence[Bookmark]) -> None:
    """Write the pack's bookmarks: the parts' own are folded away."""
    pack.Root.Outlines = pack.make_indirect(Dictionary(Type=Name.Outlines))
    _write(pack, pack.Root.Outlines, Bookmark("", None, list(outline), is_open=True))
    pack.Root.PageMode = Name.UseOutlines


def _write(pack: Pdf, parent: Object, above: Bookmark) -> None:
    items = [pack.make_indirect(Dictionary(Title=String(mark.title), Parent=parent)) for mark in above.inner]
    for mark, item in zip(above.inner, items, strict=True):
        target = mark.target or _first(mark)
        if target is not None:
            item.Dest = target
        if mark.inner:
            _write(pack, item, mark)
    for one, after in pairwise(items):
        one.Next, after.Prev = after, one
    if items:
        parent.First, parent.Last = items[0], items[-1]
        parent.Count = above.lines if above.is_open else -above.lines


def _first(mark: Bookmark) -> Target | Array | None:
    return mark.target or next((found for inner in mark.inner if (found := _first(inner))), None)
