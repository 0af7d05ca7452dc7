"""Templates that are broken or made to do harm, each from a good one."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from functools import cache

from ..render.word_files import changed, parts_of, with_part, with_relationship, zipped
from .ground import REPOSITORY

DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
SETTINGS = "word/settings.xml"


@cache
def good() -> bytes:
    return (REPOSITORY / "templates" / "innkalling.docx").read_bytes()


def but(part: str, content: bytes) -> bytes:
    """Return the template with another part in the place of this, or one more."""
    return zipped(parts_of(good()) | {part: content})


def without(part: str) -> bytes:
    return zipped({name: content for name, content in parts_of(good()).items() if name != part})


def begun(xml: str, part: str = DOCUMENT) -> bytes:
    """Return the template with `xml` first in the text of the part."""
    text = parts_of(good())[part].decode()
    start = re.search(r"<w:(body|hdr|ftr)\b[^>]*>", text)
    assert start is not None
    return but(part, (text[: start.end()] + xml + text[start.end() :]).encode())


def saying(*texts: str) -> bytes:
    """Return the template with paragraphs of these texts first."""
    return begun("".join(f'<w:p><w:r><w:t xml:space="preserve">{escaped(text)}</w:t></w:r></w:p>' for text in texts))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def field(*codes: str, part: str = DOCUMENT) -> bytes:
    """Return the template with a field whose code is split over runs as given."""
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{escaped(code)}</w:instrText></w:r>' for code in codes)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return begun(f"<w:p>{begin}{runs}{end}</w:p>", part)


def simple_field(code: str) -> bytes:
    quoted = escaped(code).replace('"', "&quot;")
    return begun(f'<w:p><w:fldSimple w:instr="{quoted}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>')


def with_doctype(doctype: str, *, entity: str = "", encoding: str = "UTF-8") -> bytes:
    text = parts_of(good())[DOCUMENT].decode()
    head = f'<?xml version="1.0" encoding="{encoding}" standalone="yes"?>\n{doctype}'
    body = re.sub(r"^<\?xml[^>]*\?>\s*", "", text)
    if entity:
        body = re.sub(r"(<w:body\b[^>]*>)", rf"\1<w:p><w:r><w:t>{entity}</w:t></w:r></w:p>", body, count=1)
    return but(DOCUMENT, (head + body).encode(encoding))


def laughing() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    return with_doctype(f"<!DOCTYPE w:document [{entities}]>", entity="&j;")


def members(*names: str) -> bytes:
    """Return the template with members of these names after its own, each zip entry written as it stands."""
    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b"x")
    return out.getvalue()


def renamed_member(name: str, odd: str) -> bytes:
    """Return the template with a member whose name Python's own zipfile would not write."""
    assert len(name) == len(odd)
    return members(name).replace(name.encode(), odd.encode())


def bomb() -> bytes:
    """Return a template that unpacks to 300 MB."""
    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/media/{number}.png", b"\0" * 100_000_000)
    return out.getvalue()


def lying_bomb() -> bytes:
    """Return a template with a part that says it is small, and is 90 MB."""
    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/x.xml", b" " * 90_000_000)
    size = struct.pack("<I", 90_000_000)
    return out.getvalue().replace(size, struct.pack("<I", 1000))


def many_members() -> bytes:
    return members(*(f"word/media/{number}.png" for number in range(2500)))


def encrypted() -> bytes:
    """Return the template with the bit set that says a part is encrypted."""
    data = bytearray(good())
    for head, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        for found in re.finditer(re.escape(head), bytes(data)):
            data[found.start() + at] |= 1
    return bytes(data)


def packed_as(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts_of(good()).items():
            archive.writestr(name, content)
    return out.getvalue()


def renamed(pattern: str, new: str) -> bytes:
    """Return the template with the first thing in its text that matches written otherwise."""
    text = parts_of(good())[DOCUMENT].decode()
    found = re.search(pattern, text)
    assert found is not None
    return changed(good(), DOCUMENT, found[0], new)


def fetching(kind: str, target: str, part: str = "document") -> bytes:
    return with_relationship(good(), kind, target, external=True, part=part)


def carrying(kind: str, name: str, content_type: str = "") -> bytes:
    """Return the template with a part that carries something along, and the relationship to it."""
    held = with_part(good(), f"word/{name}", b"\xd0\xcf\x11\xe0x", content_type)
    return with_relationship(held, kind, name, external=False)


def macro_enabled() -> bytes:
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return changed(good(), TYPES, plain, "application/vnd.ms-word.document.macroEnabled.main+xml")


def cut_in_pieces() -> Iterator[tuple[str, bytes]]:
    """Give the template cut off at places all through it."""
    data = good()
    for share in (1, 10, 50, 90, 99):
        yield f"cut-after-{share}-per-cent", data[: len(data) * share // 100]
    yield "cut-in-the-beginning", data[1000:]
    yield "without-its-list-of-contents", data[: data.rindex(b"PK\1\2")]


def other_kind(kind: str) -> bytes:
    return (REPOSITORY / "templates" / f"{kind}.docx").read_bytes()
