"""What a Word file says of itself, and its first and last words, for its PDF to be checked against."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from docgen.deliver.pdf.about import About

MOST_XML = 64_000_000
"""Bytes of one part of a Word file, unpacked; more is a bomb and no document."""

ENOUGH = 24
"""Letters and digits of the first and last paragraph that are looked for. Few enough to stand on one page."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_INDEX = re.compile("TOC|TOA|INDEX|BIBLIOGRAPHY", re.IGNORECASE)
_CORE = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_UNSEEN = {_MC + "Fallback", _W + "txbxContent", _W + "del", _W + "moveFrom", _W + "pict", _W + "object"}
"""What is not printed in its place, or not printed at all."""


class NotWordError(Exception):
    """The file is no Word document, or a broken one."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """What a Word file says of itself, and its first and last words as `letters` gives them; empty when it has none.

    `has_indexes` tells whether a table of contents or the like is to be filled.
    """

    about: About
    first: str
    last: str
    has_indexes: bool = False


def word_file(content: bytes) -> WordFile:
    """Read a .docx. Raises NotWordError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            body = _part(package, "word/document.xml")
            core = _part(package, "docProps/core.xml") if "docProps/core.xml" in package.namelist() else None
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise NotWordError(str(error)) from error
    except ElementTree.ParseError as error:
        raise NotWordError(str(error)) from error
    paragraphs = list(_paragraphs(body))
    first, last = _words(paragraphs)[:ENOUGH], _words(reversed(paragraphs))[-ENOUGH:]
    return WordFile(_about(core), first, last, _has_indexes(body))


def letters(text: str) -> str:
    """Return the letters and digits of a text alone, in one case: what lines, hyphens and ligatures do not change."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _part(package: zipfile.ZipFile, name: str) -> Element:
    with package.open(name) as file:
        xml = file.read(MOST_XML + 1)
    if len(xml) > MOST_XML:
        raise NotWordError(f"{name} is too large")
    return ElementTree.fromstring(xml)


def _has_indexes(body: Element) -> bool:
    """Tell whether there is a field for an index. What a field is may be said in several pieces."""
    said = [one.text or "" for one in body.iter(_W + "instrText")]
    said += [one.get(_W + "instr", "") for one in body.iter(_W + "fldSimple")]
    return _INDEX.search("".join(said)) is not None


def _words(paragraphs: Iterable[Element]) -> str:
    """Return the letters and digits of the first of the paragraphs that has any, and is printed as it stands."""
    return next(filter(None, (letters(_text(one)) for one in paragraphs)), "")


def _paragraphs(body: Element) -> Iterator[Element]:
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if element.tag in _UNSEEN:
            continue
        if element.tag == _W + "p":
            yield element
        else:
            waiting.extend(reversed(element))


def _text(paragraph: Element) -> str:
    """Return the text of a paragraph, or nothing of one with fields, frames or hidden text."""
    is_plain = not any(
        paragraph.find(f".//{_W}{name}") is not None for name in ("fldChar", "fldSimple", "framePr", "vanish", "sym")
    )
    return "".join(_runs(paragraph)) if is_plain else ""


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag not in _UNSEEN:
            yield from _runs(child)


def _about(core: Element | None) -> About:
    def said(name: str) -> str:
        return (core.findtext(name, "", _CORE) if core is not None else "").strip()

    return About(
        title=said("dc:title"),
        author=said("dc:creator"),
        subject=said("dc:subject"),
        keywords=said("cp:keywords"),
        language=said("dc:language"),
        created=said("dcterms:created"),
        modified=said("dcterms:modified"),
    )
