"""What Markdown must know about a template: its styles, lists and parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.render.lists import ListLevel


@dataclass(frozen=True, slots=True)
class Opened:
    """A part cut open where its new entries go."""

    head: str
    tail: str

    def with_(self, entries: str) -> bytes:
        return f"{self.head}{entries}{self.tail}".encode()


@dataclass(frozen=True, slots=True)
class Look:
    """The styles (ids, or empty for what the template lacks), lists and parts of one template."""

    styles: Mapping[str, str]
    """Paragraph styles by their English name in small letters: `heading 2` -> `Overskrift2`."""
    body: str
    characters: tuple[tuple[int, str], ...]
    table: str
    cell: str
    header_cell: str
    bold_header: bool
    bullets: tuple[ListLevel, ...]
    numbers: tuple[ListLevel, ...]
    text_width: int
    numbering: Opened
    next_num: int
    footnotes: Opened
    next_footnote: int
    content_types: Opened
    relationships: Mapping[str, Opened]
    """By the part that they belong to."""
    missing: frozenset[str]
    """Of numbering and footnotes: those that no relationship of the document leads to."""
    extensions: frozenset[str]
    next_drawing: int

    def style(self, *names: str) -> str:
        """Return the id of the first style there is of `names`, or the empty text."""
        return next((self.styles[name] for name in names if name in self.styles), "")
