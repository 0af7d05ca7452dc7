"""What a reader hands on: a tree of text, and where in the file each value stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docgen.problems import Path, Problem, Where

MOST_LINES = 10_000
"""Lines of Markdown in one value: in the worst case, parsing it takes a time that grows with their square."""

Tree = str | list["Tree"] | dict[str, "Tree"]
"""Every scalar is text, as written. An empty value (YAML's `sted:`, JSON's null) is the empty text."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: a line counted from 1, or the cell of a worksheet."""

    line: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An input file, read: its tree, the reader's warnings, and `find`, which gives the place of a path.

    Places are looked up only when there is a problem to tell, so reading a right file does not pay for them.
    `find` answers for the nearest place it knows when the path itself is not in the file.
    """

    file: str
    tree: dict[str, Tree]
    find: Callable[[Path], Place]
    warnings: tuple[Problem, ...] = ()

    def where(self, path: Path = ()) -> Where:
        """Return the place of `path` in this file."""
        place = self.find(path)
        return Where(self.file, path, place.line, place.cell)

    def problem(self, path: Path, what: str, fix: str, *, warning: bool = False) -> Problem:
        """Return a problem with what stands at `path`."""
        return Problem(what, fix, self.where(path), warning)


def source_name(file: str) -> str:
    """Return an input's file as documents and the register name it: without suffix, since any format will do."""
    return file.rpartition(".")[0]
