"""What the old document's text needs, brought over into the new package: lists, links, pictures, notes, styles."""

from __future__ import annotations

import itertools
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from docgen.render.names import CONTENT_TYPES, DOCUMENT, FOOTNOTES, NUMBERING, RELS, WP, R, relationships_name, w
from docgen.render.ooxml import Element, parsed, remove
from docgen.render.redline_side import Related, Side, abstract_of, attributes_of, extension, shape, starts_anew

STYLES = "word/styles.xml"
_STYLE_USES = tuple(w(f"{use}Style") for use in ("p", "r", "tbl"))
_STYLE_NEEDS = tuple(w(name) for name in ("basedOn", "next", "link"))
_DROPPED = tuple(
    w(name) for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference")
)
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_SHAPE = f"{{{WP}}}docPr"

ListPair = tuple[str, str]


class Bring:
    """Copies elements of the old document so that they hold in the new one."""

    def __init__(self, old: Side, new: Side, lists: Iterable[ListPair]) -> None:
        self._old = old
        self._new = new
        self._lists = _matched(lists)
        self._abstracts: dict[str, str] = {}
        self._related: dict[tuple[str, str], str] = {}
        self._notes: dict[str, str] = {}
        self._styles: set[str] | None = None
        self._drawings: Iterator[int] | None = None

    def copy(self, element: Element, part: str) -> Element:
        """Return a copy of an element of the old `part`, with ids that hold in the new one's."""
        made = deepcopy(element)
        made.tail = None
        remove(list(made.iter(*_DROPPED)))
        for each in made.iter("*"):
            if each.tag == w("numId"):
                each.set(w("val"), self.number(each.get(w("val"), "")))
            elif each.tag in _STYLE_USES:
                self._bring_style(each.get(w("val"), ""))
            elif each.tag == w("footnoteReference"):
                each.set(w("id"), self._note(each.get(w("id"), "")))
            elif each.tag == _SHAPE:
                number = str(next(self._numbers_of_drawings()))
                for twin in (each, *made.iter(_PICTURE)):
                    twin.set("id", number)
            for name, value in attributes_of(each):
                if name.startswith(f"{{{R}}}"):
                    each.set(name, self._relationship(part, value))
        return made

    def number(self, num: str) -> str:
        """Return the list of the new document that stands for a list of the old one."""
        if num not in self._lists:
            self._lists[num] = self._brought_list(num)
        return self._lists[num]

    def _brought_list(self, num: str) -> str:
        element = self._old.nums.get(num)
        if element is None:
            return num
        taken = set(self._lists.values())
        if not starts_anew(element) and num not in taken and self._same_list(num):
            return num
        self._ensure(NUMBERING, "numbering")
        made = deepcopy(element)
        id = _next(self._new.nums)
        made.set(w("numId"), id)
        link = made.find(w("abstractNumId"))
        if link is not None:
            link.set(w("val"), self._abstract(abstract_of(element)))
        root = self._new.root(NUMBERING)
        root.insert(1 + max(root.index(each) for each in root.iterchildren(w("abstractNum"), w("num"))), made)
        self._new.nums[id] = made
        return id

    def _same_list(self, num: str) -> bool:
        return num in self._new.nums and self._new.list_look(num) == self._old.list_look(num)

    def _abstract(self, id: str) -> str:
        """Return the definition of the new document that is the same, or a copy."""
        if id in self._abstracts:
            return self._abstracts[id]
        element = self._old.abstracts[id]
        wanted = shape(element)
        there = [other for other, each in self._new.abstracts.items() if other == id and shape(each) == wanted]
        if not there:
            made = deepcopy(element)
            there = [_next(self._new.abstracts)]
            made.set(w("abstractNumId"), there[0])
            # Two definitions with the same mark are one to Word.
            remove(made.findall(w("nsid")))
            root = self._new.root(NUMBERING)
            root.insert(sum(1 for _ in root.iterchildren(w("numPicBullet"), w("abstractNum"))), made)
            self._new.abstracts[there[0]] = made
        self._abstracts[id] = there[0]
        return there[0]

    def _note(self, id: str) -> str:
        """Return the id of a copy of a footnote."""
        found = self._old.notes.get(id)
        if found is None:
            return id
        if id not in self._notes:
            self._ensure(FOOTNOTES, "footnotes")
            self._notes[id] = made = _next([each.get(w("id"), "") for each in self._new.root(FOOTNOTES)])
            note = self.copy(found, FOOTNOTES)
            note.set(w("id"), made)
            self._new.root(FOOTNOTES).append(note)
        return self._notes[id]

    def _relationship(self, part: str, id: str) -> str:
        found = self._old.related(part).get(id)
        if found is None:
            return id
        if (part, id) not in self._related:
            target = found if found.outside else Related(found.kind, self._part(found.target), outside=False)
            there = [known for known, each in self._new.related(part).items() if each == target]
            self._related[part, id] = there[0] if there else self._add_relationship(part, target)
        return self._related[part, id]

    def _add_relationship(self, part: str, target: Related) -> str:
        related = self._new.related(part)
        id = next(name for number in itertools.count(1) if (name := f"redline{number}") not in related)
        related[id] = target
        name = relationships_name(part)
        if name not in self._new.parts:
            self._new.parts[name] = f'<Relationships xmlns="{RELS}"/>'.encode()
        entry = etree.SubElement(self._new.root(name), f"{{{RELS}}}Relationship", Id=id, Type=target.kind)
        entry.set("Target", target.target if target.outside else f"/{target.target}")
        if target.outside:
            entry.set("TargetMode", "External")
        return id

    def _part(self, name: str) -> str:
        """Return the part of the new package with the content of an old one, which is put in where it is missing."""
        data = self._old.parts.get(name, b"")
        there = [known for known, each in self._new.parts.items() if each == data]
        if there:
            return there[0]
        stem, ending = posixpath.splitext(name)
        free = next(
            each
            for each in itertools.chain([name], (f"{stem}-{number}{ending}" for number in itertools.count(2)))
            if each not in self._new.parts
        )
        self._new.parts[free] = data
        self._tell_type(free, name)
        return free

    def _tell_type(self, part: str, old: str) -> None:
        """Give `part` the content type that `old` had."""
        types = self._new.root(CONTENT_TYPES)
        kinds = {each.get("Extension", "").lower() for each in types}
        for each in self._old.root(CONTENT_TYPES):
            if each.get("PartName") == f"/{old}":
                made = etree.SubElement(types, each.tag, PartName=f"/{part}")
                made.set("ContentType", each.get("ContentType", ""))
                return
            if each.get("Extension", "").lower() == extension(old) not in kinds:
                types.insert(0, deepcopy(each))
                return

    def _ensure(self, part: str, kind: str) -> None:
        """See that the new package has footnotes or lists at all: without those of the old document."""
        if part in self._new.parts:
            return
        root = parsed(self._old.parts[part])
        remove([each for each in root if each.tag == w("footnote") and each.get(w("type")) is None])
        remove(root.findall(w("num")))
        self._new.parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self._tell_type(part, part)
        found = next(each for each in self._old.related(DOCUMENT).values() if each.target == part)
        self._add_relationship(DOCUMENT, found)
        self._new.forget_lists()

    def _bring_style(self, id: str) -> None:
        """Copy a style that the new document's template no longer has, and those it builds upon."""
        if self._styles is None:
            self._styles = {each.get(w("styleId"), "") for each in self._new.root(STYLES).iter(w("style"))}
        if id in self._styles:
            return
        self._styles.add(id)
        for style in self._old.root(STYLES).iter(w("style")):
            if style.get(w("styleId")) == id:
                self._new.root(STYLES).append(self.copy(style, STYLES))
                for need in style.iter(*_STYLE_NEEDS):
                    self._bring_style(need.get(w("val"), ""))

    def _numbers_of_drawings(self) -> Iterator[int]:
        if self._drawings is None:
            used = [int(each.get("id", "0")) for root in self._new.roots.values() for each in root.iter(_SHAPE)]
            self._drawings = itertools.count(max(used, default=0) + 1)
        return self._drawings


def _matched(pairs: Iterable[ListPair]) -> dict[str, str]:
    """Return which new list stands for which old one: each for one at most, the most frequent pairs first."""
    matched: dict[str, str] = {}
    for (old, new), _count in Counter(pairs).most_common():
        if old not in matched and new not in matched.values():
            matched[old] = new
    return matched


def _next(ids: Iterable[str]) -> str:
    return str(1 + max((int(id) for id in ids if id.lstrip("-").isdigit()), default=0))
