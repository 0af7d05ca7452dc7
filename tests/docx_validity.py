"""Walks a made Word file and tells what Word would have to repair, or would show wrongly."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
SIGNS_OF_COMPILING = re.compile("[\ufdd0-\ufdef]")
TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$")
STYLE_USES = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")


def faults_of_docx(data: bytes, *, allow: str = "") -> list[str]:
    """Return what is wrong with the file, an empty list when Word opens it as it is.

    `allow` is text of the document that may look like a tag (data is printed literally).
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    doubled = [f"{name} stands twice in the zip" for name, count in Counter(names).items() if count > 1]
    roots: dict[str, etree._Element] = {}
    broken = []
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                roots[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                broken.append(f"{name} is not well formed: {error}")
    if broken:
        return doubled + broken
    return [
        *doubled,
        *_content_type_faults(parts, roots),
        *_relationship_faults(parts, roots),
        *_style_faults(roots),
        *_numbering_faults(roots),
        *_note_faults(roots),
        *_structure_faults(roots),
        *_leftovers(roots, allow),
    ]


def _content_type_faults(parts: dict[str, bytes], roots: dict[str, etree._Element]) -> Iterator[str]:
    types = roots["[Content_Types].xml"]
    extensions = {entry.get("Extension").lower() for entry in types.iter(f"{TYPES}Default")}
    overrides = Counter(entry.get("PartName").lstrip("/") for entry in types.iter(f"{TYPES}Override"))
    for name in parts:
        if (
            name != "[Content_Types].xml"
            and name not in overrides
            and name.rpartition(".")[2].lower() not in extensions
        ):
            yield f"{name} has no content type"
    for name, count in overrides.items():
        if name not in parts:
            yield f"the content type of {name}, which does not exist"
        if count > 1:
            yield f"{name} has several content types"


def _relationship_faults(parts: dict[str, bytes], roots: dict[str, etree._Element]) -> Iterator[str]:
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.partition("_rels/")
        source = folder + file.removesuffix(".rels")
        if source and source not in parts:
            yield f"{name} belongs to no part"
        ids = Counter(relationship.get("Id") for relationship in root)
        yield from (f"{name}: {one} is given twice" for one, count in ids.items() if count > 1)
        for relationship in root.iter(f"{RELS}Relationship"):
            target = relationship.get("Target")
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if relationship.get("TargetMode") != "External" and path not in parts:
                yield f"{name}: {target} does not exist"
    for name, root in roots.items():
        folder, file = posixpath.split(name)
        rels = roots.get(posixpath.join(folder, "_rels", f"{file}.rels"))
        known = {relationship.get("Id") for relationship in rels} if rels is not None else set()
        used = {
            value for element in root.iter(etree.Element) for key, value in element.attrib.items() if key.startswith(R)
        }
        yield from (f"{name} uses the relationship {one}, which does not exist" for one in sorted(used - known))


def _style_faults(roots: dict[str, etree._Element]) -> Iterator[str]:
    styles = roots.get("word/styles.xml")
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")} if styles is not None else set()
    for name, root in roots.items():
        for element in root.iter(*(f"{W}{use}" for use in STYLE_USES)):
            if element.get(f"{W}val") not in known:
                yield f"{name} uses the style {element.get(f'{W}val')!r}, which does not exist"


def _numbering_faults(roots: dict[str, etree._Element]) -> Iterator[str]:
    numbering = roots.get("word/numbering.xml")
    nums, abstracts = [], []
    if numbering is not None:
        nums = [num.get(f"{W}numId") for num in numbering.iter(f"{W}num")]
        abstracts = [one.get(f"{W}abstractNumId") for one in numbering.iter(f"{W}abstractNum")]
        for num in numbering.iter(f"{W}num"):
            if num.find(f"{W}abstractNumId").get(f"{W}val") not in abstracts:
                yield f"the numbering {num.get(f'{W}numId')} has no abstract numbering"
    yield from (f"the numbering {one} is given twice" for one, count in Counter(nums).items() if count > 1)
    yield from (
        f"the abstract numbering {one} is given twice" for one, count in Counter(abstracts).items() if count > 1
    )
    for name, root in roots.items():
        for use in root.iter(f"{W}numPr"):
            number = use.find(f"{W}numId")
            if number is not None and number.get(f"{W}val") not in (*nums, "0"):
                yield f"{name} uses the numbering {number.get(f'{W}val')}, which does not exist"


def _note_faults(roots: dict[str, etree._Element]) -> Iterator[str]:
    for kind in ("footnote", "endnote", "comment"):
        part = roots.get(f"word/{kind}s.xml")
        ids = [note.get(f"{W}id") for note in part.iter(f"{W}{kind}")] if part is not None else []
        yield from (f"the {kind} {one} is given twice" for one, count in Counter(ids).items() if count > 1)
        for name, root in roots.items():
            for use in root.iter(f"{W}{kind}Reference"):
                if use.get(f"{W}id") not in ids:
                    yield f"{name} refers to the {kind} {use.get(f'{W}id')}, which does not exist"


def _structure_faults(roots: dict[str, etree._Element]) -> Iterator[str]:
    for name, root in roots.items():
        if not name.startswith("word/"):
            continue
        for cell in root.iter(f"{W}tc"):
            if not len(cell) or cell[-1].tag not in (f"{W}p", f"{W}sdt"):
                yield f"{name}: a table cell does not end with a paragraph"
        for table in root.iter(f"{W}tbl"):
            if next(table.iter(f"{W}tr"), None) is None:
                yield f"{name}: a table has no row"
            if table.find(f"{W}tblGrid") is None:
                yield f"{name}: a table has no grid"
        for row in root.iter(f"{W}tr"):
            if next(row.iter(f"{W}tc"), None) is None:
                yield f"{name}: a table row has no cell"
        if root.tag in (f"{W}hdr", f"{W}ftr") and next(root.iter(f"{W}p"), None) is None:
            yield f"{name} has no paragraph"
        drawings = Counter(drawing.get("id") for drawing in root.iter(DOC_PR))
        yield from (f"{name}: the drawing {one} stands twice" for one, count in drawings.items() if count > 1)
        marks = Counter(mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkStart"))
        yield from (f"{name}: the bookmark {one} stands twice" for one, count in marks.items() if count > 1)
        yield from _misplaced(name, root)


def _misplaced(name: str, root: etree._Element) -> Iterator[str]:
    """Give paragraphs, tables and runs that stand where Word knows none."""
    homes = {
        f"{W}p": {
            "body",
            "tc",
            "hdr",
            "ftr",
            "footnote",
            "endnote",
            "comment",
            "txbxContent",
            "sdtContent",
            "docPartBody",
        },
        f"{W}tr": {"tbl", "sdtContent"},
        f"{W}tc": {"tr", "sdtContent"},
        f"{W}t": {"r"},
    }
    for element in root.iter(*homes):
        parent = element.getparent()
        if parent is not None and etree.QName(parent).localname not in homes[element.tag]:
            yield f"{name}: {etree.QName(element).localname} stands in {etree.QName(parent).localname}"


def _leftovers(roots: dict[str, etree._Element], allow: str) -> Iterator[str]:
    for name, root in roots.items():
        if not TEXT_PARTS.match(name):
            continue
        for paragraph in root.iter(f"{W}p"):
            text = "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))
            yield from (f"{name}: the tag {tag} is left" for tag in TAG.findall(text) if tag not in allow)
        everything = etree.tostring(root, encoding="unicode")
        if SIGNS_OF_COMPILING.search(everything):
            yield f"{name} holds a sign that is used only in compiling"
