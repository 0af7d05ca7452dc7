"""Pictures in the text: what size they are, and the drawing that shows one in a line."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from docgen.render.names import WP, R
from docgen.render.wordxml import attribute

_EMU_PER_INCH = 914_400
_WIDEST = int(16 / 2.54 * _EMU_PER_INCH)
_TALLEST = int(21 / 2.54 * _EMU_PER_INCH)
_SCREEN = 96.0

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True, slots=True)
class Picture:
    """`kind` is `png` or `jpeg`; `width` and `height` are pixels and `dpi` how many go to an inch each way."""

    kind: str
    width: int
    height: int
    dpi: tuple[float, float] = (_SCREEN, _SCREEN)

    def extent(self) -> tuple[int, int]:
        """Return width and height on paper in EMU, scaled down to fit the text, never up."""
        width = self.width / self.dpi[0] * _EMU_PER_INCH
        height = self.height / self.dpi[1] * _EMU_PER_INCH
        scale = min(1.0, _WIDEST / width, _TALLEST / height)
        return max(1, round(width * scale)), max(1, round(height * scale))


def picture(data: bytes) -> Picture | None:
    """Return what the header of `data` says, or None when it is neither PNG nor JPEG."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        found = _png(data)
    elif data.startswith(b"\xff\xd8\xff"):
        found = _jpeg(data)
    else:
        return None
    return found if found and found.width and found.height else None


def drawing(relationship: str, number: int, alt: str, title: str, shown: Picture) -> str:
    """Return the run that shows a picture in the line; `number` must be its own in the document."""
    cx, cy = shown.extent()
    tip = f' title="{attribute(title)}"' if title else ""
    name = f"Bilde {number}"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="{name}" descr="{attribute(alt)}"{tip}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{attribute(alt)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{R}" r:embed="{relationship}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _png(data: bytes) -> Picture | None:
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    at, dpi = 8, (_SCREEN, _SCREEN)
    while at + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        if name == b"IDAT":
            break
        if name == b"pHYs" and length == 9 and at + 17 <= len(data):
            x, y, unit = struct.unpack(">IIB", data[at + 8 : at + 17])
            dpi = _dpi(x * 0.0254, y * 0.0254) if unit == 1 else dpi
        at += 12 + length
    return Picture("png", width, height, dpi)


def _jpeg(data: bytes) -> Picture | None:
    at, dpi = 2, (_SCREEN, _SCREEN)
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        # SOF0…SOF15 hold the size; C4, C8 and CC in that range are other segments.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Picture("jpeg", width, height, dpi)
        if marker == 0xE0 and data[at + 4 : at + 9] == b"JFIF\0" and at + 16 <= len(data):
            unit, x, y = struct.unpack(">BHH", data[at + 11 : at + 16])
            dpi = {1: _dpi(x, y), 2: _dpi(x * 2.54, y * 2.54)}.get(unit, dpi)
        at += 2 + length
    return None


def _dpi(x: float, y: float) -> tuple[float, float]:
    return (x, y) if 30 <= x <= 2400 and 30 <= y <= 2400 else (_SCREEN, _SCREEN)
