"""Links from the agenda to what it mentions, laid over the places where its text does so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pikepdf import Array, Dictionary, Matrix, Name, Object, String

from docgen.deliver.pack.geometry import Box
from docgen.deliver.pack.graph import each, same
from docgen.deliver.pack.sight import Letters, Sight
from docgen.deliver.pack.tags import Tree

_AIR = 1.0
_PRINTED = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: on which page of its part, in which boxes, and in which marked content."""

    page: int
    boxes: tuple[Box, ...]
    marks: tuple[int, ...]

    def moved(self, change: Matrix | None) -> Place:
        """Return the same place when its page is drawn smaller."""
        if change is None:
            return self
        corners = ((change.transform(box[:2]), change.transform(box[2:])) for box in self.boxes)
        return replace(self, boxes=tuple((*low, *high) for low, high in corners))


def places(sight: Sight, pages: int, mentions: Sequence[Sequence[str]]) -> list[list[Place]]:
    """Return, for each thing that may be mentioned, where: its first name where a line begins with it, else anywhere;
    its other names after that.
    """
    found: list[list[Place]] = [[] for _ in mentions]
    for page in range(pages):
        with sight.page(page) as seen, seen.letters() as letters:
            for names, known in zip(mentions, found, strict=True):
                if not known:
                    known.extend(_on_page(letters, page, names))
    return found


def _on_page(letters: Letters, page: int, names: Sequence[str]) -> Iterator[Place]:
    after = 0
    for name in names:
        words = r"\s+".join(map(re.escape, name.split()))
        if not words:
            continue
        whole = rf"(?<![\w/-]){words}(?![\w/]|-\d)"
        begun = re.compile(rf"(?:\A|(?<=[\r\n]))\s*({whole})")
        spot = (begun.search(letters.text) if not after else None) or re.compile(f"({whole})").search(
            letters.text, after
        )
        if spot is None:
            continue
        start, after = spot.span(1)
        yield Place(page, tuple(letters.boxes(start, after)), tuple(letters.marks(start, after)))


def lay(tree: Tree, place: Place, page: Object, destination: Array, says: str) -> None:
    """Lay a link over a place on a page of the pack; what is marked there becomes the link's text, where it can."""
    if not place.boxes:
        return
    key = tree.next_key()
    link = tree.pack.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array(_around(place.boxes)),
            Border=Array([0, 0, 0]),
            F=_PRINTED,
            Dest=destination,
            Contents=String(says),
            StructParent=key,
        )
    )
    if len(place.boxes) > 1:
        link.QuadPoints = Array([value for box in place.boxes for value in _corners(box)])
    page.Annots = Array([*each(page.get(Name.Annots)), link])
    page.Tabs = Name.S
    tree.parents[key] = _tagged(tree, place, page, link)


def _tagged(tree: Tree, place: Place, page: Object, link: Object) -> Object:
    """Return a new Link element with the annotation, in the tree where the marked content is."""
    element = tree.pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, Pg=page))
    held = Dictionary(Type=Name.OBJR, Obj=link, Pg=page)
    numbers = page.get(Name.StructParents)
    marks: list[Object] = each(tree.parents.get(numbers)) if isinstance(numbers, int) else []
    own = [mark for mark in place.marks if mark < len(marks) and _is_kid(marks[mark], page, mark)]
    if not own or not isinstance(numbers, int):
        element.P = parent = marks[0] if len(marks) == 1 else tree.top
        element.K = Array([held])
        parent.K = Array([*each(parent.K), element])
        return element
    parent = marks[own[0]]
    own = [mark for mark in own if same(marks[mark], parent)]
    element.P, element.K = parent, Array([*own, held])
    kids = [kid for kid in each(parent.K) if kid not in own[1:]]
    parent.K = Array([element if kid == own[0] else kid for kid in kids])
    for mark in own:
        tree.parents[numbers][mark] = element
    return element


def _is_kid(element: Object, page: Object, mark: int) -> bool:
    """Tell whether a mark stands by itself in its element, and not in a link or on another page already."""
    return element.get(Name.S) != Name.Link and same(element.get(Name.Pg), page) and mark in each(element.K)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (min(lefts) - _AIR, min(bottoms) - _AIR, max(rights) + _AIR, max(tops) + _AIR)


def _corners(box: Box) -> tuple[float, ...]:
    left, bottom, right, top = box
    return (left, top, right, top, left, bottom, right, bottom)
