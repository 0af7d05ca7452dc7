"""A pack read back by other means than those that made it: pypdf for its text and links, a walk for its tags."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pypdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, parse_content_stream

from docgen.deliver.pack.names import STANDARD


def texts(data: bytes) -> list[str]:
    """Return the text of each page as poppler reads it, with one space between words."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


def bookmarks(data: bytes) -> list[tuple[int, str, int]]:
    """Return the bookmarks in order: how deep, the title, and the page it lands on, counted from 1."""
    reader = pypdf.PdfReader(io.BytesIO(data))

    def walk(items: list[object], depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, depth + 1)
            else:
                yield depth, str(item.title), reader.get_destination_page_number(item) + 1

    return list(walk(reader.outline, 0))


@dataclass(frozen=True)
class Link:
    """A link within the pack: where it stands, what it says, and the page it lands on."""

    page: int
    box: tuple[float, float, float, float]
    says: str
    lands: int


def links(data: bytes) -> list[Link]:
    """Return the links that lead to pages, pages counted from 1."""
    found = []
    with Pdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        for number, page in enumerate(pdf.pages, 1):
            for link in page.obj.get(Name.Annots, Array()):
                if Name.Dest in link:
                    box = tuple(float(side) for side in link.Rect.as_list())
                    found.append(Link(number, box, str(link.get(Name.Contents, "")), numbers[link.Dest[0].objgen]))
    return found


def text_within(data: bytes, link: Link) -> str:
    """Return the text that is drawn where a link lies."""
    left, bottom, right, top = link.box
    with Pdf.open(io.BytesIO(data)) as pdf:
        height = float(pdf.pages[link.page - 1].mediabox[3])
    place = ["-x", round(left), "-y", round(height - top), "-W", round(right - left), "-H", round(top - bottom)]
    command = ["pdftotext", "-f", link.page, "-l", link.page, *place, "-", "-"]
    done = subprocess.run([str(word) for word in command], input=data, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@dataclass(frozen=True)
class Element:
    """A structure element as it was walked to: its standard type, depth, title, language and the text in it."""

    kind: str
    depth: int
    title: str
    language: str
    alt: str
    marks: tuple[tuple[int, int], ...]
    """The pages, counted from 1, and numbers of its own marked content."""


def tree(data: bytes, is_drawn: bool = True) -> list[Element]:
    """Walk the structure tree in reading order, and fail where it is not whole.

    Each element's parent is the one that holds it; each mark and link it holds leads back to it through the ParentTree;
    each mark that a page draws is held by an element, and by one only, unless the tags of a part are not `is_drawn`.
    """
    with Pdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.StructTreeRoot
        nums = root.ParentTree.Nums.as_list()
        parents = dict(zip(nums[::2], nums[1::2], strict=True))
        assert list(parents) == sorted(parents)
        roles = {key: str(value) for key, value in root.get(Name.RoleMap, Dictionary()).items()}
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        held: set[tuple[int, int]] = set()
        found: list[Element] = []
        seen: set[tuple[int, int]] = set()

        def walk(element: Object, parent: Object, depth: int) -> None:
            assert element.objgen not in seen, "an element stands in the tree twice"
            seen.add(element.objgen)
            assert element.P.objgen == parent.objgen
            kind = roles.get(str(element.S), str(element.S))
            assert kind in STANDARD, kind
            kids = element.get(Name.K, Array())
            kids = kids.as_list() if isinstance(kids, Array) else [kids]
            marks = []
            at = len(found)
            for kid in kids:
                if isinstance(kid, int) or kid.get(Name.Type) == Name.MCR:
                    page = element.Pg if isinstance(kid, int) else kid.get(Name.Pg, element.get(Name.Pg))
                    number = kid if isinstance(kid, int) else int(kid.MCID)
                    assert parents[int(page.StructParents)][number].objgen == element.objgen
                    mark = (pages[page.objgen], number)
                    assert mark not in held
                    held.add(mark)
                    marks.append(mark)
                elif kid.get(Name.Type) == Name.OBJR:
                    assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
            found.insert(at, _element(element, kind, depth, marks))
            for kid in kids:
                if isinstance(kid, Dictionary) and Name.S in kid:
                    walk(kid, element, depth + 1)

        for top in root.K.as_list() if isinstance(root.K, Array) else [root.K]:
            walk(top, root, 0)
        for number, page in enumerate(pdf.pages, 1):
            drawn = _drawn(page.obj)
            if is_drawn:
                assert {mark for mark in held if mark[0] == number} == {(number, mark) for mark in drawn}
        return found


def _element(element: Object, kind: str, depth: int, marks: list[tuple[int, int]]) -> Element:
    told = (str(element.get(key, "")) for key in (Name.T, Name.Lang, Name.Alt))
    return Element(kind, depth, *told, tuple(marks))


def _drawn(page: Object) -> list[int]:
    """Return the numbers of the marked content that a page draws itself."""
    found = []
    for instruction in parse_content_stream(page, "BDC"):
        properties = instruction.operands[1]
        if isinstance(properties, Dictionary) and Name.MCID in properties:
            found.append(int(properties.MCID))
    assert len(found) == len(set(found))
    return found


def headings(data: bytes) -> list[tuple[str, str]]:
    """Return the headings in the order of the tags, each with its text as pypdfium sees its marked content."""
    from docgen.deliver.pack.sight import seen

    elements = [element for element in tree(data) if element.kind[:2] == "/H" and element.kind[2:].isdigit()]
    with seen(data) as sight:
        return [(element.kind[1:], _text(sight, element)) for element in elements]


def _text(sight: object, element: Element) -> str:
    said = ""
    for page, mark in element.marks:
        with sight.page(page - 1) as seen, seen.letters() as letters:
            said += "".join(
                letter for place, letter in enumerate(letters.text) if letters.marks(place, place + 1) == [mark]
            )
    return " ".join(said.split())
