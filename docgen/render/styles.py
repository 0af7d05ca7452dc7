"""A template's styles, found by the names that Word gives them in every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docgen.render.names import w
from docgen.render.ooxml import Element, parsed


@dataclass(frozen=True, slots=True)
class Style:
    id: str
    element: Element


class StyleBook:
    """The styles of word/styles.xml by kind and name. Names are compared without case (`heading 1`, `Heading 1`)."""

    def __init__(self, part: bytes | None) -> None:
        self._by_name: dict[tuple[str, str], Style] = {}
        self._by_id: dict[tuple[str, str], Style] = {}
        for element in parsed(part).iterfind(w("style")) if part else ():
            kind, id = element.get(w("type"), "paragraph"), element.get(w("styleId"), "")
            style = self._by_id[kind, id] = Style(id, element)
            for name in _names(element):
                self._by_name.setdefault((kind, name.strip().lower()), style)

    def find(self, kind: str, *names: str) -> Style | None:
        """Return the first style there is of `names`; `kind` is `paragraph`, `character` or `table`."""
        return next((s for name in names if (s := self._by_name.get((kind, name.lower())))), None)

    def paragraph(self, *names: str) -> Style | None:
        return self.find("paragraph", *names)

    def bold_first_row(self, table: Style | None) -> bool:
        """Return whether the table style, or one it builds upon, makes the header row bold by itself."""
        seen: set[str] = set()
        while table is not None and table.id not in seen:
            seen.add(table.id)
            for part in table.element.iterfind(w("tblStylePr")):
                if part.get(w("type")) == "firstRow" and part.find(f"{w('rPr')}/{w('b')}") is not None:
                    return True
            based = table.element.find(w("basedOn"))
            table = self._by_id.get(("table", based.get(w("val"), ""))) if based is not None else None
        return False


def number(text: str | None) -> int:
    """Return a whole number of an attribute, 0 when it is no number."""
    try:
        return int(text or 0)
    except ValueError:
        return 0


def indent(element: Element, left: int = 0, hanging: int = 0) -> tuple[int, int]:
    """Return the indents of a style or a numbering level; `left` and `hanging` hold where it says nothing."""
    found = element.find(f"{w('pPr')}/{w('ind')}")
    if found is None:
        return left, hanging
    first = found.get(w("left")) or found.get(w("start"))
    return number(first) if first else left, number(found.get(w("hanging"))) if found.get(w("hanging")) else hanging


def _names(element: Element) -> Iterator[str]:
    name, aliases = element.find(w("name")), element.find(w("aliases"))
    if name is not None:
        yield name.get(w("val"), "")
    if aliases is not None:
        yield from aliases.get(w("val"), "").split(",")
