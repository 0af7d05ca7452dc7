"""The lists of a document: how an item looks at each level, and the numbering of a list of its own."""

from __future__ import annotations

from dataclasses import dataclass

DEPTH = 3


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How an item of a list looks at one level.

    `num` is the numbering that the paragraph must name itself, 0 when its style does. A numbered list gets a new
    numbering from `abstract`. `left` and `hanging` are where the text and the mark stand, in twips.
    """

    style: str
    num: int
    abstract: int
    ilvl: int
    left: int
    hanging: int
    ours: bool
    """Whether it stands on a definition that the template lacked."""


def restarted(num: int, level: ListLevel, start: int) -> str:
    """Return a numbering that counts from `start` in its own list."""
    override = f'<w:lvlOverride w:ilvl="{level.ilvl}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    return f'<w:num w:numId="{num}"><w:abstractNumId w:val="{level.abstract}"/>{override}</w:num>'
