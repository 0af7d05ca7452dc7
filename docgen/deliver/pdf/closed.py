"""Packages (OpenDocument, Word and their kin) with the ways out of them closed that no setting of LibreOffice closes.

It shows pictures that an OpenDocument slide or sheet links to, and those within an SVG drawing, wherever they lie.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

from docgen.deliver.pdf.drawing import NoDrawingError, drawing

MOST = 256_000_000
"""Bytes of one part, unpacked."""

_START = b"PK\x03\x04"
_OPEN_DOCUMENT = "META-INF/manifest.xml"
_HEAD = 4096
_PACKED = b"\x1f\x8b"
_EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
_TAG = re.compile(r"<[^!?/][^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_HREF = re.compile(r"""\s(?:[\w.-]+:)?href\s*=\s*("[^"]*"|'[^']*')""")
_FOLLOWED_BY_HAND = re.compile(r"<(?:text|draw):a\b")
"""A link for the reader, which nobody follows on the way to PDF."""
_WITHIN = re.compile(r"(?!/|.*\.\.)[^:?\\]*|#.*")
"""A name inside the package."""


class NotClosedError(Exception):
    """A package can't be read as LibreOffice would read it, so nobody knows where it leads."""


def closed(content: bytes) -> bytes:
    """Return a package that leads nowhere: itself, or a copy without its ways out. Raises NotClosedError."""
    if not content.startswith(_START):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            changed = dict(_changed(package))
            return _with(package, changed) if changed else content
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise NotClosedError(str(error)) from error


def _changed(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Give the parts that have a way out, without it."""
    is_open_document = _OPEN_DOCUMENT in package.namelist()
    for part in package.infolist():
        is_xml = part.filename.endswith((".xml", ".rels"))
        if part.is_dir() or (is_xml and not is_open_document):
            continue
        with package.open(part) as file:
            head = file.read(_HEAD)
            if not is_xml and not _is_drawing(head):
                continue
            whole = head + file.read(MOST)
        if len(whole) > MOST:
            raise NotClosedError(f"{part.filename} is too large")
        kept = _without_links(whole) if is_xml else _alone(whole)
        if kept != whole:
            yield part.filename, kept


def _is_drawing(head: bytes) -> bool:
    return head.startswith(_PACKED) or b"svg" in head.replace(b"\x00", b"")


def _alone(svg: bytes) -> bytes:
    try:
        return drawing(svg)[0]
    except NoDrawingError:
        return _EMPTY


def _without_links(xml: bytes) -> bytes:
    try:
        text = xml.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotClosedError("another encoding than UTF-8") from error
    if "<!DOCTYPE" in text:
        raise NotClosedError("names of its own for pieces of text")
    if "href" not in text:
        return xml
    kept = _TAG.sub(_closed_tag, text)
    return kept.encode() if kept != text else xml


def _closed_tag(found: re.Match[str]) -> str:
    tag = found[0]
    return tag if _FOLLOWED_BY_HAND.match(tag) else _HREF.sub(_inward, tag)


def _inward(found: re.Match[str]) -> str:
    return found[0] if _WITHIN.fullmatch(unescape(found[1][1:-1]).strip()) else ""


def _with(package: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as copy:
        for part in package.infolist():
            copy.writestr(part, changed[part.filename] if part.filename in changed else package.read(part))
    return target.getvalue()
