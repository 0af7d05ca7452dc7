"""Tags for a part that has none: each page is a paragraph, read in the order it was drawn in, or a picture."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from docgen.deliver.pack.geometry import sheet
from docgen.deliver.pack.graph import each
from docgen.deliver.pack.parts import Part, Words
from docgen.deliver.pack.tags import Tree

_DRAWN = Name("/DocgenPage")
_MARKED = b"/%s <</MCID 0>> BDC\n/DocgenPage Do\nEMC\n"


def wrap(pdf: Pdf, has_text: Sequence[bool]) -> None:
    """Mark what is drawn on each page as one piece, whatever marks and unbalanced settings are in it."""
    for page, text in zip(pdf.pages, has_text, strict=True):
        _unnumber(page)
        page.obj.Resources = Dictionary(XObject=Dictionary({str(_DRAWN): _drawn(pdf, page.obj)}))
        page.obj.Contents = pdf.make_stream(_MARKED % _kind(text).encode())


def _drawn(pdf: Pdf, page: Object) -> Object:
    """Return what is drawn on a page as one thing to draw."""
    data = b"\n".join(stream.read_bytes() for stream in each(page.Contents))
    form = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Form, BBox=Array(sheet(page).box))
    form.Resources = page.Resources
    if Name.Group in page:
        form.Group = page.Group
    return form


def _unnumber(page: Page) -> None:
    for link in each(page.obj.get(Name.Annots)):
        if Name.StructParent in link:
            del link[Name.StructParent]
    if Name.StructParents in page.obj:
        del page.obj[Name.StructParents]


def tag(tree: Tree, part: Part, pages: list[Object], has_text: Sequence[bool], words: Words) -> Object:
    """Put the part's pages into the tree, a picture with words that stand for it. Return the part's element."""
    top = tree.pack.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Part, Lang=String(part.language), T=String(part.title), K=Array())
    )
    for number, (page, text) in enumerate(zip(pages, has_text, strict=True), 1):
        element = tree.pack.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name("/" + _kind(text)), P=top, Pg=page, K=0)
        )
        if not text:
            element.Alt = String(words.picture.format(title=part.title, page=number))
        top.K.append(element)
        page.StructParents = tree.next_key()
        tree.parents[page.StructParents] = Array([element])
    tree.add(top)
    return top


def _kind(has_text: bool) -> str:
    return "P" if has_text else "Figure"
