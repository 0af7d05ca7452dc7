"""A real Word file around a piece of Markdown, opened again with python-docx."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import docx
from docx.document import Document
from lxml import etree

from docgen.render.looking import look
from docgen.render.story import Story

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEMPLATE = Path(docx.__file__).parent / "templates" / "default.docx"


def template_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(_TEMPLATE) as file:
        return {name: file.read(name) for name in file.namelist()}


PARTS = template_parts()
LOOK = look(PARTS)

_NOTE_STYLES = (
    '<w:style w:type="paragraph" w:styleId="Fotnotetekst"><w:name w:val="footnote text"/></w:style>'
    '<w:style w:type="character" w:styleId="Fotnotereferanse"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperkobling"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Tabelltekst"><w:name w:val="Tabelltekst"/></w:style></w:styles>'
)


def norwegian_parts() -> dict[str, bytes]:
    """Return a template whose style ids are Norwegian, as Word on a Norwegian machine makes them."""
    parts = dict(PARTS)
    for english, norwegian in (("Heading", "Overskrift"), ("ListBullet", "Punktliste"), ("BodyText", "Brdtekst")):
        named = re.compile(rf'(w:(?:styleId|val)=")({english})(\d?")'.encode())
        for part in ("word/styles.xml", "word/stylesWithEffects.xml", "word/numbering.xml"):
            parts[part] = named.sub(rb"\g<1>" + norwegian.encode() + rb"\g<3>", parts[part])
    return parts | {"word/styles.xml": parts["word/styles.xml"].replace(b"</w:styles>", _NOTE_STYLES.encode())}


def without_styles(*names: str) -> dict[str, bytes]:
    """Return the template without the styles of these names."""
    root = etree.fromstring(PARTS["word/styles.xml"])
    for name in root.findall(f"{{{W}}}style/{{{W}}}name"):
        if name.get(f"{{{W}}}val") in names:
            root.remove(name.getparent())
    return {**PARTS, "word/styles.xml": etree.tostring(root)}


@dataclass(frozen=True)
class Made:
    """A document made of Markdown. `new` is the parts that the Markdown added or changed."""

    blocks: str
    new: dict[str, bytes]
    parts: dict[str, bytes]

    @cached_property
    def docx(self) -> Document:
        return docx.Document(io.BytesIO(self.file))

    @cached_property
    def file(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            for name, data in self.parts.items():
                file.writestr(name, data)
        return out.getvalue()

    @property
    def lines(self) -> list[str]:
        return [paragraph.text for paragraph in self.docx.paragraphs]

    @property
    def styled(self) -> list[tuple[str, str]]:
        return [(paragraph.style.name, paragraph.text) for paragraph in self.docx.paragraphs]

    def find(self, path: str, part: str = "word/document.xml") -> list[etree._Element]:
        return etree.fromstring(self.parts[part]).findall(path, {"w": W})

    def values(self, path: str, name: str, part: str = "word/document.xml") -> list[str | None]:
        """Return an attribute of every element at `path`."""
        return [element.get(f"{{{W}}}{name}") for element in self.find(path, part)]

    def text(self, part: str = "word/document.xml") -> str:
        return "".join(etree.fromstring(self.parts[part]).itertext(f"{{{W}}}t"))


def made(
    text: str,
    style: str = "",
    level: int = 0,
    images: dict[str, bytes] | None = None,
    parts: dict[str, bytes] = PARTS,
) -> Made:
    """Return the document that `text` makes in the template `parts`."""
    story = Story(LOOK if parts is PARTS else look(parts), images or {})
    blocks = story.blocks(text, style, level)
    document = parts["word/document.xml"].decode().replace("<w:body>", f"<w:body>{blocks}")
    new = story.parts()
    return Made(blocks, new, {**parts, "word/document.xml": document.encode(), **new})


def png(width: int, height: int, dots_per_metre: int = 0) -> bytes:
    """Return a picture that Word opens."""
    rows = (b"\0" + b"\x00\x60\xa0" * width) * height
    density = _chunk(b"pHYs", struct.pack(">IIB", dots_per_metre, dots_per_metre, 1)) if dots_per_metre else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    image = _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + density + image


def jpeg_header(width: int, height: int) -> bytes:
    """Return the beginning of a JPEG file: as much as tells its size."""
    jfif = b"\xff\xe0" + struct.pack(">H5sHBHHBB", 16, b"JFIF\0", 0x0101, 1, 96, 96, 0, 0)
    return b"\xff\xd8" + jfif + b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00\xff\xd9"


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
