"""The text fields of one document: Markdown in, WordprocessingML out, and what the document needs beside it."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.render import simple
from docgen.render.additions import Additions
from docgen.render.blocks import Blocks
from docgen.render.inline import Line
from docgen.render.look import Look
from docgen.render.names import DOCUMENT


class Story:
    """One document's text. Cheap to make; not for two documents, since its notes and numberings are the document's."""

    def __init__(self, look: Look, images: Mapping[str, bytes]) -> None:
        self._additions = Additions(look, images)
        self.part = DOCUMENT
        """The part being written: links and pictures belong to it."""
        self._line: Line | None = None

    def blocks(self, text: str, style: str, level: int) -> str:
        """Return `text` as paragraphs, lists and tables; plain paragraphs have `style`, or the template's body text.

        `level` is that of the heading above: the highest heading in `text` comes just below it.
        """
        style = style or self._additions.look.body
        plain = simple.paragraphs(text)
        if plain is not None:
            head = simple.opening(style)
            return "".join([f"{head}{line}</w:t></w:r></w:p>" for line in plain])
        return Blocks(self._additions, self.part, style, level).text(text)

    def runs(self, text: str, rpr: str) -> str:
        """Return inline Markdown as runs that all have the run properties `rpr`, a `<w:rPr>` or empty."""
        if self._line is None:
            self._line = Line(self._additions, self.part, lambda label: None)
        return self._line.text(text, rpr)

    def parts(self) -> dict[str, bytes]:
        """Return the parts that are new or changed because of what was written; none when nothing was needed."""
        return self._additions.parts()
