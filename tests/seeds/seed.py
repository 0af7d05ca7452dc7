"""The seeds: real documents as plain text, read at test time, and turned into Markdown for the inputs of a test.

A seed is text out of a PDF: its lines are broken where the page broke them, and its structure is gone. A test says
with an `Outline` what is a heading and which lines go on from the line before; `Seed.blocks` then gives the paragraphs.
No text of a seed stands in this repository: the tests name its lines by number, and `seed` checks that they are the
same lines still.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

Kind = Literal["heading", "text", "label", "bullet", "quote", "cell"]

# U+F02D is how one of the PDFs gives the bullet of its symbol font; `o` is Word's bullet of the second level.
_BULLET = re.compile(r"^\s*(?:[•\uf02d]|-|o)\s+")
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Outline:
    """The structure of a seed, by line numbers. A list of lines may hold ranges: `91, range(204, 206)`.

    A line that begins with a small letter goes on from the one before it, and so do those `continued`; those in `own`
    begin a paragraph all the same. `glued` lines are pieces of one word. `headings` gives each its level; the number of
    those that are `numbered` is not part of their text. `deeper` bullets are of the second level.
    """

    headings: Mapping[int, int] = field(default_factory=dict)
    numbered: bool = False
    labels: tuple[int | range, ...] = ()
    continued: tuple[int | range, ...] = ()
    own: tuple[int | range, ...] = ()
    glued: tuple[int | range, ...] = ()
    deeper: tuple[int | range, ...] = ()
    quotes: tuple[int | range, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph of a seed, as it must stand in the document.

    A bullet's level counts from 1, as a heading's does; level 0 is any. A cell may have any look.
    """

    kind: Kind
    text: str
    level: int = 0
    number: str = ""
    lines: tuple[int, ...] = ()
    in_table: bool = False


@dataclass(frozen=True)
class Seed:
    """A seed's text by line; lines are counted from 1."""

    name: str
    text: tuple[str, ...]

    def line(self, number: int) -> str:
        """Return the line without its bullet, its white space made single."""
        return " ".join(_BULLET.sub("", self.text[number - 1]).split())

    def joined(self, *lines: int) -> str:
        """Return the lines as one text."""
        return " ".join(self.line(number) for number in lines)

    def content(self, first: int = 1, last: int | None = None) -> list[int]:
        """Return the numbers of the lines from `first` to `last` that hold anything."""
        return [number for number in range(first, (last or len(self.text)) + 1) if self.text[number - 1].strip()]

    def blocks(self, outline: Outline, *ranges: tuple[int, int]) -> list[Block]:
        """Return the paragraphs of the ranges of lines (first, last), in order."""
        return [block for first, last in ranges for block in self._unwrapped(outline, first, last)]

    def _unwrapped(self, outline: Outline, first: int, last: int) -> list[Block]:
        groups: list[list[int]] = []
        for number in self.content(first, last):
            if groups and self._goes_on(outline, number):
                groups[-1].append(number)
            else:
                groups.append([number])
        return [self._block(outline, lines) for lines in groups]

    def _goes_on(self, outline: Outline, number: int) -> bool:
        line = self.text[number - 1].strip()
        if _in(outline.continued, number) or (_in(outline.glued, number) and _in(outline.glued, number - 1)):
            return True
        begins = number in outline.headings or _BULLET.match(line) or _LINK.match(line) or _in(outline.own, number)
        return line[0].islower() and not begins

    def _block(self, outline: Outline, lines: list[int]) -> Block:
        first = lines[0]
        text = self.joined(*lines)
        if _in(outline.glued, first):
            text = "".join(self.line(number) for number in lines)
        if first in outline.headings:
            number, title = _numbered(text) if outline.numbered else ("", text)
            return Block("heading", title, outline.headings[first], number, tuple(lines))
        if _BULLET.match(self.text[first - 1]):
            second = _in(outline.deeper, first) or self.text[first - 1].lstrip().startswith("o ")
            return Block("bullet", text, 2 if second else 1, lines=tuple(lines))
        kind: Kind = "label" if _in(outline.labels, first) else "quote" if _in(outline.quotes, first) else "text"
        return Block(kind, text, lines=tuple(lines))


def seed(name: str, checksum: str) -> Seed:
    """Return the seed whose file begins with `name`; skips the test where the seeds are not beside the repository."""
    found = sorted(SEEDS.glob(f"{name}_*.txt"))
    if not found:
        pytest.skip(f"seed {name} is not in ../shared/seeds: the real documents are not part of the repository")
    data = found[0].read_bytes()
    assert hashlib.sha256(data).hexdigest().startswith(checksum), f"seed {name} is another text than the test is about"
    return Seed(name, tuple(data.decode("utf-8").split("\n")))


def as_markdown(text: str) -> str:
    """Return the Markdown of a text that is meant literally: nothing in it makes a list, emphasis, a link or HTML."""
    escaped = re.sub(r"[\\`*_\[\]<>|~&]", r"\\\g<0>", text)
    escaped = re.sub(r"^(\s*)([#+\-=])", r"\1\\\2", escaped)
    return re.sub(r"^(\s*\d+)([.)])", r"\1\\\2", escaped)


def markdown(blocks: Sequence[Block]) -> str:
    """Return the blocks as Markdown, each as what it is."""
    lines: list[str] = []
    for at, block in enumerate(blocks):
        if at and not (block.kind == blocks[at - 1].kind == "bullet"):
            lines.append("")
        lines.append(_as_line(block))
    return "\n".join(lines) + "\n"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows as a Markdown table, the first one its header."""
    lines = ["| " + " | ".join(map(as_markdown, row)) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines) + "\n"


def _as_line(block: Block) -> str:
    if block.kind == "heading":
        return "#" * block.level + " " + as_markdown(block.text)
    if block.kind == "label":
        return f"**{as_markdown(block.text)}**"
    if block.kind == "bullet":
        return "  " * (block.level - 1) + "- " + as_markdown(block.text)
    if block.kind == "quote":
        return "> " + as_markdown(block.text)
    return f"<{block.text}>" if _LINK.fullmatch(block.text) else as_markdown(block.text)


def _numbered(heading: str) -> tuple[str, str]:
    """Return the number of a chapter and its title."""
    found = re.fullmatch(r"(\d+(?:\.\d+)*) (.+)", heading)
    assert found is not None, f"no number before the heading: {heading}"
    return found[1], found[2]


def _in(lines: Iterable[int | range], number: int) -> bool:
    return any(number in item if isinstance(item, range) else number == item for item in lines)
