"""The page that a picture stands on: A4, with 2 cm left along each side."""

from __future__ import annotations

SHEET = 210 / 25.4, 297 / 25.4
"""Inches across and down, upright."""

MARGIN = 20 / 25.4


def room(width: float, height: float) -> tuple[float, float, bool]:
    """Return how wide and high a picture is shown, in inches, and whether on a landscape page.

    It is made smaller where it must be, and never larger.
    """
    wide, high = (side - 2 * MARGIN for side in SHEET)
    upright, lying = (min(1.0, across / width, down / height) for across, down in ((wide, high), (high, wide)))
    scale = max(upright, lying)
    return width * scale, height * scale, lying > upright
