"""Drawings that LibreOffice paints as mere decoration, beside the empty tag that tells what they show: put into it.

So it does with pictures of lines and letters (SVG, EMF); a screen reader passes over a tag that holds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object

_NEAR = 1.0
"""Points that the place of a drawing and that of its tag may differ; LibreOffice rounds them in two ways."""
_NUMBER = rb"(-?[\d.]+) "
_DECORATION = re.compile(rb"/Artifact BMC(?=\n(?:Q )*q " + 4 * _NUMBER + rb"re\nW\*? n\n)")
"""Decoration that is cut to a frame: its left and lower edge, its width and height."""


def hold(pdf: pikepdf.Pdf, root: Object, empty: Sequence[Dictionary]) -> None:
    """Let each figure that holds nothing hold the decoration that is painted in its place, if there is such."""
    tree = NumberTree(root.ParentTree)
    for figure in empty:
        page, place = figure.get("/Pg"), _place(figure)
        if not isinstance(page, Dictionary) or place is None:
            continue
        content = page.Contents.read_bytes() if not isinstance(page.Contents, Array) else b""
        found = next((one for one in _DECORATION.finditer(content) if _is_in(one, place)), None)
        if found is not None:
            number = _numbered(pdf, tree, page, figure)
            figure.K = number
            tag = b"/Figure<</MCID %d>>BDC" % number
            page.Contents = pdf.make_stream(content[: found.start()] + tag + content[found.end() :])


def _place(figure: Dictionary) -> list[float] | None:
    """Return the left, lower, right and upper edge of a figure, in points."""
    told = figure.get("/A", Dictionary())
    for one in told if isinstance(told, Array) else [told]:
        if isinstance(one, Dictionary) and "/BBox" in one:
            return [float(edge) for edge in one.BBox]
    return None


def _is_in(found: re.Match[bytes], place: Sequence[float]) -> bool:
    left, bottom, width, height = map(float, found.groups())
    edges = (left, bottom, left + width, bottom + height)
    return all(abs(one - other) <= _NEAR for one, other in zip(edges, place, strict=True))


def _numbered(pdf: pikepdf.Pdf, tree: NumberTree, page: Dictionary, figure: Dictionary) -> int:
    """Enter a figure as the owner of one more piece of a page's content, and return the number of that."""
    if "/StructParents" not in page:
        page.StructParents = max(tree.keys(), default=-1) + 1
        tree[int(page.StructParents)] = pdf.make_indirect(Array())
        pdf.Root[Name.StructTreeRoot].ParentTreeNextKey = int(page.StructParents) + 1
    owners = tree[int(page.StructParents)]
    owners.append(figure)
    return len(owners) - 1
