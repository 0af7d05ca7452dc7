"""Tables on the command line: columns of plain text, wrapped to the terminal, and one line a row everywhere else."""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

_GAP = "  "
_NARROWEST = 8


def table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> list[str]:
    """Return the lines of a table. A column in which every row is empty is left out; cells wrap only to a `width`."""
    used = [at for at in range(len(header)) if any(row[at] for row in rows)]
    cells = [[_plain(row[at]) for at in used] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    while width and sum(widths) + len(_GAP) * (len(widths) - 1) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return [line for row in cells for line in _lines(row, widths)]


def terminal_width() -> int | None:
    """Return how wide the terminal is, or None where stdout is a pipe or a file: there a row stays one line."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else None


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [
        [cell] if len(cell) <= width else textwrap.wrap(cell, width) for cell, width in zip(row, widths, strict=True)
    ]
    return [
        _GAP.join(f"{part:{width}}" for part, width in zip(parts, widths, strict=True)).rstrip()
        for parts in zip_longest(*wrapped, fillvalue="")
    ]


def _plain(text: str) -> str:
    """Return the text without characters that a terminal obeys instead of showing."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
