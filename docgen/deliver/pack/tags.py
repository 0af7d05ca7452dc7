"""The structure trees of the parts made into one.

What pdf libraries lose when they join files: which text is a heading, a cell, a picture's description. Each part's tree
is walked once. What it says of its pages is written anew for the pack, so that the pack's tree is right even where the
part's own index (ParentTree) was not, and a tree that can't be right is not taken in at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from docgen.deliver.pack.graph import Number, each, is_table, see_that_it_ends
from docgen.deliver.pack.names import NEWER, STANDARD, Names
from docgen.deliver.pack.parts import Part

_ELEMENT = {
    "/Type",
    "/S",
    "/P",
    "/ID",
    "/Pg",
    "/K",
    "/A",
    "/C",
    "/R",
    "/T",
    "/Lang",
    "/Alt",
    "/E",
    "/ActualText",
    "/NS",
}
_ELEMENT |= {"/Ref", "/Phoneme", "/PhoneticAlphabet"}
_DEEPEST = 200
_MOST_MARKS = 100_000


class UntaggedError(Exception):
    """A part has no tree of tags, or none that can be followed."""


@dataclass(slots=True)
class Tree:
    """The structure tree of the pack, as it grows."""

    pack: Pdf
    top: Object
    """The one Document."""
    names: Names = field(default_factory=Names)
    parents: dict[int, Object] = field(default_factory=dict)
    """What stands under each key of the pack's pages and links."""
    identities: dict[bytes, Object] = field(default_factory=dict)
    classes: dict[str, Object] = field(default_factory=dict)
    spaces: list[Object] = field(default_factory=list)
    key: int = 0
    """The next free one."""

    @classmethod
    def of(cls, pack: Pdf, title: str) -> Tree:
        root = pack.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top = pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array(), T=String(title)))
        root.K = top
        return cls(pack, top)

    def next_key(self) -> int:
        self.key += 1
        return self.key - 1

    def add(self, part: Object) -> None:
        """Put the element of a part last in the tree."""
        part.P = self.top
        self.top.K.append(part)

    def take(self, envelope: Object) -> Object:
        """Take in what a walk has made ready, after the part's pages. Return the part's element."""
        copied = self.pack.copy_foreign(envelope)
        self.parents.update(zip(map(int, each(copied.Keys)), each(copied.Values), strict=True))
        self.classes.update(copied.Classes.items())
        self.identities.update((bytes(element.ID), element) for element in each(copied.Named))
        self.spaces.extend(each(copied.Spaces))
        self.add(copied.Top)
        return copied.Top

    def finish(self) -> Object:
        """Write the tree's indexes. Return its root."""
        root = self.top.P
        pairs = [entry for key, value in sorted(self.parents.items()) for entry in (key, value)]
        root.ParentTree = self.pack.make_indirect(Dictionary(Nums=Array(pairs)))
        root.ParentTreeNextKey = self.key
        if self.names.roles:
            root.RoleMap = Dictionary({key: Name(value) for key, value in sorted(self.names.roles.items())})
        if self.classes:
            root.ClassMap = Dictionary(dict(sorted(self.classes.items())))
        if self.identities:
            named = [entry for key, value in sorted(self.identities.items()) for entry in (String(key), value)]
            root.IDTree = self.pack.make_indirect(Dictionary(Names=Array(named)))
        if self.spaces:
            root.Namespaces = Array(self.spaces)
        return root


