"""What stands in forms and comments, drawn onto their pages for good; in a tagged file, for people who listen too."""

from __future__ import annotations

import re

from pikepdf import Array, Dictionary, Name, Object, Pdf

from docgen.deliver.pack.graph import Number, each, is_table

_NUMBER = re.compile(rb"/MCID\s*(\d+)")
_MOST = 100_000
_DEEPEST = 200
_NOWHERE = (0, 0)
_BEFORE = b"\nQ\n"
"""What qpdf ends the page's own drawing with, before it draws what stood in forms and comments."""


def flatten(pdf: Pdf) -> None:
    """Draw what stands in forms and comments onto the pages, and read it aloud after the page that it stands on."""
    if isinstance(pdf.Root.get(Name.AcroForm), Dictionary):
        if Name.XFA in pdf.Root.AcroForm:
            del pdf.Root.AcroForm[Name.XFA]
        pdf.generate_appearance_streams()
    before = [len(each(page.obj.Contents)) for page in pdf.pages]
    pdf.flatten_annotations("screen")
    top = _top(pdf)
    if top is None:
        return
    pages = [page.obj for page in pdf.pages]
    order = {page.objgen: position for position, page in enumerate(pages)}
    for page, count in zip(pages, before, strict=True):
        if len(each(page.Contents)) > count:
            _tell(pdf, top, page, order)


def _top(pdf: Pdf) -> Object | None:
    """Return the outermost element of the tags, if it is one."""
    root = pdf.Root.get(Name.StructTreeRoot)
    found = each(root.get(Name.K)) if is_table(root) else []
    return found[0] if len(found) == 1 and isinstance(found[0], Dictionary) and found[0].is_indirect else None


def _tell(pdf: Pdf, top: Object, page: Object, order: dict[Number, int]) -> None:
    """Tag what was drawn last on a page as a paragraph, after what else is tagged on it. `order` is that of pages."""
    *own, last = each(page.Contents)
    drawn = last.read_bytes()
    number = 1 + max((int(found) for one in own for found in _NUMBER.findall(one.read_bytes())), default=-1)
    if not drawn.startswith(_BEFORE) or number >= _MOST:
        return
    told = b"%b/P <</MCID %d>> BDC\n%bEMC\n" % (_BEFORE, number, drawn.removeprefix(_BEFORE))
    page.Contents = Array([*own, pdf.make_stream(told)])
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=top, Pg=page, K=number))
    here = order[page.objgen]
    kids = each(top.get(Name.K))
    later = (at for at, kid in enumerate(kids) if order.get(_page(kid), -1) > here)
    kids.insert(next(later, len(kids)), element)
    top.K = Array(kids)


def _page(element: object) -> Number:
    """Return the page on which an element begins, as far as it says so."""
    for _ in range(_DEEPEST):
        if not isinstance(element, Dictionary):
            break
        page = element.get(Name.Pg)
        if is_table(page):
            return page.objgen
        element = next(iter(each(element.get(Name.K))), None)
    return _NOWHERE
