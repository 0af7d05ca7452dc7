"""How a page lies: what of it is seen, how it is turned, and where on it a place that people see is."""

from __future__ import annotations

from dataclasses import dataclass

from pikepdf import Array, Name, Object
from pikepdf import Matrix as PdfMatrix

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]

_A4: Box = (0, 0, 595.28, 841.89)
_SMALLEST, _LARGEST = 3.0, 14_400.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is seen of a page: its box in the page's own units, how it is turned, and points to a unit."""

    box: Box
    turned: int
    unit: float

    @property
    def width(self) -> float:
        """How wide the page is when it is seen, in points."""
        return self.unit * (self._high if self.turned % 180 else self._wide)

    @property
    def height(self) -> float:
        return self.unit * (self._wide if self.turned % 180 else self._high)

    @property
    def _wide(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def _high(self) -> float:
        return self.box[3] - self.box[1]

    @property
    def matrix(self) -> Matrix:
        """From points on the page as it is seen, from its lower left corner, to the page's own units."""
        left, bottom, right, top = self.box
        one = 1 / self.unit
        match self.turned:
            case 90:
                return (0, one, -one, 0, right, bottom)
            case 180:
                return (-one, 0, 0, -one, right, top)
            case 270:
                return (0, -one, one, 0, left, top)
        return (one, 0, 0, one, left, bottom)


def sheet(page: Object) -> Sheet:
    """Return how a page lies; one that does not say so sensibly is an upright A4."""
    media = _box(page.get(Name.MediaBox)) or _A4
    seen = _common(media, _box(page.get(Name.CropBox)) or media) or media
    turned, unit = page.get(Name.Rotate, 0), _number(page.get(Name.UserUnit, 1))
    return Sheet(seen, turned % 360 if isinstance(turned, int) and turned % 90 == 0 else 0, unit or 1.0)


def straighten(page: Object) -> bool:
    """Write into a page how it lies where it did not say so sensibly, and tell whether that was needed."""
    found = sheet(page)
    media = _box(page.get(Name.MediaBox))
    is_sensible = media is not None and _common(media, found.box) == found.box
    is_sensible &= all(key not in page or page[key] == value for key, value in _told(found))
    if is_sensible:
        return False
    page.MediaBox = Array(found.box)
    for key, value in ((Name.CropBox, Array(found.box)), *_told(found)):
        if key in page:
            page[key] = value
    return True


def _told(found: Sheet) -> tuple[tuple[Name, float], ...]:
    return (Name.Rotate, found.turned), (Name.UserUnit, found.unit)


def _box(thing: object) -> Box | None:
    numbers = [_number(value) for value in thing.as_list()] if isinstance(thing, Array) else []
    if len(numbers) != 4:
        return None
    left, right = sorted((numbers[0], numbers[2]))
    bottom, top = sorted((numbers[1], numbers[3]))
    fits = _SMALLEST <= right - left <= _LARGEST and _SMALLEST <= top - bottom <= _LARGEST
    return (left, bottom, right, top) if fits else None


def _common(one: Box, other: Box) -> Box | None:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if right - left >= _SMALLEST and top - bottom >= _SMALLEST else None


def _number(thing: object) -> float:
    try:
        return float(thing)  # type: ignore[arg-type] # whatever stands in a file
    except (TypeError, ValueError):
        return 0.0


def shrinking(found: Sheet, scale: float) -> PdfMatrix:
    """Return what makes a page so much smaller, at its foot and in its middle, in the page's own units."""
    seen = PdfMatrix(found.matrix)
    smaller = PdfMatrix(scale, 0, 0, scale, found.width * (1 - scale) / 2, 0)
    return seen.inverse() @ smaller @ seen


def numbers(*values: float) -> bytes:
    """Return numbers as they are written in a page: never 1e-05, which is no number there."""
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values).encode()
