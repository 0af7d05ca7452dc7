"""A file's pages with what is drawn and where its links lead: everything that acts, or reaches out, is taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from docgen.deliver.jpeg import without_metadata
from docgen.deliver.pack.flattening import flatten
from docgen.deliver.pack.gate import Source, UnusableError
from docgen.deliver.pack.graph import Number, each, is_table, reachable
from docgen.deliver.pack.parts import Fault, Note
from docgen.deliver.pack.targets import Target, Targets
from docgen.deliver.pack.weight import is_endless_drawing, is_too_heavy, is_too_long

_PAGE = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Annots", "/Group"}
_PAGE |= {"/StructParents", "/UserUnit", "/Tabs"}
_LINK = {"/Type", "/Subtype", "/Rect", "/QuadPoints", "/Border", "/BS", "/C", "/H", "/Contents", "/StructParent", "/A"}
_REACHING = ["/F", "/FFilter", "/FDecodeParms", "/OPI", "/Ref", "/Alternates", "/AF", "/PieceInfo", "/Metadata"]
_REACHING += ["/Subtype2", "/Level1", "/StructParents", "/StructParent"]
_WEB = re.compile(rb"(https?|mailto|tel):", re.IGNORECASE)
_ACTIVE = ("/Screen", "/Movie", "/Sound", "/RichMedia", "/3D")
_INHERITED = (Name.MediaBox, Name.CropBox, Name.Rotate, Name.Resources)
_PRINTED = 4


@dataclass(frozen=True, slots=True)
class Jump:
    """A link of a part that leads within the part: the `link`th annotation of its page."""

    page: int
    link: int
    target: Target


def clean(source: Source) -> list[Jump]:
    """Leave nothing in the pages but what is drawn and links to the web and within the file, which are returned.

    Raises EndlessError, UnusableError.
    """
    pdf = source.pdf
    for page in pdf.pages:
        _bring_down(page.obj)
    _tell(source)
    targets = Targets(pdf)
    jumps = [jump for position, page in enumerate(pdf.pages) for jump in _links(source, page, position, targets)]
    for page in pdf.pages:
        if page.obj.get(Name.Tabs, Name.S) != Name.S:
            del page.obj[Name.Tabs]
        for key in set(page.obj.keys()) - _PAGE:
            source.notes |= {Note.ACTIVE} if key == "/AA" else set()
            del page.obj[key]
    _cut_off(source)
    _weigh(pdf)
    return jumps


def _bring_down(page: Object) -> None:
    """Write into the page what it has from the nodes above it."""
    for key in _INHERITED:
        node: object = page
        steps = 0
        while is_table(node) and key not in node and steps < 100:
            node, steps = node.get(Name.Parent), steps + 1
        if steps and is_table(node) and key in node:
            page[key] = node[key]
    streams = [stream for stream in each(page.get(Name.Contents)) if isinstance(stream, Stream)]
    page.Contents = streams[0] if len(streams) == 1 else Array(streams)
    if not isinstance(page.get(Name.Resources), Dictionary):
        page.Resources = Dictionary()


def _tell(source: Source) -> None:
    """Note what the file has beside its pages, and draw what stands in forms and comments onto them."""
    pdf, root = source.pdf, source.pdf.Root
    names = root.get(Name.Names)
    if is_table(names) and Name.JavaScript in names:
        source.notes.add(Note.ACTIVE)
    if Name.Collection in root or (is_table(names) and Name.EmbeddedFiles in names):
        source.notes.add(Note.FILES)
    start = root.get(Name.OpenAction)
    if Name.AA in root or (isinstance(start, Dictionary) and start.get(Name.S) != Name.GoTo):
        source.notes.add(Note.ACTIVE)
    kinds = {_kind(note) for page in pdf.pages for note in each(page.obj.get(Name.Annots))}
    if kinds & set(_ACTIVE):
        source.notes.add(Note.ACTIVE)
    if "/FileAttachment" in kinds:
        source.notes.add(Note.FILES)
    if kinds - {"/Link", "/Popup", "", *_ACTIVE}:
        source.notes.add(Note.FORM)
        flatten(pdf)


def _kind(annotation: object) -> str:
    return str(annotation.get(Name.Subtype, "")) if isinstance(annotation, Dictionary) else ""


def _links(source: Source, page: Page, position: int, targets: Targets) -> list[Jump]:
    """Keep the links of a page that lead to the web or within the file. Return the latter."""
    found = each(page.obj.get(Name.Annots))
    if not found:
        return []
    kept: list[Object] = []
    jumps = []
    for link in found:
        if not isinstance(link, Dictionary) or _kind(link) != "/Link" or not _is_box(link.get(Name.Rect)):
            continue
        address, target = _address(link.get(Name.A)), targets.of(link)
        if address is None and target is None:
            source.notes.add(Note.ACTIVE)
            continue
        for key in set(link.keys()) - _LINK:
            del link[key]
        if target is not None:
            jumps.append(Jump(position, len(kept), target))
        if address is not None:
            link.A = Dictionary(S=Name.URI, URI=String(address))
        elif Name.A in link:
            del link[Name.A]
        link.F = _PRINTED
        kept.append(link if link.is_indirect else source.pdf.make_indirect(link))
    page.obj.Annots = Array(kept)
    page.obj.Tabs = Name.S  # from link to link in the order of the tags
    return jumps


def _address(action: object) -> bytes | None:
    """Return where a link leads to on the web; a file, a program or a script is no such place."""
    if not isinstance(action, Dictionary) or action.get(Name.S) != Name.URI:
        return None
    address = action.get(Name.URI)
    return bytes(address) if isinstance(address, String) and _WEB.match(bytes(address)) else None


def _is_box(thing: object) -> bool:
    return isinstance(thing, Array) and len(thing) == 4


def _cut_off(source: Source) -> None:
    """Take from the streams what leads to other files, to programs of a printer, and to copies of themselves."""
    pages = [page.obj for page in source.pdf.pages]
    starts = [thing for page in pages for thing in _held(page)]
    for thing in reachable(source.pdf, starts, {page.objgen for page in pages}):
        if not isinstance(thing, Stream):
            continue
        if is_too_heavy(thing):
            raise UnusableError(Fault.TOO_LARGE)
        if Name.F in thing or Name.PS in (thing.get(Name.Subtype), thing.get(Name.Subtype2)):
            source.notes.add(Note.ACTIVE)
        if Name.PS in (thing.get(Name.Subtype), thing.get(Name.Subtype2)):
            thing.write(b"")
            thing.Subtype, thing.BBox = Name.Form, Array([0, 0, 1, 1])
        for key in _REACHING:
            if key in thing:
                del thing[key]
        _forget_the_camera(thing)


def _forget_the_camera(thing: Stream) -> None:
    """Take from a photograph what else its file tells."""
    filters = each(thing.get(Name.Filter))
    if filters == [Name.DCTDecode]:
        written = thing.read_raw_bytes()
        if (plain := without_metadata(written)) != written:
            told = thing.get(Name.DecodeParms)
            thing.write(plain, filter=Name.DCTDecode, decode_parms=told if isinstance(told, Dictionary) else None)


def _weigh(pdf: Pdf) -> None:
    """Raise UnusableError when what is drawn on a page would keep a reader busy for hours."""
    known: dict[Number, int] = {}
    for page in pdf.pages:
        if is_endless_drawing(page.obj.Resources, known) or is_too_long(each(page.obj.Contents)):
            raise UnusableError(Fault.TOO_LARGE)


def _held(page: Object) -> list[Object]:
    return [page[key] for key in (Name.Resources, Name.Contents, Name.Annots, Name.Group) if key in page]
