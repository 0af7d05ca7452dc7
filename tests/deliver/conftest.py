"""Word documents as docgen makes them, with its fingerprint, and as a person leaves them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from docgen.messages import speak
from docgen.model.fingerprint import PART, PROPERTY, SOURCE, fingerprint

_CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    "{}</Properties>"
)
_ONE = (
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{name}">'
    "<vt:lpwstr>{value}</vt:lpwstr></property>"
)
_RELATION = (
    '<Relationship Id="rIdCustom" Target="docProps/custom.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"/></Relationships>'
)
_TYPE = (
    '<Override PartName="/docProps/custom.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
)


def made(text: str, source: str = "") -> bytes:
    """A document that says `text`, with the fingerprint by which docgen knows it again, and of which input it is."""
    plain = io.BytesIO()
    document = Document()
    document.add_paragraph(text)
    document.save(plain)
    with zipfile.ZipFile(plain) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", _RELATION.encode())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", _TYPE.encode())
    mark = fingerprint((name, zipfile.crc32(content)) for name, content in parts.items())
    told = {SOURCE: source, PROPERTY: mark} if source else {PROPERTY: mark}
    listed = "".join(_ONE.format(pid=pid, name=name, value=value) for pid, (name, value) in enumerate(told.items(), 2))
    return _packed(parts | {PART: _CUSTOM.format(listed).encode()})


def _packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)  # a fixed time: the same text is the same bytes
    return file.getvalue()


def edit(file: Path, text: str) -> bytes:
    """Write `text` into the document as a person does, and return what the file then is."""
    document = Document(str(file))
    document.add_paragraph(text)
    document.save(str(file))
    return file.read_bytes()


def text(file: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)


@pytest.fixture(autouse=True)
def _bokmål():
    speak("nb")
