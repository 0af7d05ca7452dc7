"""PDF files made for a test: plain pages, odd pages, and pages that mean harm."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

from pikepdf import Array, Dictionary, Name, Object, Pdf

from docgen.deliver.pack.font import font, shown
from docgen.deliver.pack.parts import Fault, PackInfo, Part, Words

WORDS = Words(
    page="side {page} av {pages}",
    go_to="Gå til {title}",
    picture="{title}, side {page}. Siden har ingen tekst som kan leses opp.",
    missing="Ikke med i sakspakken",
    missing_lead="Disse filene kunne ikke tas med. Spør sekretariatet om dem.",
    faults={
        Fault.ENCRYPTED: "filen kan bare åpnes med passord",
        Fault.BROKEN: "filen er skadet",
        Fault.TOO_LARGE: "filen er for stor",
        Fault.TOO_MANY_PAGES: "filen har for mange sider",
        Fault.UNSHOWABLE: "filen kan ikke vises",
        Fault.GONE: "filen finnes ikke",
    },
)
INFO = PackInfo(
    "Sakspakke SSU 24.10.2022", "Helsefellesskapet Øst", "nb-NO", datetime(2022, 10, 17, 9, tzinfo=UTC), WORDS
)


def part(data: bytes, title: str = "Vedlegg", **more: object) -> Part:
    return Part(data, title, **{"language": "nb-NO", "stamp": "SSU 24.10.2022 · Sak 03/22", **more})


def bytes_of(pdf: Pdf, **how: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **how)
    return target.getvalue()


def page_with(pdf: Pdf, text: str = "Tekst på siden", size: tuple[float, float] = (595, 842)) -> Object:
    """Add a page without tags that says a text, in the middle of it."""
    page = pdf.add_blank_page(page_size=size).obj
    page.Resources = Dictionary(Font=Dictionary(F1=font(pdf)))
    drawn = b"BT /F1 12 Tf %d %d Td %s Tj ET" % (min(72, size[0] / 5), size[1] / 2, shown(text))
    page.Contents = pdf.make_stream(drawn)
    return page


def plain(*texts: str, change: Callable[[Pdf], object] = lambda pdf: None, **how: object) -> bytes:
    """Return a PDF without tags, a page a text, after `change` was made to it."""
    pdf = Pdf.new()
    for text in texts or ("Tekst på siden",):
        page_with(pdf, text)
    change(pdf)
    return bytes_of(pdf, **how)


def annotated(pdf: Pdf, **annotation: object) -> None:
    """Put an annotation on the first page."""
    note = pdf.make_indirect(
        Dictionary(
            {
                "/Type": Name.Annot,
                "/Rect": Array([72, 72, 144, 90]),
                **{f"/{key}": value for key, value in annotation.items()},
            }
        )
    )
    pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.get(Name.Annots, Array()).as_list(), note])


def tagged(*kinds: tuple[str, str], roles: dict[str, str] | None = None, language: str = "nb-NO") -> bytes:
    """Return a tagged PDF of one page: a line for each structure type and text."""
    pdf = Pdf.new()
    page = page_with(pdf)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    kids, drawn = [], b""
    for number, (kind, text) in enumerate(kinds):
        kids.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=top, Pg=page, K=number)))
        drawn += b"/%s <</MCID %d>> BDC BT /F1 12 Tf 72 %d Td %s Tj ET EMC\n" % (
            kind.encode(),
            number,
            700 - 20 * number,
            shown(text),
        )
    page.Contents = pdf.make_stream(drawn)
    page.StructParents = 0
    top.K = Array(kids)
    root.K = top
    root.ParentTree = Dictionary(Nums=Array([0, Array(kids)]))
    if roles:
        root.RoleMap = Dictionary({f"/{key}": Name(f"/{value}") for key, value in roles.items()})
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo, pdf.Root.Lang = root, Dictionary(Marked=True), language
    return bytes_of(pdf)
