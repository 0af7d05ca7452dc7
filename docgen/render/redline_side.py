"""One of the two documents of a comparison: its parts, and what the ids in its text stand for."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from docgen.render.names import DOCUMENT, FOOTNOTES, NUMBERING, R, relationships_name, target_name, w
from docgen.render.ooxml import Element, parsed

Shape = Hashable
"""An element as plain values, with what its ids stand for in place of the ids."""

_OWN_NUMBERS = {"docPr": {"id", "name"}, "cNvPr": {"id", "name"}}
_IDENTITY = {w("nsid"), w("tmpl"), w("name")}


@dataclass(frozen=True, slots=True)
class Related:
    """A relationship: `target` is an address when `outside`, else the name of a part."""

    kind: str
    target: str
    outside: bool


class Side:
    """The parts of a finished document; a part is parsed when it is first asked for."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self._roots: dict[str, Element] = {}
        self._related: dict[str, dict[str, Related]] = {}
        self._lists: dict[str, Hashable] = {}
        self.looks: dict[bytes, tuple[Hashable, Hashable]] = {}

    def root(self, part: str) -> Element:
        """Return the root of a part that is there."""
        if part not in self._roots:
            self._roots[part] = parsed(self.parts[part])
        return self._roots[part]

    @property
    def roots(self) -> dict[str, Element]:
        """The parts that were parsed, which may have changed."""
        return self._roots

    @property
    def body(self) -> Element:
        return self.root(DOCUMENT)[0]

    def related(self, part: str) -> dict[str, Related]:
        """Return the relationships of a part by id."""
        if part not in self._related:
            name = relationships_name(part)
            found = self.root(name) if name in self.parts else ()
            self._related[part] = {each.get("Id", ""): _relationship(part, each) for each in found}
        return self._related[part]

    def meaning(self, part: str, id: str) -> Hashable:
        """Return what a relationship leads to: an address, or the content of a part."""
        found = self.related(part).get(id)
        if found is None:
            return id
        if found.outside:
            return found.kind, found.target
        return found.kind, blake2b(self.parts.get(found.target, b"")).digest()

    @cached_property
    def notes(self) -> dict[str, Element]:
        """The footnotes by id, without Word's separators."""
        if FOOTNOTES not in self.parts:
            return {}
        notes = self.root(FOOTNOTES).findall(w("footnote"))
        return {note.get(w("id"), ""): note for note in notes if note.get(w("type")) is None}

    @cached_property
    def nums(self) -> dict[str, Element]:
        return self._numbering("num", "numId")

    @cached_property
    def abstracts(self) -> dict[str, Element]:
        return self._numbering("abstractNum", "abstractNumId")

    def forget_lists(self) -> None:
        """Read the lists anew: their part was put in."""
        self.__dict__.pop("nums", None)
        self.__dict__.pop("abstracts", None)

    def list_look(self, num: str) -> Hashable:
        """Return how a list looks and where it begins, the same for two lists that differ only in their ids."""
        if num not in self._lists:
            self._lists[num] = self._list_look(num)
        return self._lists[num]

    def _list_look(self, num: str) -> Hashable:
        element = self.nums.get(num)
        if element is None:
            return num
        abstract = self.abstracts.get(abstract_of(element))
        levels = [shape(each) for each in abstract if each.tag not in _IDENTITY] if abstract is not None else ()
        return tuple(levels), tuple(shape(each) for each in element.findall(w("lvlOverride")))

    def _numbering(self, tag: str, id: str) -> dict[str, Element]:
        if NUMBERING not in self.parts:
            return {}
        return {each.get(w(id), ""): each for each in self.root(NUMBERING).findall(w(tag))}


def abstract_of(num: Element) -> str:
    """Return the id of the definition that a list follows."""
    found = num.find(w("abstractNumId"))
    return found.get(w("val"), "") if found is not None else ""


def starts_anew(num: Element) -> bool:
    """Whether a list counts for itself."""
    return num.find(f"{w('lvlOverride')}/{w('startOverride')}") is not None


def attributes_of(element: Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def shape(element: Element, side: Side | None = None, part: str = "") -> Shape:
    """Return the element as plain values; with a `side`, relationships of `part` by what they lead to."""
    local = element.tag.rpartition("}")[2]
    own = _OWN_NUMBERS.get(local, ())
    attributes: list[tuple[str, Hashable]] = []
    for name, value in sorted(attributes_of(element)):
        if name.startswith(f"{{{R}}}") and side:
            attributes.append((name, side.meaning(part, value)))
        elif name not in own:
            attributes.append((name, value))
    children = tuple([shape(child, side, part) for child in element.iterchildren("*")])
    return element.tag, tuple(attributes), children, "" if children else element.text or ""


def _relationship(part: str, element: Element) -> Related:
    target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
    return Related(element.get("Type", ""), target if outside else target_name(part, target), outside)


def extension(part: str) -> str:
    return posixpath.splitext(part)[1].lstrip(".").lower()
