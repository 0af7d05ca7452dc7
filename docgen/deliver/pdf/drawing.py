"""An SVG drawing made safe and measured: nothing in it leads out of it, and it fits a page."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_UNWANTED = {f"{{{_SVG}}}{name}" for name in ("script", "foreignObject", "handler", "listener")}
_INSIDE = re.compile(r"\s*(#|data:image/(png|jpe?g|gif)\b)", re.IGNORECASE)
_REACHING_OUT = re.compile(r"@import[^;]*;?|url\(\s*(?!['\"]?\s*#)[^)]*\)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in|)\s*")
_INCHES = {"": 1 / 96, "px": 1 / 96, "pt": 1 / 72, "pc": 1 / 6, "mm": 1 / 25.4, "cm": 1 / 2.54, "in": 1.0}
_ELSE = 300.0, 150.0
"""Points across and down of a drawing that does not tell (CSS 2 § 10.3.2)."""

ElementTree.register_namespace("", _SVG)  # else it is written with `ns0:` everywhere
ElementTree.register_namespace("xlink", _HREF[1:-5])


class NoDrawingError(Exception):
    """The file is no SVG, or a broken one."""


def drawing(content: bytes) -> tuple[bytes, float, float]:
    """Return a drawing with only what is in itself, and its width and height in inches. Raises NoDrawingError."""
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise NoDrawingError(str(error)) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise NoDrawingError(f"begins with {root.tag}")
    width, height = _size(root)
    for parent in list(root.iter()):
        _keep_in(parent)
    target = io.BytesIO()
    ElementTree.ElementTree(root).write(target, "utf-8", xml_declaration=True)
    return target.getvalue(), width, height


def _keep_in(element: Element) -> None:
    for kid in list(element):
        if kid.tag in _UNWANTED:
            element.remove(kid)
    for name, value in list(element.attrib.items()):
        is_link = name in ("href", _HREF)
        if (is_link and not _INSIDE.match(value)) or name.lower().startswith("on") or name.endswith("}base"):
            del element.attrib[name]
        elif not is_link:
            element.set(name, _REACHING_OUT.sub("none", value))
    if element.text and element.tag == f"{{{_SVG}}}style":
        element.text = _REACHING_OUT.sub("", element.text)


def _size(root: Element) -> tuple[float, float]:
    box = [float(number) for number in re.findall(r"[-+]?[0-9]*\.?[0-9]+", root.get("viewBox", ""))]
    across, down = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else _ELSE
    width, height = (_inches(root.get(name, "")) for name in ("width", "height"))
    if width and height:
        return width, height
    if width or height:
        return width or height * across / down, height or width * down / across
    return across / 96, down / 96


def _inches(length: str) -> float:
    """Return a length, or 0 where it is none or a share of something else."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _INCHES[found[2]] if found else 0.0
