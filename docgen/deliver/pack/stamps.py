"""The line on every page that says where in the pack it is: an artifact, which is not read aloud."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Matrix, Name, Object, Page, Pdf, parse_content_stream

from docgen.deliver.pack.font import shown
from docgen.deliver.pack.geometry import Sheet, numbers, shrinking
from docgen.deliver.pack.graph import each
from docgen.deliver.pack.room import Spot

_FONT = "/DocgenStamp"


def stamp(pack: Pdf, page: Object, sheet: Sheet, spot: Spot, text: str, font: Object) -> None:
    """Write a `written` text on a page where the spot is.

    On paper with nothing on it the stamp is drawn first, before the page can have changed how things are drawn; where
    the page has painted its own background, last.
    """
    _give_font(page, font)
    drawn = _drawing(sheet, spot, text)
    before, after = [drawn], []
    if spot.ink is not None:
        before, after = [b"q\n"], [b"\n" + b"Q\n" * (1 + _left_open(page)) + drawn]
    elif spot.shrunk is not None:
        before = [drawn, _shrink(page, sheet, spot.shrunk)]
    streams = each(page.Contents)
    page.Contents = Array([pack.make_stream(b"".join(before)), *streams, *(pack.make_stream(data) for data in after)])


def _drawing(sheet: Sheet, spot: Spot, text: str) -> bytes:
    grey = numbers(spot.ink or 0.0)
    return b"/Artifact <</Type /Pagination>> BDC\nq %s cm BT %s g %s %s Tf %s Td %s Tj ET Q\nEMC\n" % (
        numbers(*sheet.matrix),
        grey,
        _FONT.encode(),
        numbers(spot.size),
        numbers(spot.left, spot.base),
        shown(text),
    )


def _give_font(page: Object, font: Object) -> None:
    """Put the font among what the page may use, which other pages may use too."""
    if not isinstance(page.Resources.get(Name.Font), Dictionary):
        page.Resources.Font = Dictionary()
    page.Resources.Font[_FONT] = font


def _left_open(page: Object) -> int:
    """Return how many settings the page's drawing leaves unrestored."""
    operators = [str(instruction.operator) for instruction in parse_content_stream(Page(page), "q Q")]
    return max(0, operators.count("q") - operators.count("Q"))


def _shrink(page: Object, sheet: Sheet, scale: float) -> bytes:
    """Return what makes the page be drawn smaller, at its foot, and move its links along."""
    change = shrinking(sheet, scale)
    for link in each(page.get(Name.Annots)):
        for key in (Name.Rect, Name.QuadPoints):
            if key in link:
                link[key] = _moved([float(value) for value in each(link[key])], change, sort=key == Name.Rect)
    left, bottom, right, top = sheet.box
    clip = numbers(left, bottom, right - left, top - bottom)
    return b"%s cm %s re W n\n" % (numbers(*change.shorthand), clip)


def _moved(values: list[float], change: Matrix, sort: bool) -> Array:
    points = [change.transform((x, y)) for x, y in zip(values[::2], values[1::2], strict=False)]
    if sort:
        (x1, y1), (x2, y2) = points[0], points[1]
        points = [(min(x1, x2), min(y1, y2)), (max(x1, x2), max(y1, y2))]
    return Array([value for point in points for value in point])
