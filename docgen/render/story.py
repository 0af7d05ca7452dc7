"""The text fields of one document: Markdown in, WordprocessingML out, and what the document needs beside it."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.render.additions import Additions
from docgen.render.blocks import Blocks
from docgen.render.commonmark import parse, parse_line
from docgen.render.inline import Line
from docgen.render.look import Look
from docgen.render.ooxml import DOCUMENT


class Story:
    """One document's text. Cheap to make; not for two documents, since its notes and numberings are the document's."""

    def __init__(self, look: Look, images: Mapping[str, bytes]) -> None:
        self._additions = Additions(look, images)
        self.part = DOCUMENT
        """The part being written: links and pictures in a header belong to the header."""

    def blocks(self, text: str, style: str, level: int) -> str:
        """Return `text` as paragraphs, lists and tables; plain paragraphs have `style`, or the template's body text.

        `level` is that of the heading above: the highest heading in `text` comes just below it.
        """
        return Blocks(self._additions, self.part, style or self._additions.look.body, level).write(parse(text))

    def runs(self, text: str, rpr: str) -> str:
        """Return inline Markdown as runs that all have the run properties `rpr`, a `<w:rPr>` or empty."""
        return Line(self._additions, self.part, lambda label: None).runs(parse_line(text), rpr)

    def parts(self) -> dict[str, bytes]:
        """Return the parts that are new or changed because of what was written; none when nothing was needed."""
        return self._additions.parts()