class Walk:
    """One walk through the structure tree of a part, in its own file, that makes it ready to be copied."""

    def __init__(self, tree: Tree, pdf: Pdf, number: int) -> None:
        self._tree, self._pdf = tree, pdf
        self._mark = b"%d-" % number
        self._pages = {page.obj.objgen: page.obj for page in pdf.pages}
        self._links = {link.objgen for page in self._pages.values() for link in each(page.get(Name.Annots))}
        self._holders: dict[Number, tuple[Object, list[Object | None]]] = {}
        self._single: list[tuple[int, Object]] = []
        self._named: list[Object] = []
        self._seen: set[Number] = set()

    def ready(self, part: Part) -> Object:
        """Return an envelope to copy: the part's element, and what stands under which key.

        Raises UntaggedError, EndlessError.
        """
        root = _root(self._pdf)
        hung = [thing for key in (Name.ClassMap, Name.Namespaces) if isinstance(thing := root.get(key), Object)]
        see_that_it_ends(self._pdf, [*_kids(root), *hung], {*self._pages, root.objgen})
        types = self._tree.names.take_roles(root)
        new, classes = self._tree.names.take_classes(root)
        top = self._top(root, part)
        self._walk(top, types, classes)
        if not self._holders:
            raise UntaggedError
        parents = self._numbered()
        return self._pdf.make_indirect(
            Dictionary(
                Top=top,
                Keys=Array([key for key, _ in parents]),
                Values=Array([value for _, value in parents]),
                Classes=Dictionary(new),
                Named=Array(self._named),
                Spaces=Array(each(root.get(Name.Namespaces))),
            )
        )

    def _top(self, root: Object, part: Part) -> Object:
        kids = _kids(root)
        if len(kids) == 1 and kids[0].get(Name.S) == Name.Document and kids[0].is_indirect:
            top = kids[0]
        else:
            top = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, K=Array(kids)))
            for kid in kids:
                kid.P = top
        top.S, top.Lang, top.T = Name.Part, String(part.language), String(part.title)
        if Name.P in top:
            del top.P  # or the root of the part's own tree would come along
        return top

    def _walk(self, top: Object, types: dict[str, str], classes: dict[str, str]) -> None:
        waiting = [(top, 0)]
        while waiting:
            element, depth = waiting.pop()
            if element.objgen in self._seen or depth > _DEEPEST or not element.is_indirect:
                raise UntaggedError
            self._seen.add(element.objgen)
            keys = element.keys()
            for key in keys - _ELEMENT:
                del element[key]
            kind = str(element.S) if "/S" in keys else ""
            meant = types.get(kind) or (kind if kind in STANDARD else NEWER.get(kind, "/NonStruct"))
            if meant != kind:
                element.S = Name(meant)
            if "/C" in keys and classes:
                element.C = _renamed(element.C, classes)
            if "/ID" in keys:
                element.ID = String(self._mark + bytes(element.ID))
                self._named.append(element)
            if "/A" in keys and kind in ("/TD", "/TH"):
                self._mark_headers(element.A)
            if "/K" in keys:
                inner = list(self._inner(element))
                waiting.extend((kid, depth + 1) for kid in inner)

    def _inner(self, element: Object) -> Iterator[Object]:
        """Give the elements within an element, and take note of what it holds of the pages."""
        number, page = element.objgen, element.get("/Pg")  # not Name.Pg, which takes longer than to look it up
        found = each(element.K)
        own: list[Object | None] | None = None
        for position, kid in enumerate(found):
            if isinstance(kid, int):
                own = self._marks(page) if own is None else own
                _put(own, kid, element)
            elif not isinstance(kid, Dictionary):
                raise UntaggedError
            elif "/S" in kid:
                parent = kid.get("/P")
                if not isinstance(parent, Object) or parent.objgen != number:
                    kid.P = element
                yield kid
            elif kid.get("/Type") == Name.OBJR:
                if not self._take_object(kid.get("/Obj"), element):
                    found[position] = None
            else:
                _put(self._marks(kid.get("/Stm", kid.get("/Pg", page))), kid.get("/MCID"), element)
        if any(kid is None for kid in found):
            element.K = Array([kid for kid in found if kid is not None])

    def _marks(self, holder: object) -> list[Object | None]:
        """Return what holds each piece of marked content of a page, or of a drawing on one, as far as is known."""
        if not is_table(holder) or not (holder.objgen in self._pages or isinstance(holder, Stream)):
            raise UntaggedError
        return self._holders.setdefault(holder.objgen, (holder, []))[1]

    def _take_object(self, thing: Any, element: Object) -> bool:
        """Tell whether an element's link or picture is in the pack, and if so give it a key."""
        if not is_table(thing) or not (isinstance(thing, Stream) or thing.objgen in self._links):
            return False
        key = self._tree.next_key()
        thing.StructParent = key
        self._single.append((key, element))
        return True

    def _mark_headers(self, attributes: object) -> None:
        for one in each(attributes):
            if isinstance(one, Dictionary) and Name.Headers in one:
                one.Headers = Array([String(self._mark + bytes(header)) for header in each(one.Headers)])

    def _numbered(self) -> list[tuple[int, Object]]:
        """Give every page its key, and return what stands under each."""
        for page in self._pages.values():
            if Name.StructParents in page:
                del page[Name.StructParents]
        found = self._single
        for holder, marks in self._holders.values():
            key = self._tree.next_key()
            holder.StructParents = key
            found.append((key, Array(marks)))
        return sorted(found, key=lambda pair: pair[0])


def _root(pdf: Pdf) -> Object:
    root, mark = pdf.Root.get(Name.StructTreeRoot), pdf.Root.get(Name.MarkInfo)
    if not is_table(root) or not is_table(mark) or not bool(mark.get(Name.Marked)) or not root.is_indirect:
        raise UntaggedError
    return root


def _kids(root: Object) -> list[Object]:
    kids = each(root.get(Name.K))
    if not all(isinstance(kid, Dictionary) and Name.S in kid for kid in kids):
        raise UntaggedError
    return kids


def _put(marks: list[Object | None], number: object, element: Object) -> None:
    if not isinstance(number, int) or not 0 <= number < _MOST_MARKS:
        raise UntaggedError
    if number >= len(marks):
        marks.extend([None] * (number + 1 - len(marks)))
    marks[number] = element


def _renamed(classes: object, names: dict[str, str]) -> Object:
    return Array([Name(names.get(str(one), str(one))) if isinstance(one, Name) else one for one in each(classes)])
