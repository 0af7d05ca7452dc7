"""Word files for the tests, made with python-docx or by changing the parts of one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from docx import Document
from docx.document import Document as WordDocument

from docgen.render import compile_template

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_file(*paragraphs: str) -> bytes:
    """Return a Word file with these paragraphs."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def table_file(*rows: Iterable[str]) -> bytes:
    """Return a Word file with one table."""
    document = Document()
    made = [list(row) for row in rows]
    table = document.add_table(len(made), len(made[0]))
    for row, texts in zip(table.rows, made, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(document)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return the file with the first `old` in the part replaced."""
    parts = parts_of(data)
    text = parts[part].decode()
    assert old in text
    return zipped(parts | {part: text.replace(old, new, 1).encode()})


def with_part(data: bytes, name: str, content: bytes, content_type: str = "") -> bytes:
    """Return the file with one part more."""
    parts = parts_of(data) | {name: content}
    types = parts["[Content_Types].xml"].decode()
    entry = f'<Override PartName="/{name}" ContentType="{content_type or "application/octet-stream"}"/></Types>'
    return zipped(parts | {"[Content_Types].xml": types.replace("</Types>", entry).encode()})


def with_relationship(data: bytes, kind: str, target: str, *, external: bool, part: str = "document") -> bytes:
    """Return the file with a relationship more, from word/document.xml or another part of word/."""
    parts = parts_of(data)
    name = f"word/_rels/{part}.xml.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    mode = ' TargetMode="External"' if external else ""
    entry = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'{kind}" Target="{target}"{mode}/></Relationships>'
    )
    rels = parts.get(name, empty).decode()
    return zipped(parts | {name: rels.replace("</Relationships>", entry).encode()})


def with_xml(data: bytes, xml: str) -> bytes:
    """Return the file with `xml` before the section properties at the end of its text."""
    return changed(data, "word/document.xml", "<w:sectPr", f"{xml}<w:sectPr")


def rendered(data: bytes, context: Mapping[str, Any], kind: str | None = None) -> bytes:
    return compile_template(data, "mal.docx", kind).render(context, {}, "Tittel", "nb-NO")


def opened(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def texts(data: bytes) -> list[str]:
    """Return the paragraphs of the text, without tables."""
    return [paragraph.text for paragraph in opened(data).paragraphs]


def rows(data: bytes, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in opened(data).tables[table].rows]
