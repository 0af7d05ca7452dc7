"""The tags of a PDF, put right where LibreOffice leaves them wrong, and what in them is the document's own fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object

from docgen.deliver.pdf.figures import hold

_STANDARD = """
    /Document /Part /Art /Sect /Div /BlockQuote /Caption /TOC /TOCI /Index /NonStruct /Private /P /H /H1 /H2 /H3 /H4
    /H5 /H6 /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody /TFoot /Span /Quote /Note /Reference /BibEntry /Code
    /Link /Annot /Ruby /RB /RT /RP /Warichu /WT /WP /Figure /Formula /Form
"""
STANDARD = frozenset(_STANDARD.split())
"""The structure types of PDF 1.7 (ISO 32000-1 § 14.8.4), which nobody may give another meaning."""

_CELLS = {"/TH", "/TD"}
_ROWS = {"/THead", "/TBody", "/TFoot", "/TR"}


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure tree, and its type when the role map has been followed."""

    object: Dictionary
    kind: str


def elements(pdf: pikepdf.Pdf) -> Iterator[Element]:
    """Give every element of the structure tree in reading order, each parent before its children."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    roles = {name: str(role) for name, role in root.get("/RoleMap", Dictionary()).items()}
    waiting = list(reversed(kids(root)))
    while waiting:
        one = waiting.pop()
        name = one.get("/S")
        if name is None:
            continue  # a reference to content or to an annotation
        yield Element(one, _standard(str(name), roles))
        waiting.extend(reversed(kids(one)))


def kids(element: Object) -> list[Dictionary]:
    """Return the dictionaries below an element: elements, and references to content; not its bare numbers."""
    below = element.get("/K")
    if isinstance(below, Dictionary):
        return [below]
    return [one for one in below if isinstance(one, Dictionary)] if isinstance(below, Array) else []


def mend(pdf: pikepdf.Pdf) -> list[Element]:
    """Put right what LibreOffice leaves wrong (7.4, each held by a test that tells when it no longer does).

    Return the elements of the structure tree, without the tables that turned out to be none; none where there are no
    tags.
    """
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return []
    found = list(elements(pdf))
    _keep_meanings(root, found)
    found = [one for one in found if one.kind != "/Table" or not _unbox(one.object)]
    _join_links(pdf, root, found)
    if empty := [one.object for one in found if one.kind == "/Figure" and "/K" not in one.object]:
        hold(pdf, root, empty)
    _name_notes(pdf, root, [one.object for one in found if one.kind == "/Note"])
    for page in pdf.pages:
        _follow_tags(page)
    return found


def faults(mended: Sequence[Element]) -> list[str]:
    """Return what in the tags keeps the PDF from being accessible, in a few English words each: no claim is made then.

    What the document's maker left out: alternative texts, levels of headings, header rows.
    """
    if not mended:
        return ["no tags"]
    found: list[str] = []
    level = 0
    for one in mended:
        if one.kind in ("/Figure", "/Formula") and not (one.object.get("/Alt") or one.object.get("/ActualText")):
            found.append("a picture without alternative text")
        if one.kind == "/Figure" and "/K" not in one.object:
            found.append("a picture that is not in its tag")
        if one.kind[:2] == "/H" and one.kind[2:].isdigit():
            if int(one.kind[2:]) > level + 1:
                found.append(f"a heading of level {one.kind[2:]} below one of level {level}")
            level = int(one.kind[2:])
        if one.kind == "/Table" and not any(str(part.S) == "/TH" for part in _parts(one.object)):
            found.append("a table without a header row")
        if one.kind == "/Form":
            found.append("a form field")
    return found


def _standard(name: str, roles: dict[str, str]) -> str:
    for _ in range(len(roles) + 1):  # a role map may lead in a ring
        if name in STANDARD or name not in roles:
            return name
        name = roles[name]
    return name


def _keep_meanings(root: Object, found: list[Element]) -> None:
    """A paragraph style named Quote is not what the standard type of that name is: its paragraphs are called P then."""
    roles = root.get("/RoleMap", Dictionary())
    taken = {name: roles[name] for name in list(roles.keys()) if name in STANDARD}
    for one in found:
        if (name := str(one.object.S)) in taken:
            one.object.S = taken[name]
    for name in taken:
        del roles[name]


def _unbox(table: Dictionary) -> bool:
    """A table of one cell is a frame around text, as around a decision, and no table: it becomes plain divisions.

    Return whether it was such a one.
    """
    parts = list(_parts(table))
    if sum(str(part.S) in _CELLS for part in parts) != 1:
        return False
    for part in (table, *parts):
        part.S = Name.Div
        if "/A" in part:
            del part["/A"]
    return True


def _parts(table: Object) -> Iterator[Dictionary]:
    """Give the rows and cells of a table, and what holds them together."""
    for kid in kids(table):
        if str(kid.get("/S")) in _CELLS | _ROWS:
            yield kid
            if str(kid.S) in _ROWS:
                yield from _parts(kid)


def _join_links(pdf: pikepdf.Pdf, root: Object, found: list[Element]) -> None:
    """A link that is tagged in pieces, as a line of the contents and its page number, becomes one."""
    tree = NumberTree(root.ParentTree)
    parents = [parent for one in found if one.kind == "/Link" and (parent := one.object.get("/P")) is not None]
    times = Counter(parent.objgen for parent in parents)
    for parent in {parent.objgen: parent for parent in parents if times[parent.objgen] > 1}.values():
        last: Dictionary | None = None
        kept: list[Object] = []
        for kid in list(parent.K):
            link = kid if isinstance(kid, Dictionary) and str(kid.get("/S")) == "/Link" else None
            if link is not None and last is not None and _annotation(link) == _annotation(last) is not None:
                _take_in(last, link, tree)
            else:
                kept.append(kid)
                last = link
        parent.K = Array(kept)


def _annotation(link: Dictionary) -> tuple[int, int] | None:
    return next((kid.Obj.objgen for kid in kids(link) if str(kid.get("/Type")) == "/OBJR"), None)


def _take_in(link: Dictionary, other: Dictionary, tree: NumberTree) -> None:
    """Move the content of one link element into another, and tell the parent tree; the annotation is there already."""
    page = other.get("/Pg", link.get("/Pg"))
    for kid in other.K:
        if isinstance(kid, int):
            tree[int(page.StructParents)][kid] = link
            moved = kid if page.objgen == link.get("/Pg", page).objgen else Dictionary(Type=Name.MCR, Pg=page, MCID=kid)
            link.K.append(moved)
    annotation = next(kid.Obj for kid in kids(link) if str(kid.get("/Type")) == "/OBJR")
    tree[int(annotation.StructParent)] = link


def _name_notes(pdf: pikepdf.Pdf, root: Object, notes: list[Dictionary]) -> None:
    """Give each note a name of its own (ISO 14289-1 § 7.9)."""
    if not notes:
        return
    root.IDTree = pdf.make_indirect(Dictionary(Names=Array()))
    names = NameTree(root.IDTree)
    for number, note in enumerate(notes, 1):
        note.ID = pikepdf.String(f"note{number:05}")
        names[f"note{number:05}"] = note


def _follow_tags(page: pikepdf.Page) -> None:
    """Let Tab go through the links in reading order, and drop those outside the tags: the way back from a footnote."""
    if "/Annots" not in page:
        return
    tagged = [one for one in page.Annots if "/StructParent" in one]
    if len(tagged) < len(page.Annots):
        page.Annots = Array(tagged)
    page.Tabs = Name.S
