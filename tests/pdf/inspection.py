"""What we look for in a PDF ourselves, beside the validators: each function gives what is wrong, in few words.

Written against ISO 14289-1 (PDF/UA-1), ISO 19005-2 (PDF/A-2) and ISO 32000-1 (PDF 1.7), and with none of docgen's own
code, which would miss what it has missed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, Stream

_PAINTING = "Tj TJ ' \" f F f* B B* b b* S s sh Do BI INLINE"
_GROUPS = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
_BLOCKS = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
_INLINE = "Span Quote Note Reference BibEntry Code Link Annot Figure Formula Form"
PAINTING = set(_PAINTING.split())
GROUPS = {f"/{name}" for name in _GROUPS.split()}
BLOCKS = {f"/{name}" for name in _BLOCKS.split()}
INLINE = {f"/{name}" for name in _INLINE.split()}
PARENTS = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/TOCI": {"/TOC"},
}
UNCLEAR = re.compile(rb"[^\r]\r\nendstream")
"""A stream whose last byte is CR, and the line feed after it: together they look like the end of its line."""
ACTIVE = ("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/Movie", "/Sound", "/Rendition")


@dataclass(frozen=True)
class Tag:
    """An element of the structure tree: its standard type, and that of its parent."""

    object: Dictionary
    kind: str
    parent: str


def faults(pdf: bytes) -> list[str]:
    """Return all that is wrong with a PDF that claims PDF/A-2a and PDF/UA-1."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            *structure(opened),
            *marked_content(opened),
            *headings(opened),
            *pictures(opened),
            *tables(opened),
            *links(opened),
            *fonts(opened),
            *identity(opened),
            *active_content(opened),
            *bookmarks(opened),
            *stream_ends(pdf),
        ]


def tags(pdf: pikepdf.Pdf) -> Iterator[Tag]:
    root = pdf.Root.StructTreeRoot
    roles = {name: str(role) for name, role in root.get("/RoleMap", Dictionary()).items()}

    def standard(name: str) -> str:
        return name if name in GROUPS | BLOCKS | INLINE else standard(roles[name])

    def below(element: Object, parent: str) -> Iterator[Tag]:
        for kid in _kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                tag = Tag(kid, standard(str(kid.S)), parent)
                yield tag
                yield from below(kid, tag.kind)

    yield from below(root, "")


def _kids(element: Object) -> list[object]:
    below = element.get("/K")
    return list(below) if isinstance(below, Array) else [] if below is None else [below]


def structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The tree hangs together: kids know their parents, types stand where they may, and the parent tree agrees."""
    root = pdf.Root.StructTreeRoot
    if set(root.get("/RoleMap", Dictionary()).keys()) & (GROUPS | BLOCKS | INLINE):
        yield "a standard type is given another meaning"
    tree = NumberTree(root.ParentTree)
    pages = {page.objgen: page for page in pdf.pages}
    told = {
        (page.objgen, number): owner.objgen
        for page in pdf.pages
        if "/StructParents" in page
        for number, owner in enumerate(tree[int(page.StructParents)])
        if isinstance(owner, Dictionary)
    }
    found: dict[tuple[tuple[int, int], int], tuple[int, int]] = {}
    names = []
    for tag in tags(pdf):
        if tag.kind in PARENTS and tag.parent not in PARENTS[tag.kind]:
            yield f"{tag.kind} in {tag.parent}"
        if tag.kind == "/Note":
            names.append(str(tag.object.get("/ID", "")))
        for kid in _kids(tag.object):
            if isinstance(kid, Dictionary) and "/S" in kid:
                if kid.P.objgen != tag.object.objgen:
                    yield f"{kid.S} has another parent than {tag.kind}"
                continue
            if isinstance(kid, Dictionary) and kid.Type == Name.OBJR:
                if tree[int(kid.Obj.StructParent)].objgen != tag.object.objgen:
                    yield "an annotation belongs elsewhere in the parent tree"
                continue
            page = kid.get("/Pg", tag.object.get("/Pg")) if isinstance(kid, Dictionary) else tag.object.Pg
            key = (page.objgen, int(kid.MCID if isinstance(kid, Dictionary) else kid))
            if key in found:
                yield f"content {key} is tagged twice"
            if page.objgen not in pages:
                yield f"content {key} on a page that is not there"
            found[key] = tag.object.objgen
    if found != told:
        yield f"the parent tree and the tags disagree on {len(set(found.items()) ^ set(told.items()))} places"
    if len(set(names)) < len(names) or "" in names:
        yield "notes without names of their own"


def marked_content(pdf: pikepdf.Pdf) -> Iterator[str]:
    """All that is painted is tagged or an artifact, and every tag's content is there."""
    tree = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(pdf.pages, 1):
        seen, stack = [], []
        for operands, operator in pikepdf.parse_content_stream(page):
            command = str(operator)
            if command in ("BDC", "BMC"):
                properties = operands[1] if len(operands) > 1 else None
                if isinstance(properties, Name):
                    properties = page.Resources.Properties[properties]
                mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
                if mcid is not None:
                    seen.append(int(mcid))
                stack.append("artifact" if operands[0] == Name.Artifact else "tagged" if mcid is not None else "")
            elif command == "EMC":
                stack.pop()
            elif command in PAINTING and not any(stack):
                yield f"page {number}: {command} is neither tagged nor an artifact"
            if "tagged" in stack and "artifact" in stack:
                yield f"page {number}: an artifact within tagged content, or the other way"
        owners = tree[int(page.StructParents)] if "/StructParents" in page else []
        if len(seen) != len(set(seen)) or set(seen) != {at for at, owner in enumerate(owners) if owner is not None}:
            yield f"page {number}: the numbers of its content are not those of the tags"


def headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    level = 0
    for tag in tags(pdf):
        if re.fullmatch(r"/H\d", tag.kind):
            if int(tag.kind[2]) > level + 1:
                yield f"{tag.kind} after /H{level}"
            level = int(tag.kind[2])
        if tag.kind == "/H":
            yield "a heading without a level"


def pictures(pdf: pikepdf.Pdf) -> Iterator[str]:
    for tag in tags(pdf):
        if tag.kind in ("/Figure", "/Formula") and not str(tag.object.get("/Alt", "")).strip():
            yield f"{tag.kind} without alternative text"
        if tag.kind == "/Figure" and not _kids(tag.object):
            yield "a picture that is not in its tag"


def tables(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every table begins with a row of headers, each with its scope, and all rows are as wide."""
    for tag in tags(pdf):
        if tag.kind != "/Table":
            continue
        rows = [
            [(str(cell.S), _attribute(cell, "/Scope"), int(_attribute(cell, "/ColSpan") or 1)) for cell in _kids(row)]
            for row in _rows(tag.object)
        ]
        if not rows or {kind for kind, _scope, _span in rows[0]} != {"/TH"}:
            yield "a table without a row of headers"
        for kind, scope, _span in (cell for row in rows for cell in row):
            if kind == "/TH" and scope not in (Name.Column, Name.Row, Name.Both):
                yield "a header cell without scope"
        if len({sum(span for _kind, _scope, span in row) for row in rows}) > 1:
            yield "a table with rows of different width"


def _rows(table: Object) -> Iterator[Object]:
    for kid in (kid for kid in _kids(table) if isinstance(kid, Dictionary)):
        if str(kid.S) == "/TR":
            yield kid
        else:
            yield from _rows(kid)


def _attribute(cell: Object, name: str) -> Object | None:
    attributes = cell.get("/A", Dictionary())
    listed = list(attributes) if isinstance(attributes, Array) else [attributes]
    return next((one[name] for one in listed if name in one), None)


def links(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every annotation is a link, within a Link tag once, told in words, and in the order of the tags for Tab."""
    tagged: list[tuple[int, int]] = [
        kid.Obj.objgen
        for tag in tags(pdf)
        for kid in _kids(tag.object)
        if tag.kind == "/Link" and isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
    ]
    there = []
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            there.append(annotation.objgen)
            if annotation.Subtype != Name.Link:
                yield f"an annotation of the kind {annotation.Subtype}"
            if not str(annotation.get("/Contents", "")).strip():
                yield "a link that is not told in words"
        if "/Annots" in page and page.get("/Tabs") != Name.S:
            yield "Tab does not follow the tags"
    if sorted(tagged) != sorted(there):
        yield "links and Link tags are not the same"


def fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every font is embedded, and every code of it stands for a character that is no private one."""
    for one in pdf.objects:
        if not isinstance(one, Dictionary) or one.get("/Type") != Name.Font or "/CIDSystemInfo" in one:
            continue
        described = one.DescendantFonts[0] if "/DescendantFonts" in one else one
        descriptor = described.get("/FontDescriptor", Dictionary())
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield f"{one.BaseFont} is not embedded"
        if "/ToUnicode" not in one:
            yield f"{one.BaseFont} does not tell its characters"
            continue
        for told in _unicode(one.ToUnicode.read_bytes().decode("latin-1")):
            if 0xE000 <= told <= 0xF8FF or told in (0, 0xFEFF, 0xFFFE, 0xFFFD):
                yield f"{one.BaseFont} has the character {told:04X}"


def _unicode(cmap: str) -> Iterator[int]:
    """Give the characters that a font's codes stand for."""
    for lines in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for text in re.findall(r"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>", lines):
            yield from (int(text[at : at + 4], 16) for at in range(0, len(text), 4))
    for lines in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", lines):
            yield from (int(text[-4:], 16) + step for step in range(int(last, 16) - int(first, 16) + 1))


def identity(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The file says what it is, twice alike; its language, its title, and the colours it was made for."""
    root = pdf.Root
    xmp = root.Metadata.read_bytes().decode()
    for wanted in (
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    ):
        if wanted not in xmp:
            yield f"the XMP lacks {wanted}"
    if "/Filter" in root.Metadata:
        yield "the XMP is packed"
    with pdf.open_metadata() as told:
        if str(pdf.docinfo.get("/Title", "")) != told.get("dc:title", "") or not told.get("dc:title"):
            yield "the title is missing, or is two"
        if str(pdf.docinfo.get("/Producer", "")) != told.get("pdf:Producer"):
            yield "the producer is two"
        if "/Author" in pdf.docinfo and [str(pdf.docinfo.Author)] != told.get("dc:creator"):
            yield "the author is two"
        if "/CreationDate" in pdf.docinfo and not told.get("xmp:CreateDate"):
            yield "the date is only told once"
    if not re.fullmatch(r"nb-NO|nn-NO", str(root.get("/Lang", ""))):
        yield f"the language is {root.get('/Lang')}"
    if root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle") is not True:
        yield "the window does not show the title"
    if root.MarkInfo.get("/Marked") is not True or root.MarkInfo.get("/Suspects"):
        yield "not marked as tagged"
    intents = [one for one in root.get("/OutputIntents", []) if one.S == Name.GTS_PDFA1]
    if len(intents) != 1 or intents[0].DestOutputProfile.get("/N") != 3:
        yield "no single output intent with three colours"
    elif intents[0].DestOutputProfile.read_bytes()[36:40] != b"acsp":
        yield "the output intent is no ICC profile"
    if "/ID" not in pdf.trailer or pdf.is_encrypted:
        yield "no identity, or encrypted"


def active_content(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in pdf.objects:
        if not isinstance(one, (Dictionary, Stream)):
            continue
        for key in ("/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/XFA", "/RichMediaContent"):
            if key in one:
                yield f"{key} is there"
        for action in (one, one.get("/A"), one.get("/OpenAction")):
            if isinstance(action, Dictionary) and str(action.get("/S")) in ACTIVE:
                yield f"an action {action.S}"
        if one.get("/Filter") == Name.LZWDecode or ("/F" in one and isinstance(one, Stream)):
            yield "a stream outside the file, or with LZW"


def bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    """There is a bookmark for each heading, and it leads to a page."""
    count = 0
    pages = {page.objgen for page in pdf.pages}
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            one = waiting.pop()
            count += 1
            waiting.extend(one.children)
            if not isinstance(one.destination, Array) or one.destination[0].objgen not in pages:
                yield f"the bookmark {one.title} leads nowhere"
    titles = sum(re.fullmatch(r"/H\d", tag.kind) is not None for tag in tags(pdf))
    if titles != count:
        yield f"{titles} headings and {count} bookmarks"


def stream_ends(pdf: bytes) -> Iterator[str]:
    if UNCLEAR.search(pdf):
        yield "a stream ends in CR"
