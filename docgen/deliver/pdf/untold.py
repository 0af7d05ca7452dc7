"""What LibreOffice paints outside the tags, or in letters that only a font knows: mended where it is known what it is.

Of docgen's own documents there is none. Word documents from elsewhere have lines around paragraphs and bullets of
Symbol and Wingdings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Object

_MARKS = re.compile(rb"(?:BDC|BMC|EMC)\b")
_PAINTS = re.compile(rb"(?<![/\w])(?:BT|Do|BI)\b|(?<=\s)(?:f\*?|[Ss]|[Bb]\*?|F|sh)(?=\s)")
"""What begins or ends marked content, and paints. LibreOffice writes texts as hexadecimals, so none is mistaken."""
_END = b"EMC"
_TEXT_OR_PICTURE = {b"BT", b"Do", b"BI"}

_PRIVATE = re.compile(rb"<(F[0-9A-F]{3}|E[0-9A-F]{3})>(?=\s|$)", re.IGNORECASE)
_SIGNS = {
    0xF0B7: 0x2022,  # the bullet of Symbol; those below are of Wingdings, as Word's lists have them
    0xF0A7: 0x25AA,
    0xF0D8: 0x27A2,
    0xF0FC: 0x2713,
    0xF076: 0x2756,
    0xF06E: 0x25A0,
    0xF0E0: 0x2192,
    0xF0FE: 0x2611,
}
"""Private characters that stand for themselves in Word's lists -> what they look like."""


def tell(pdf: pikepdf.Pdf) -> list[str]:
    """Mark lines as decoration and give bullets their character. Return what remains that nobody can be told of."""
    found = []
    for page in pdf.pages:
        if not _is_decorated(pdf, page.obj):
            found.append("text or a picture outside the tags")
    for font in _fonts(pdf):
        if not _is_named(font):
            found.append("letters that only their font knows")
    return found


def _is_decorated(pdf: pikepdf.Pdf, page: Object) -> bool:
    """Tell whether all that is painted on a page is tagged, or lines that are now marked as decoration."""
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents] if contents is not None else []
    content = b"\n".join(stream.read_bytes() for stream in streams)
    pieces, last, is_told = [], 0, True
    for start, end, has_text in _outside(content):
        is_told &= not has_text
        pieces += [content[last:start], b"\n/Artifact BMC\n", content[start:end], b"\nEMC\n"]
        last = end
    if is_told and pieces:
        page.Contents = pdf.make_stream(b"".join((*pieces, content[last:])))
    return is_told


def _outside(content: bytes) -> Iterator[tuple[int, int, bool]]:
    """Give the stretches outside of marked content in which something is painted, and whether it is more than lines."""
    for start, end in _unmarked(content):
        painted = set(_PAINTS.findall(content, start, end))
        if painted:
            yield start, end, bool(painted & _TEXT_OR_PICTURE)


def _unmarked(content: bytes) -> Iterator[tuple[int, int]]:
    """Give where stretches outside of marked content begin and end."""
    depth, start = 0, 0
    for mark in _MARKS.finditer(content):
        if content[mark.start() - 1 : mark.start()].isalnum() or content[mark.start() - 1] == ord("/"):
            continue  # a name
        if mark[0] == _END:
            depth, start = depth - 1, mark.end()
            continue
        if depth == 0:
            # Its operands stand before it: a tag, and perhaps a list, on the same line.
            yield start, max(start, content.rfind(b"\n", start, mark.start()))
        depth += 1
    yield start, len(content)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Give every font once that pages, and what is drawn on them, are written with."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Object] = [resources for page in pdf.pages if (resources := _resources(page.obj)) is not None]
    while waiting:
        resources = waiting.pop()
        if not _is_new(resources, seen):
            continue
        for font in resources.get("/Font", Dictionary()).values():
            if isinstance(font, Dictionary) and "/ToUnicode" in font and _is_new(font, seen):
                yield font
        drawings = resources.get("/XObject", Dictionary()).values()
        waiting += [one.Resources for one in drawings if "/Resources" in one and _is_new(one, seen)]


def _is_new(one: Object, seen: set[tuple[int, int]]) -> bool:
    """Tell whether an object is met for the first time; one that stands where it is used is."""
    if not one.is_indirect:
        return True
    is_new = one.objgen not in seen
    seen.add(one.objgen)
    return is_new


def _resources(page: Object) -> Object | None:
    """Return what a page is drawn with; it may be told once for all pages, above them."""
    while "/Resources" not in page:
        if "/Parent" not in page:
            return None
        page = page.Parent
    return page.Resources


def _is_named(font: Dictionary) -> bool:
    """Tell whether all letters of a font are characters that anyone knows, when the bullets have been given theirs."""
    told = font.ToUnicode.read_bytes()
    if not _PRIVATE.search(told):
        return True
    named = _PRIVATE.sub(lambda found: b"<%04X>" % _SIGNS.get(int(found[1], 16), int(found[1], 16)), told)
    font.ToUnicode.write(named)
    return not _PRIVATE.search(named)
