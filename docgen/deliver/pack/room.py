"""Where on a page a stamp covers nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from docgen.deliver.pack.geometry import Sheet
from docgen.deliver.pack.sight import BLANK, PageSight, Strip

_SIZE = 8.0
_SMALLEST = 4.0
_LINE = 1.3
"""How high a line is, in sizes of its letters."""
_EDGE = 14
"""How far from the edge the stamp keeps: a printer leaves a few millimetres white."""
_MARGIN = 36
_DEEP = 46
"""How far from the edge it is looked for room."""
_STEP = 4
_A4_SHORT = 595.0
_ALIKE = 24


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a stamp goes on the page as it is seen, in points from its lower left corner."""

    left: float
    base: float
    size: float
    """Of the letters."""
    ink: float | None = None
    """The grey it is written in on top of what is drawn there; None for black on paper that has nothing on it."""
    shrunk: float | None = None
    """How much smaller the page must be drawn to make room above it."""


def letters_for(sheet: Sheet, width_of_one: float) -> float:
    """Return the size of a stamp's letters on a page, whose text is `width_of_one` points wide in size 1."""
    fitting = (sheet.width - 2 * min(_MARGIN, sheet.width / 20)) / max(width_of_one, 0.01)
    return max(min(_SIZE * max(1.0, min(sheet.width, sheet.height) / _A4_SHORT), fitting), min(_SMALLEST, fitting))


def free_spot(page: PageSight, sheet: Sheet, width_of_one: float) -> Spot:
    """Return where a stamp covers nothing: above the text if there is room, below it, or on the page made smaller.

    Raises UnseenError.
    """
    size = letters_for(sheet, width_of_one)
    width, height = size * width_of_one, size * _LINE
    deep = max(1, round(min(_DEEP * size / _SIZE, sheet.height)))
    top = page.strip(sheet, 0, deep)
    for row, left in _places(sheet, width, height, deep):
        if _is_free(top, row, left, width, height, _untouched):
            return Spot(left, sheet.height - row - size, size)
    bottom = page.strip(sheet, sheet.height - deep, deep)
    for row, left in _places(sheet, width, height, deep):
        if _is_free(bottom, deep - row - height, left, width, height, _untouched):
            return Spot(left, row + height - size, size)
    for strip, is_top in ((top, True), (bottom, False)):
        for row, left in _places(sheet, width, height, deep):
            start = row if is_top else deep - row - height
            if _is_free(strip, start, left, width, height, _plain):
                base = sheet.height - row - size if is_top else row + height - size
                return Spot(left, base, size, ink=0.0 if strip.rows[round(start)][round(left)] > 0x80 else 1.0)
    return no_room(sheet, width_of_one)


def no_room(sheet: Sheet, width_of_one: float) -> Spot:
    """Return where a stamp goes on a page that is full: at its top, above the page made smaller."""
    size = letters_for(sheet, width_of_one)
    edge = min(_EDGE, sheet.height / 20)
    above = edge + size * _LINE + 2
    left = _right(sheet, size * width_of_one)
    return Spot(left, sheet.height - edge - size, size, shrunk=max(0.5, 1 - above / sheet.height))


def spot_on_blank(sheet: Sheet, width_of_one: float) -> Spot:
    """Return where a stamp goes on an empty page."""
    return replace(no_room(sheet, width_of_one), shrunk=None)


def _places(sheet: Sheet, width: float, height: float, deep: float) -> Iterator[tuple[float, float]]:
    """Give distances from the edge and from the left: to the right, in the middle, to the left, then anywhere."""
    edge = min(_EDGE, sheet.height / 20)
    last = deep - height - 1
    rows = [edge + step for step in range(0, max(1, int(last - edge) + 1), _STEP // 2)] if last >= edge else [edge]
    right, middle, left = _right(sheet, width), (sheet.width - width) / 2, min(_MARGIN, sheet.width / 20)
    for column in (right, middle, left):
        for row in rows:
            yield row, column
    anywhere = range(int(left), max(int(left), int(right)), 2 * _STEP)
    yield from product(rows, (float(column) for column in anywhere))


def _right(sheet: Sheet, width: float) -> float:
    return max(0.0, sheet.width - width - min(_MARGIN, sheet.width / 20))


def _is_free(
    strip: Strip, top: float, left: float, width: float, height: float, is_so: Callable[[bytes], bool]
) -> bool:
    first, last = round(top) - 1, round(top + height) + 1
    start, end = max(0, round(left) - 2), round(left + width) + 2
    if first < 0 or last > len(strip.rows):
        return False
    return is_so(b"".join(row[start:end] for row in strip.rows[first:last]))


def _untouched(pixels: bytes) -> bool:
    return pixels.count(BLANK) == len(pixels)


def _plain(pixels: bytes) -> bool:
    """Tell whether there is a colour and nothing on it, as the edge of a scanned page."""
    return bool(pixels) and max(pixels) - min(pixels) <= _ALIKE
