"""WordprocessingML by name: namespaces, parts and content types. It needs no XML library."""

from __future__ import annotations

import posixpath

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
DOCUMENT_RELS = "word/_rels/document.xml.rels"
NUMBERING = "word/numbering.xml"
FOOTNOTES = "word/footnotes.xml"
WORDPROCESSINGML = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def w(tag: str) -> str:
    """Return the full name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{tag}"


def is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def relationships_name(part: str) -> str:
    """Return the name of the part that holds the relationships of `part`."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def target_name(part: str, target: str) -> str:
    """Return the part that `target` means in the relationships of `part` ("" for the package)."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
