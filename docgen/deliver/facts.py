"""The facts that a made document carries in its custom properties, and a PDF in its seal, read without its text."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from docgen.deliver.seal import seal
from docgen.model.fingerprint import PART, PROPERTY, SOURCE, fingerprint

_PROPERTY = re.compile(r'<property\b[^>]*?\bname="([^"]*)"[^>]*>\s*<vt:lpwstr>([^<]*)</vt:lpwstr>')
_MOST_BYTES = 1024 * 1024

_NOT_A_PACKAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)
"""What zipfile raises for a file that is damaged, encrypted or something else."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a document carries. `is_untouched` says that docgen made it and nobody has edited it since."""

    facts: dict[str, str]
    is_untouched: bool


def carried(document: Path | bytes) -> Carried | None:
    """Return what a document carries, or None when it is neither a Word document that can be read nor our PDF.

    Reads the list of its parts and one of them, so that thousands are looked through in seconds; of a PDF all of it.
    """
    if document.startswith(b"%PDF-") if isinstance(document, bytes) else document.suffix.lower() == ".pdf":
        return _carried_by_pdf(document)
    try:
        with zipfile.ZipFile(io.BytesIO(document) if isinstance(document, bytes) else document) as package:
            parts = [(member.filename, member.CRC) for member in package.infolist()]
            text = ""
            if PART in package.NameToInfo:
                with package.open(PART) as part:
                    text = part.read(_MOST_BYTES).decode("utf-8", "replace")
    except _NOT_A_PACKAGE:
        return None
    found = {unescape(name): unescape(value) for name, value in _PROPERTY.findall(text)}
    return Carried(found, found.get(PROPERTY) == fingerprint(parts))


def _carried_by_pdf(document: Path | bytes) -> Carried | None:
    try:
        there = seal(document if isinstance(document, bytes) else document.read_bytes())
    except OSError:
        return None
    return Carried({SOURCE: there.source}, there.is_untouched) if there else None


def facts(file: Path) -> dict[str, str]:
    """Return the document's custom properties by name; none for what is not a Word document or can't be read."""
    found = carried(file)
    return found.facts if found else {}


def is_untouched(document: Path | bytes) -> bool:
    """Return whether `document` is one that docgen made and nobody has edited since."""
    found = carried(document)
    return found is not None and found.is_untouched


def made_from(file: Path) -> str:
    """Return the input that the document at `file` says it was made from, or the empty text."""
    return facts(file).get(SOURCE, "")


def is_whole(file: Path) -> bool:
    """Return whether every part of the document can be read as it was written."""
    try:
        with zipfile.ZipFile(file) as package:
            return package.testzip() is None
    except _NOT_A_PACKAGE:
        return False
