"""What one document adds to its template's parts: numberings, footnotes, links, pictures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from urllib.parse import quote

from docgen.render.lists import ListLevel, restarted
from docgen.render.look import Look
from docgen.render.names import CONTENT_TYPES, DOCUMENT, FOOTNOTES, NUMBERING, WORDPROCESSINGML, relationships_name
from docgen.render.pictures import Picture, picture
from docgen.render.wordxml import attribute

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

# Word calls a document damaged when an address in it is no real one, so only the plainly right ones become links.
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.\-]+(?::\d{1,5})?(?:[/?#][!-~]*)?|mailto:[^\s@<>]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}(?:\?[!-~]*)?|tel:[+0-9().\-]+",
    re.IGNORECASE,
)
_KEPT = "!#$%&'()*+,-./:;=?@_~"


def web_address(written: str) -> str | None:
    """Return `written` as a link's target, letters outside ASCII encoded; None when it is not one that we link to."""
    scheme, colon, rest = written.partition(":")
    host, slash, path = rest.removeprefix("//").partition("/")
    if scheme.lower() in ("http", "https") and not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return None
        rest = f"//{host}{slash}{path}"
    address = scheme + colon + quote(rest, safe=_KEPT)
    return address if _ADDRESS.fullmatch(address) else None


class Additions:
    """Collects while the text is written; `parts` then gives the parts that are new or changed."""

    def __init__(self, look: Look, images: Mapping[str, bytes]) -> None:
        self.look = look
        self._images = images
        self._nums: list[str] = []
        self._own_lists = False
        self._notes: list[str] = []
        self._links: dict[str, dict[tuple[str, str], str]] = {}
        self._media: dict[str, tuple[str, bytes]] = {}
        self._drawings = 0

    def bullet(self, level: ListLevel) -> None:
        """Tell that a bullet of `level` is used."""
        self._own_lists |= level.ours

    def number(self, level: ListLevel, start: int) -> int:
        """Return the id of a new numbering that counts from `start`."""
        id = self.look.next_num + len(self._nums)
        self._nums.append(restarted(id, level, start))
        return id

    def link(self, part: str, address: str) -> str:
        """Return the id of a relationship from `part` to an address outside the document."""
        return self._related(part, "hyperlink", address)

    def picture(self, part: str, source: str) -> tuple[str, int, Picture] | None:
        """Return relationship, drawing number and size of an image; None when it is not there or can't be shown."""
        data = self._images.get(source)
        shown = picture(data) if data else None
        if data is None or shown is None:
            return None
        name = f"media/{hashlib.sha256(data).hexdigest()[:24]}.{shown.kind}"
        self._media[f"word/{name}"] = shown.kind, data
        self._drawings += 1
        return self._related(part, "image", name), self.look.next_drawing + self._drawings - 1, shown

    def footnote(self, content: str) -> int:
        """Return the id of a new footnote with `content`, which is paragraphs."""
        id = self.look.next_footnote + len(self._notes)
        self._notes.append(f'<w:footnote w:id="{id}">{content}</w:footnote>')
        return id

    def parts(self) -> dict[str, bytes]:
        """Return the parts that this document has anew or otherwise than its template."""
        look, parts, overrides = self.look, dict[str, bytes](), list[str]()
        if self._nums or self._own_lists:
            parts[NUMBERING] = look.numbering.with_("".join(self._nums))
            overrides += self._joined(NUMBERING, "numbering")
        if self._notes:
            parts[FOOTNOTES] = look.footnotes.with_("".join(self._notes))
            overrides += self._joined(FOOTNOTES, "footnotes")
        for name, (kind, data) in self._media.items():
            parts[name] = data
            entry = f'<Default Extension="{kind}" ContentType="image/{kind}"/>'
            if kind not in look.extensions and entry not in overrides:
                overrides.append(entry)
        for part, links in self._links.items():
            entries = "".join(_relationship(*target, id) for target, id in links.items())
            parts[relationships_name(part)] = look.relationships[part].with_(entries)
        if overrides:
            parts[CONTENT_TYPES] = look.content_types.with_("".join(overrides))
        return parts

    def _joined(self, name: str, kind: str) -> list[str]:
        """Return the content type of a part that the template lacked, and lead the document to it."""
        if name not in self.look.missing:
            return []
        self._related(DOCUMENT, kind, name.removeprefix("word/"))
        return [f'<Override PartName="/{name}" ContentType="{WORDPROCESSINGML}{kind}+xml"/>']

    def _related(self, part: str, kind: str, target: str) -> str:
        links = self._links.setdefault(part, {})
        return links.setdefault((kind, target), f"docgen{len(links) + 1}")


def _relationship(kind: str, target: str, id: str) -> str:
    outside = ' TargetMode="External"' if kind == "hyperlink" else ""
    return f'<Relationship Id="{id}" Type="{_OFFICE}{kind}" Target="{attribute(target)}"{outside}/>'
