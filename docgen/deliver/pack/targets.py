"""Where links and bookmarks of a file lead, said as the position of a page and a place on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Array, Dictionary, Matrix, Name, Object, Pdf, String

from docgen.deliver.pack.graph import each, is_table

_ALONG = {"/XYZ": "xy", "/FitH": "y", "/FitV": "x", "/FitR": "xyxy", "/FitBH": "y", "/FitBV": "x"}
"""Of the numbers of a view: which way each is counted. What follows is no place, but how near it is seen."""
_VIEWS = {"/XYZ": 3, "/Fit": 0, "/FitH": 1, "/FitV": 1, "/FitR": 4, "/FitB": 0, "/FitBH": 1, "/FitBV": 1}
_MOST_NAMES = 50_000


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a part: `page` counts from 0, `view` is what follows the page in a PDF destination."""

    page: int
    view: tuple[object, ...] = (Name.Fit,)

    def destination(self, pages: list[Object], changes: Mapping[int, Matrix] | None = None) -> Array:
        """Return the PDF destination, among the pages that the part has become; `changes` are those made smaller."""
        change = (changes or {}).get(self.page)
        return Array([pages[self.page], *(_moved(self.view, change) if change is not None else self.view)])


class Targets:
    """The destinations of one file: those that say their page, and those that are known by a name."""

    def __init__(self, pdf: Pdf) -> None:
        self._root = pdf.Root
        self._position = {page.obj.objgen: position for position, page in enumerate(pdf.pages)}
        self._names: dict[bytes, object] | None = None

    def of(self, holder: Object) -> Target | None:
        """Return where a link or a bookmark leads, or None when that is not to a page of its file."""
        if Name.Dest in holder:
            return self._target(holder.get(Name.Dest))
        action = holder.get(Name.A)
        if isinstance(action, Dictionary) and action.get(Name.S) == Name.GoTo:
            return self._target(action.get(Name.D))
        return None

    def _target(self, found: object) -> Target | None:
        if isinstance(found, Name | String):
            found = self._named().get(bytes(found) if isinstance(found, String) else str(found)[1:].encode())
        if isinstance(found, Dictionary):
            found = found.get(Name.D)
        if not isinstance(found, Array) or not len(found):
            return None
        page, *view = each(found)
        position = page if isinstance(page, int) else self._position.get(page.objgen) if is_table(page) else None
        if position is None or not 0 <= position < len(self._position):
            return None
        return Target(position, _view(view))

    def _named(self) -> dict[bytes, object]:
        if self._names is None:
            old = self._root.get(Name.Dests, Dictionary())
            self._names = {name[1:].encode(): value for name, value in old.items()}
            names = self._root.get(Name.Names)
            self._names |= _in_name_tree(names.get(Name.Dests) if is_table(names) else None)
        return self._names


def _view(view: list[object]) -> tuple[object, ...]:
    count = _VIEWS.get(str(view[0])) if view and isinstance(view[0], Name) else None
    numbers = view[1:]
    if count is None or len(numbers) < count:
        return (Name.Fit,)
    plain = (value if isinstance(value, int | Decimal | float) else None for value in numbers[:count])
    return (view[0], *plain)


def _moved(view: tuple[object, ...], change: Matrix) -> tuple[object, ...]:
    """Return a view of a page that is drawn smaller and elsewhere, but turned no other way."""
    kind, *values = view
    for at, way in enumerate(_ALONG.get(str(kind), "")):
        if isinstance(value := values[at], int | Decimal | float):
            moved = change.transform((float(value), float(value)))
            values[at] = round(moved[way == "y"], 3)
    return (kind, *values)


def _in_name_tree(root: object) -> dict[bytes, object]:
    """Return what a name tree holds. One that leads back into itself is read once, one without end in part."""
    found: dict[bytes, object] = {}
    waiting: list[object] = [root]
    seen: set[object] = set()
    while waiting and len(seen) < _MOST_NAMES and len(found) < _MOST_NAMES:
        node = waiting.pop()
        if not is_table(node) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen if node.is_indirect else id(node))
        pairs = each(node.get(Name.Names))
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            if isinstance(key, String):
                found[bytes(key)] = value
        waiting.extend(each(node.get(Name.Kids)))
    return found
